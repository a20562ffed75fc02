// Drives jsforce, unmodified, through its usual flows against a sandbox.
// Usage: node jsforce_salesforce.mjs ENDPOINTS.json   (or the document on standard input)
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';

// ECMAScript modules ignore NODE_PATH; require() does not.
const jsforce = createRequire(import.meta.url)('jsforce');
const endpoints = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'));
const sf = endpoints.salesforce;
let failures = 0;

async function check(name, work) {
  try {
    await work();
    console.log(`ok    ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL  ${name}: ${error?.stack ?? error}`);
  }
}

function equal(found, wanted, what = 'value') {
  if (!isDeepStrictEqual(found, wanted)) {
    throw new Error(`${what}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
  }
}

function ok(condition, what) {
  if (!condition) throw new Error(what);
}

async function refused(work, code) {
  try {
    await work();
  } catch (error) {
    equal(error.errorCode ?? error.name, code, 'error code');
    return error;
  }
  throw new Error(`${code} expected, but it went through`);
}

const oauth2 = { loginUrl: sf.login_url, clientId: sf.client_id, clientSecret: sf.client_secret, redirectUri: 'http://localhost:1717/callback' };
const connection = (more = {}) => new jsforce.Connection({ oauth2, instanceUrl: sf.instance_url, version: '62.0', ...more });
let conn;

await check('versions without a session', async () => {
  const response = await fetch(`${sf.instance_url}/services/data/`);
  const versions = await response.json();
  equal(versions.at(-1).version, '68.0');
  equal(versions[0].version, '31.0');
});

await check('SOAP login', async () => {
  const soap = new jsforce.Connection({ loginUrl: sf.login_url, version: '62.0' });
  const user = await soap.login(sf.username, sf.password + sf.security_token);
  ok(user.id.startsWith('005') && user.organizationId.startsWith('00D'), 'ids of user and org');
  equal(soap.instanceUrl, sf.instance_url, 'instance');
  const wrong = new jsforce.Connection({ loginUrl: sf.login_url, version: '62.0' });
  const error = await wrong.login(sf.username, 'wrong').then(() => null, (reason) => reason);
  equal(error?.message, 'INVALID_LOGIN: Invalid username, password, security token; or user locked out.');
});

await check('password grant', async () => {
  const granted = connection();
  const user = await granted.login(sf.username, sf.password + sf.security_token);
  ok(user.id.startsWith('005'), 'user id');
});

await check('refresh after an expired session', async () => {
  conn = connection({ refreshToken: sf.refresh_token, accessToken: '00D000000000000!expired' });
  let refreshed = 0;
  conn.on('refresh', () => { refreshed += 1; });
  const answer = await conn.query('SELECT Id FROM Lead LIMIT 1');
  equal(answer.records.length, 1);
  equal(refreshed, 1, 'refreshes');
});

await check('identity and limits', async () => {
  const me = await conn.identity();
  equal(me.username, sf.username);
  ok(me.organization_id.startsWith('00D'), 'org id');
  const limits = await conn.limits();
  ok(limits.DailyApiRequests.Max > limits.DailyApiRequests.Remaining, 'calls are counted');
  ok(conn.limitInfo.apiUsage.used > 0, 'Sforce-Limit-Info');
});

await check('describe', async () => {
  const all = await conn.describeGlobal();
  ok(['Lead', 'Contact', 'Account', 'Opportunity', 'User', 'Subscription__c'].every((name) => all.sobjects.some((o) => o.name === name)), 'objects');
  const lead = await conn.sobject('Lead').describe();
  const status = lead.fields.find((field) => field.name === 'Status');
  equal([status.type, status.nillable, status.defaultedOnCreate], ['picklist', false, true]);
  ok(status.picklistValues.length > 3, 'picklist values');
});

await check('query over several pages', async () => {
  const total = (await conn.query('SELECT COUNT() FROM Contact')).totalSize;
  ok(total > 2000, `more than 2000 contacts are needed, there are ${total}`);
  const seen = new Set();
  let result = await conn.query('SELECT Id, LastName, SystemModstamp, Account.Name, Owner.Name FROM Contact ORDER BY SystemModstamp, Id');
  let last = '';
  for (;;) {
    for (const row of result.records) {
      ok(row.SystemModstamp >= last, 'order');
      last = row.SystemModstamp;
      seen.add(row.Id);
    }
    if (result.done) break;
    equal(result.records.length, 2000, 'page size');
    result = await conn.queryMore(result.nextRecordsUrl);
  }
  equal(seen.size, total, 'rows seen');
  const fetched = await conn.query('SELECT Id FROM Contact', { autoFetch: true, maxFetch: 100000 });
  equal(fetched.records.length, total, 'autoFetch');
});

await check('create, read, update, delete', async () => {
  const lead = conn.sobject('Lead');
  const made = await lead.create({ LastName: 'Ünï 🚀', Company: "O'Hara & Söhne", NumberOfEmployees: 12, AnnualRevenue: 139000000 });
  ok(made.success && made.id.length === 18, 'created');
  const row = await lead.retrieve(made.id);
  equal([row.LastName, row.Company, row.NumberOfEmployees, row.AnnualRevenue, row.Status], ['Ünï 🚀', "O'Hara & Söhne", 12, 139000000, 'Open - Not Contacted']);
  await lead.update({ Id: made.id, Rating: 'Hot', FirstName: 'Zoë' });
  equal((await lead.retrieve(made.id)).Name, 'Zoë Ünï 🚀');
  const found = await lead.find({ Company: "O'Hara & Söhne", Rating: 'Hot' }, ['Id', 'Name']).limit(5);
  equal(found.map((r) => r.Id), [made.id]);
  await lead.destroy(made.id);
  await refused(() => lead.retrieve(made.id), 'ENTITY_IS_DELETED');
  const binned = await conn.query(`SELECT Id, IsDeleted FROM Lead WHERE Id = '${made.id}'`, { scanAll: true });
  equal(binned.records[0].IsDeleted, true);
});

await check('errors are those of the real API', async () => {
  const missing = await refused(() => conn.sobject('Lead').create({ FirstName: 'Nobody' }), 'REQUIRED_FIELD_MISSING');
  equal(missing.message, 'Required fields are missing: [LastName, Company]');
  await refused(() => conn.query('SELECT Nope FROM Lead'), 'INVALID_FIELD');
  await refused(() => conn.query('SELECT Id FROM Nope'), 'INVALID_TYPE');
  await refused(() => conn.query('SELECT Id FRM Lead'), 'MALFORMED_QUERY');
  await refused(() => conn.sobject('Account').create({ Name: 'x', Tier__c: 'Tin' }), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
  await refused(() => conn.sobject('Contact').create({ LastName: 'x', Email: 'nope' }), 'INVALID_EMAIL_ADDRESS');
});

await check('upsert by external id', async () => {
  const key = `jsforce ${Date.now()}`;
  const contact = conn.sobject('Contact');
  const first = await contact.upsert({ External_Id__c: key, LastName: 'Upsert' }, 'External_Id__c');
  equal([first.success, first.created], [true, true]);
  const second = await contact.upsert({ External_Id__c: key, LastName: 'Again' }, 'External_Id__c');
  equal([second.id, second.created], [first.id, false]);
});

await check('collections', async () => {
  const account = conn.sobject('Account');
  const made = await account.create(Array.from({ length: 200 }, (_, n) => ({ Name: n === 7 ? '' : `Bulk ${n}` })));
  equal(made.filter((row) => row.success).length, 199);
  equal(made[7].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
  const ids = made.filter((row) => row.success).map((row) => row.id);
  const updated = await account.update(ids.map((Id) => ({ Id, Rating: 'Cold' })));
  ok(updated.every((row) => row.success), 'updated');
  const read = await account.retrieve(ids.slice(0, 3), { fields: ['Id', 'Name', 'Rating'] });
  equal(read.map((row) => row.Rating), ['Cold', 'Cold', 'Cold']);
  const rows = await account.upsert([{ External_Id__c: 'JS-1', Name: 'a' }, { External_Id__c: 'JS-2', Name: 'b' }], 'External_Id__c');
  ok(rows.every((row) => row.success), 'upserted');
  const gone = await account.destroy(ids.slice(0, 150));
  ok(gone.every((row) => row.success), 'deleted');
});

await check('updated and deleted', async () => {
  const lead = conn.sobject('Lead');
  const made = await lead.create({ LastName: 'Replicated', Company: 'Replica' });
  const start = new Date(Date.now() - 3600_000);
  const end = new Date(Date.now() + 120_000);
  const updated = await lead.updated(start, end);
  ok(updated.ids.includes(made.id), 'the new row is among the updated');
  await lead.destroy(made.id);
  const deleted = await lead.deleted(start, end);
  ok(deleted.deletedRecords.some((row) => row.id === made.id), 'the deleted row is listed');
  ok(deleted.latestDateCovered && deleted.earliestDateAvailable, 'the span is covered');
});

await check('composite request', async () => {
  const answer = await conn.request({
    method: 'POST', url: '/services/data/v62.0/composite',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ allOrNone: true, compositeRequest: [
      { method: 'POST', url: '/services/data/v62.0/sobjects/Account', referenceId: 'acc', body: { Name: 'Parent' } },
      { method: 'POST', url: '/services/data/v62.0/sobjects/Contact', referenceId: 'con', body: { LastName: 'Child', AccountId: '@{acc.id}' } },
    ] }),
  });
  equal(answer.compositeResponse.map((part) => part.httpStatusCode), [201, 201]);
});

await check('bulk query', async () => {
  const total = (await conn.query('SELECT COUNT() FROM Contact')).totalSize;
  const stream = await conn.bulk2.query('SELECT Id, LastName, Account.Name, CreatedDate FROM Contact', { pollInterval: 50 });
  const rows = await stream.toArray();
  equal(rows.length, total, 'rows');
  ok(rows.every((row) => row.Id.length === 18 && row.CreatedDate.endsWith('Z')), 'columns');
  equal(Object.keys(rows[0]), ['Id', 'LastName', 'Account.Name', 'CreatedDate']);
});

await check('bulk ingest', async () => {
  const input = Array.from({ length: 450 }, (_, n) => ({ LastName: n === 7 ? '' : `Loaded "${n}",\n🚀`, Company: 'Bulk & Co', Email: n === 9 ? 'nope' : '' }));
  const results = await conn.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'insert', input, pollInterval: 50 });
  equal([results.successfulResults.length, results.failedResults.length, results.unprocessedRecords.length], [448, 2, 0]);
  equal(results.failedResults.map((row) => row.sf__Error.split(':')[0]).sort(), ['INVALID_EMAIL_ADDRESS', 'REQUIRED_FIELD_MISSING']);
  equal(results.failedResults.find((row) => row.Email === '').sf__Error, 'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --');
  ok(results.successfulResults.every((row) => row.sf__Created === 'true' && row.sf__Id.startsWith('00Q')), 'ids');
  const stored = await conn.query("SELECT COUNT() FROM Lead WHERE Company = 'Bulk & Co'");
  equal(stored.totalSize, 448, 'stored');
  const ids = results.successfulResults.map((row) => ({ Id: row.sf__Id, Rating: 'Hot', Title: '#N/A' }));
  const updated = await conn.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'update', input: ids, pollInterval: 50 });
  equal([updated.successfulResults.length, updated.successfulResults[0].sf__Created], [448, 'false']);
  const upserts = [{ External_Id__c: 'JSB-1', LastName: 'One', Company: 'U' }, { External_Id__c: 'JSB-2', LastName: 'Two', Company: 'U' }];
  const upsert = () => conn.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'upsert', externalIdFieldName: 'External_Id__c', input: upserts, pollInterval: 50 });
  equal((await upsert()).successfulResults.map((row) => row.sf__Created), ['true', 'true']);
  equal((await upsert()).successfulResults.map((row) => row.sf__Created), ['false', 'false']);
  const gone = await conn.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'delete', input: ids.map(({ Id }) => ({ Id })), pollInterval: 50 });
  equal(gone.successfulResults.length, 448);
});

await check('bulk jobs that fail or are taken back', async () => {
  const job = conn.bulk2.createJob({ object: 'Lead', operation: 'insert' });
  await job.open();
  await job.uploadData('Nonsense__c\nx\n');
  await job.close();
  const failed = await job.check();
  equal([failed.state, failed.errorMessage], ['Failed', 'InvalidBatch : Field name not found : Nonsense__c']);
  const other = conn.bulk2.createJob({ object: 'Lead', operation: 'insert' });
  await other.open();
  await other.abort();
  equal((await other.check()).state, 'Aborted');
  await other.delete();
  await refused(() => other.check(), 'NOT_FOUND');
  await refused(() => conn.bulk2.createJob({ object: 'Nope', operation: 'insert' }).open(), 'INVALIDENTITY');
});

await check('SOAP: merge, undelete, convertLead', async () => {
  const account = conn.sobject('Account');
  const [master, loser] = await Promise.all(['Stays', 'Goes'].map(async (Name) => (await account.create({ Name })).id));
  const merged = await conn.soap.merge({ masterRecord: { type: 'Account', Id: master }, recordToMergeIds: [loser] });
  equal([merged.success, merged.id, merged.mergedRecordIds], [true, master, [loser]]);
  equal((await conn.query(`SELECT MasterRecordId FROM Account WHERE Id = '${loser}'`, { scanAll: true })).records[0].MasterRecordId, master);
  const gone = (await account.create({ Name: 'Comes back' })).id;
  await account.destroy(gone);
  const back = await conn.soap.undelete([gone, master]);
  equal(back.map((row) => row.success), [true, false]);
  equal((await account.retrieve(gone)).Name, 'Comes back');
  const lead = (await conn.sobject('Lead').create({ LastName: 'Soap', Company: 'Converted' })).id;
  const made = await conn.soap.convertLead({ leadId: lead, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: true });
  ok(made.success && made.accountId.startsWith('001') && made.contactId.startsWith('003'), JSON.stringify(made));
  equal((await conn.sobject('Lead').retrieve(lead)).IsConverted, true);
});

await check('the last word: revoke', async () => {
  const own = connection();
  await own.login(sf.username, sf.password);
  const { accessToken } = own;
  await own.logout();
  const after = new jsforce.Connection({ instanceUrl: sf.instance_url, version: '62.0', accessToken });
  await refused(() => after.query('SELECT Id FROM Lead LIMIT 1'), 'INVALID_SESSION_ID');
});

process.exit(failures === 0 ? 0 : 1);
