// Drives jsforce with its default login host, unmodified, through the sandbox's proxy.
// Usage: HTTPS_PROXY=… NODE_EXTRA_CA_CERTS=… node proxied.mjs ENDPOINTS.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

// ECMAScript modules ignore NODE_PATH; require() does not.
const jsforce = createRequire(import.meta.url)('jsforce');
const { salesforce: sf } = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'));

const conn = new jsforce.Connection({ version: '62.0' });
await conn.login(sf.username, sf.password + sf.security_token);
assert.equal(conn.instanceUrl, 'https://acme.my.salesforce.com');
const made = await conn.sobject('Lead').create({ LastName: 'Proxied', Company: 'Real names' });
assert.equal((await conn.sobject('Lead').retrieve(made.id)).Company, 'Real names');
console.log('ok    jsforce logs in at login.salesforce.com');

// The same variable sends plain HTTP to loopback through the proxy as well.
const local = new jsforce.Connection({ loginUrl: sf.login_url, version: '62.0' });
await local.login(sf.username, sf.password + sf.security_token);
assert.equal((await local.query('SELECT Id FROM Lead LIMIT 1')).records.length, 1);
console.log('ok    plain HTTP through the tunnel');
