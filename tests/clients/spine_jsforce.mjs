// Works in Salesforce as a person would, through jsforce: creates, changes and deletes leads.
// Usage: node spine_jsforce.mjs ENDPOINTS.json create|change|delete
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const jsforce = createRequire(import.meta.url)('jsforce');
const { salesforce } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const connection = new jsforce.Connection({
  instanceUrl: salesforce.instance_url,
  accessToken: salesforce.access_token,
  version: '62.0',
});
const mine = async () => (await connection.sobject('Lead').find({ Company: 'Spine Works' }, ['Id', 'LastName']).execute());

switch (process.argv[3]) {
  case 'create': {
    const leads = Array.from({ length: 50 }, (_, n) => ({ LastName: `Spine ${n}`, Company: 'Spine Works' }));
    const made = await connection.sobject('Lead').create(leads);
    if (!made.every((one) => one.success)) throw new Error(JSON.stringify(made));
    break;
  }
  case 'change': {
    const leads = (await mine()).map(({ Id, LastName }) => ({ Id, LastName: `${LastName} changed` }));
    const changed = await connection.sobject('Lead').update(leads);
    if (!changed.every((one) => one.success)) throw new Error(JSON.stringify(changed));
    break;
  }
  case 'delete': {
    const ids = (await mine()).slice(0, 20).map(({ Id }) => Id);
    const gone = await connection.sobject('Lead').destroy(ids);
    if (!gone.every((one) => one.success)) throw new Error(JSON.stringify(gone));
    break;
  }
  default:
    throw new Error('create, change or delete');
}
