// Drives salesforce-pubsub-api-client and, for what it does not show, plain gRPC with the published protocol file.
// Usage: GRPC_DEFAULT_SSL_ROOTS_FILE_PATH=ca.pem node pubsub_salesforce.mjs ENDPOINTS.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

// ECMAScript modules ignore NODE_PATH; require() does not.
const require = createRequire(import.meta.url);
const { default: PubSubApiClient } = require('salesforce-pubsub-api-client');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const endpoints = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'));
const sf = endpoints.salesforce;
let failures = 0;

async function check(name, work) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('timed out')), 20_000); });
  try {
    await Promise.race([work(), late]);
    console.log(`ok    ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL  ${name}: ${error?.stack ?? error}`);
  } finally {
    clearTimeout(timer);
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

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const headers = { authorization: `Bearer ${sf.access_token}`, 'content-type': 'application/json', 'sforce-call-options': 'client=proof' };

async function rest(method, path, body) {
  const answer = await fetch(`${sf.instance_url}/services/data/v62.0${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

async function control(path, body) {
  const answer = await fetch(`${endpoints.control}${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
}

// The client brings a bundle of public authorities and no way to name another: its own switch stands in.
const fresh = async () => {
  const made = new PubSubApiClient({
    authType: 'oauth-client-credentials', loginUrl: sf.login_url, clientId: sf.client_id, clientSecret: sf.client_secret,
    pubSubEndpoint: `${sf.pubsub.host}:${sf.pubsub.port}`, rejectUnauthorizedSsl: false,
  }, quiet);
  await made.connect();
  return made;
};
let client;

// Collects events and other news of one subscription.
function listen(start) {
  const events = [];
  const news = [];
  let wake = () => {};
  start((_subscription, kind, data) => {
    if (kind === 'event') events.push(data);
    else news.push([kind, data]);
    wake();
  });
  const until = async (done) => {
    while (!done()) await new Promise((resolve) => { wake = resolve; });
  };
  return { events, news, until, count: (wanted) => until(() => events.length >= wanted) };
}

let account;
let firstReplay;

await check('connect with client credentials', async () => {
  client = await fresh();
});

await check('create, update, delete and undelete are told', async () => {
  const heard = listen((callback) => client.subscribe('/data/AccountChangeEvent', callback, 100));
  // Nothing says when a subscription stands, but a wasted event does no harm.
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  account = (await rest('POST', '/sobjects/Account', { Name: 'Ünï 🚀 & Söhne', BillingCity: 'Paris', BillingLatitude: 48.5, NumberOfEmployees: -12, AnnualRevenue: 1.5e9 })).id;
  await heard.count(1);
  await rest('PATCH', `/sobjects/Account/${account}`, { BillingCity: 'Lyon', NumberOfEmployees: null, Industry: 'Banking' });
  await heard.count(2);
  await rest('DELETE', `/sobjects/Account/${account}`);
  await heard.count(3);
  await control('/salesforce/undelete', [account]);
  await heard.count(4);
  const [made, changed, gone, back] = heard.events;
  firstReplay = made.replayId;
  const header = made.payload.ChangeEventHeader;
  equal([header.entityName, header.recordIds, header.changeType, header.sequenceNumber], ['Account', [account], 'CREATE', 1]);
  equal(header.changeOrigin, 'com/salesforce/api/rest/62.0;client=proof');
  equal([made.payload.Name, made.payload.NumberOfEmployees, made.payload.AnnualRevenue], ['Ünï 🚀 & Söhne', -12, 1.5e9]);
  equal([made.payload.BillingAddress.City, made.payload.BillingAddress.Latitude], ['Paris', 48.5]);
  ok(Math.abs(made.payload.CreatedDate - Date.now()) < 60_000, 'the stamp is in milliseconds');
  equal(header.changedFields, [], 'changed fields of a creation');
  const second = changed.payload.ChangeEventHeader;
  equal(second.changeType, 'UPDATE');
  equal(second.changedFields, ['Industry', 'NumberOfEmployees', 'LastModifiedDate', 'BillingAddress.City']);
  equal(second.nulledFields, ['NumberOfEmployees']);
  equal([changed.payload.Name, changed.payload.Industry, changed.payload.NumberOfEmployees], [null, 'Banking', null]);
  equal([gone, back].map((event) => event.payload.ChangeEventHeader.changeType), ['DELETE', 'UNDELETE']);
  equal([gone.payload.Name, back.payload.Name], [null, 'Ünï 🚀 & Söhne']);
  ok(back.replayId > gone.replayId && gone.replayId > changed.replayId, 'replay ids rise');
  ok(second.commitNumber > header.commitNumber && second.transactionKey !== header.transactionKey, 'commits');
});

await check('a replay gives what followed, and only that', async () => {
  // A client has one subscription per topic: another one takes another client.
  const again = await fresh();
  const heard = listen((callback) => again.subscribeFromReplayId('/data/AccountChangeEvent', callback, 3, firstReplay));
  await heard.until(() => heard.news.some(([kind]) => kind === 'lastEvent'));
  equal(heard.events.map((event) => event.payload.ChangeEventHeader.changeType), ['UPDATE', 'DELETE', 'UNDELETE']);
});

await check('the earliest events come first, from all objects', async () => {
  await rest('POST', '/composite/tree/Account', { records: [{ attributes: { type: 'Account', referenceId: 'a' }, Name: 'Parent',
    Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Child', FirstName: 'First', MailingCity: 'Oslo' }] } }] });
  const heard = listen((callback) => client.subscribeFromEarliestEvent('/data/ChangeEvents', callback, 6));
  await heard.count(6);
  equal(heard.events[0].replayId, firstReplay);
  const [parent, child] = heard.events.slice(4).map((event) => event.payload);
  equal([parent.ChangeEventHeader.sequenceNumber, child.ChangeEventHeader.sequenceNumber], [1, 2]);
  equal(parent.ChangeEventHeader.transactionKey, child.ChangeEventHeader.transactionKey, 'one transaction');
  equal([child.Name.FirstName, child.Name.LastName, child.MailingAddress.City], ['First', 'Child', 'Oslo']);
});

// Plain gRPC from here: what the client hides.
const folder = dirname(require.resolve('salesforce-pubsub-api-client'));
const types = grpc.loadPackageDefinition(loader.loadSync(join(folder, '..', 'pubsub_api.proto'), { defaults: true, arrays: true })).eventbus.v1;
const stub = new types.PubSub(`localhost:${sf.pubsub.port}`, grpc.credentials.createSsl());
const metadata = (token = sf.access_token) => {
  const data = new grpc.Metadata();
  data.add('accesstoken', token);
  data.add('instanceurl', sf.instance_url);
  data.add('tenantid', token.split('!')[0]);
  return data;
};
const unary = (name, message, data = metadata()) => new Promise((resolve, reject) => {
  stub[name](message, data, (error, answer) => (error ? reject(error) : resolve(answer)));
});

async function refused(work, code, name) {
  const error = await work().then(() => null, (reason) => reason);
  if (!error) throw new Error(`${name} expected, but it went through`);
  equal([error.code, error.metadata.get('error-code')], [code, name === '' ? [] : [`sfdc.platform.eventbus.grpc.${name}`]]);
  return error;
}

function fetchOnce(request, data) {
  return new Promise((resolve, reject) => {
    const call = stub.Subscribe(data ?? metadata());
    call.on('data', (answer) => { call.cancel(); resolve(answer); });
    call.on('error', reject);
    call.write(request);
  });
}

await check('topic and schema', async () => {
  const topic = await unary('GetTopic', { topicName: '/data/Subscription__ChangeEvent' });
  equal([topic.canSubscribe, topic.canPublish], [true, false]);
  const schema = await unary('GetSchema', { schemaId: topic.schemaId });
  equal(JSON.parse(schema.schemaJson).name, 'Subscription__ChangeEvent');
  ok(schema.rpcId && schema.rpcId !== topic.rpcId, 'every call has a name');
  await refused(() => unary('GetTopic', { topicName: '/data/leadchangeevent' }), grpc.status.NOT_FOUND, 'topic.not.found');
  await refused(() => unary('Publish', { topicName: '/event/X__e' }), grpc.status.UNIMPLEMENTED, '');
});

await check('refusals have their codes', async () => {
  const topicName = '/data/AccountChangeEvent';
  await refused(() => unary('GetTopic', { topicName }, metadata(`${sf.access_token}x`)), grpc.status.UNAUTHENTICATED, 'service.auth.error');
  await refused(() => unary('GetTopic', { topicName }, new grpc.Metadata()), grpc.status.UNAUTHENTICATED, 'service.auth.headers.invalid');
  const fetch = 'subscription.fetch';
  await refused(() => fetchOnce({ topicName, numRequested: 0 }), grpc.status.INVALID_ARGUMENT, `${fetch}.requested.events.invalid`);
  await refused(() => fetchOnce({ topicName, numRequested: 1, replayPreset: 2 }), grpc.status.INVALID_ARGUMENT, `${fetch}.replayid.validation.failed`);
  const foreign = await refused(() => fetchOnce({ topicName, numRequested: 1, replayPreset: 2, replayId: Buffer.alloc(8, 1) }), grpc.status.INVALID_ARGUMENT, `${fetch}.replayid.corrupted`);
  ok(/rpcId: [0-9a-f-]{36}$/.test(foreign.details), foreign.details);
});

await check('silence is told, with a place to go on from', async () => {
  await control('/salesforce/events', { keep_alive_ms: 50 });
  const silent = await fetchOnce({ topicName: '/data/LeadChangeEvent', numRequested: 5 });
  await control('/salesforce/events', { keep_alive_ms: 270_000 });
  equal([silent.events.length, silent.pendingNumRequested], [0, 5]);
  await rest('POST', '/sobjects/Lead', { LastName: 'After', Company: 'Silence' });
  const next = await fetchOnce({ topicName: '/data/LeadChangeEvent', numRequested: 5, replayPreset: 2, replayId: silent.latestReplayId });
  equal([next.events.length, next.pendingNumRequested], [1, 4]);
  equal(next.latestReplayId, next.events[0].replayId);
});

await check('gap, overflow, and a purge', async () => {
  const heard = listen((callback) => client.subscribe('/data/ContactChangeEvent', callback, 100));
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  const id = (await rest('GET', `/query?q=${encodeURIComponent('SELECT Id FROM Contact LIMIT 1')}`)).records[0].Id;
  await control('/salesforce/events', { kind: 'gap', object: 'Contact', ids: [id], change: 'UPDATE' });
  await control('/salesforce/events', { kind: 'overflow', object: 'Contact' });
  await heard.count(2);
  equal(heard.events.map(({ payload: { ChangeEventHeader: h } }) => [h.changeType, h.recordIds]), [['GAP_UPDATE', [id]], ['GAP_OVERFLOW', ['000000000000000AAA']]]);
  await control('/salesforce/events', { kind: 'purge' });
  const again = await fresh();
  const late = listen((callback) => again.subscribeFromReplayId('/data/ContactChangeEvent', callback, 1, heard.events[0].replayId));
  await late.until(() => late.news.some(([kind]) => kind === 'error'));
  const [, error] = late.news.find(([kind]) => kind === 'error');
  equal([error.code, error.metadata.get('error-code')], [3, ['sfdc.platform.eventbus.grpc.subscription.fetch.replayid.corrupted']]);
});

await check('events twice and out of order', async () => {
  const heard = listen((callback) => client.subscribe('/data/LeadChangeEvent', callback, 100));
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  const lead = (name) => rest('POST', '/sobjects/Lead', { LastName: name, Company: 'Disorder' });
  const match = { system: 'salesforce', path_regex: 'LeadChangeEvent', first: 1 };
  await control('/faults', [{ id: 'twice', match, effect: { kind: 'duplicate_event' } }]);
  await lead('one');
  await heard.count(2);
  await control('/faults', [{ id: 'late', match, effect: { kind: 'reorder_events' } }]);
  await lead('two');
  await lead('three');
  await heard.count(4);
  const names = heard.events.map((event) => event.payload.Name.LastName);
  ok(heard.events[0].replayId === heard.events[1].replayId, 'the first came twice');
  equal(names.slice(2), ['three', 'two']);
});

await check('a revoked session ends the subscription', async () => {
  const call = stub.Subscribe(metadata());
  const end = new Promise((resolve) => { call.on('error', resolve); });
  call.on('data', () => {});
  call.write({ topicName: '/data/LeadChangeEvent', numRequested: 10 });
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  await control('/salesforce/revoke', { username: sf.username });
  await control('/salesforce/records/Lead', { create: [{ LastName: 'Unheard', Company: 'Gone' }] });
  const error = await end;
  equal([error.code, error.metadata.get('error-code')], [16, ['sfdc.platform.eventbus.grpc.service.auth.error']]);
});

process.exit(failures === 0 ? 0 : 1);
