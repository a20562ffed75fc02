// Edits leads in Salesforce through jsforce while somebody else edits the same records on the board.
// Usage: node two_way.mjs ENDPOINTS.json ROUNDS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const jsforce = createRequire(import.meta.url)('jsforce');
const { salesforce } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const rounds = Number(process.argv[3]);
const connection = new jsforce.Connection({
  instanceUrl: salesforce.instance_url,
  accessToken: salesforce.access_token,
  version: '62.0',
});
const leads = await connection.sobject('Lead').find({}, ['Id', 'LastName']).execute();
for (let round = 1; round <= rounds; round += 1) {
  // The revenue is ours alone; the title both change.
  const changes = leads.map(({ Id, LastName }) => ({
    Id,
    AnnualRevenue: round * 1000,
    Title: `Salesforce ${round} ${LastName}`,
  }));
  const changed = await connection.sobject('Lead').update(changes);
  if (!changed.every((one) => one.success)) throw new Error(JSON.stringify(changed));
  await new Promise((done) => setTimeout(done, 50 + Math.random() * 700));
}
