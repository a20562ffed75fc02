// Reads every Lead with jsforce, unmodified, and discards it: over REST page by page, and by a bulk job.
// Usage: node load_jsforce.mjs ENDPOINTS.json QUERY   (prints a line of JSON for each way)
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const jsforce = createRequire(import.meta.url)('jsforce');
const sf = JSON.parse(readFileSync(process.argv[2], 'utf8')).salesforce;
const soql = process.argv[3];
const conn = new jsforce.Connection({ instanceUrl: sf.instance_url, accessToken: sf.access_token, version: '62.0' });

async function pages() {
  let rows = 0;
  let page = await conn.query(soql);
  for (;;) {
    rows += page.records.length;
    if (page.done) return rows;
    page = await conn.queryMore(page.nextRecordsUrl);
  }
}

// In one page: jsforce cannot read a second one.
async function job() {
  let rows = 0;
  const stream = await conn.bulk2.query(soql, { pollInterval: 50 });
  for await (const row of stream) rows += row.Id.length === 18 ? 1 : 0;
  return rows;
}

for (const [way, work] of [['pages', pages], ['job', job]]) {
  const began = performance.now();
  const rows = await work();
  console.log(JSON.stringify({ client: 'jsforce', way, rows, seconds: (performance.now() - began) / 1000 }));
}
