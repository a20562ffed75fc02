// Runs npm's `@mondaydotcomorg/api` 14.0.0, unmodified, against a monday.com at a given address.
// Usage: monday_api.mjs URL TOKEN FOLDER, FOLDER holding node_modules. One line per check; ends non-zero on failure.
import { createRequire } from 'node:module';

const [endpoint, token, folder] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const { ApiClient, ClientError } = require('@mondaydotcomorg/api');

let failed = 0;
const check = (name, ok, got) => {
  if (!ok) failed += 1;
  console.log(ok ? `ok   ${name}` : `FAIL ${name}: ${JSON.stringify(got)}`);
};

const client = new ApiClient({ token, endpoint });
const { operations } = client;

const me = await operations.getMeOp();
check('me', me.me?.name === 'Sync Service', me);
const boards = await client.request('query { boards(limit: 50) { id name } }');
const board = boards.boards.find((one) => one.name === 'Every column type').id;
check('boards', /^\d+$/.test(board), boards);
const groups = await operations.getBoardGroupsOp({ ids: [board] });
check('groups', groups.boards[0].groups[0].id === 'topics', groups);

const made = await operations.createItemOp({ boardId: board, groupId: 'topics', itemName: 'Ünïcode ✓' });
const item = made.create_item.id;
check('create item', /^\d+$/.test(item), made);
await operations.changeColumnValueOp({
  boardId: board, itemId: item, columnId: 'date', value: JSON.stringify({ date: '2026-11-22', time: '10:00:00' }),
});
await operations.changeMultipleColumnValuesOp({
  boardId: board, itemId: item, columnValues: JSON.stringify({
    text: 'a "b" \\ c', numbers: 1.5, rating: { rating: 2 }, checkbox: { checked: 'true' },
  }),
});
await operations.changeSimpleColumnValueOp({ boardId: board, itemId: item, columnId: 'status', value: 'Stuck' });
const typed = await client.request(
  `query ($ids: [ID!]) { items(ids: $ids) { name column_values {
     id text ... on StatusValue { index label } ... on DateValue { date time } ... on NumbersValue { number }
     ... on CheckboxValue { checked } ... on RatingValue { rating } } } }`,
  { ids: [item] },
);
const of = (id) => typed.items[0].column_values.find((value) => value.id === id);
check('text', of('text').text === 'a "b" \\ c', of('text'));
check('status', of('status').label === 'Stuck' && of('status').index === 2, of('status'));
check('date', of('date').date === '2026-11-22' && of('date').time === '10:00:00', of('date'));
check('number, rating, checkbox', of('numbers').number === 1.5 && of('rating').rating === 2 && of('checkbox').checked);
const items = await operations.getBoardItemsOp({ ids: [board] });
check('board items', JSON.stringify(items).includes(item), items);

try {
  await operations.changeSimpleColumnValueOp({ boardId: board, itemId: item, columnId: 'status', value: 'Nonsense' });
  check('refusal', false, 'no error');
} catch (error) {
  const first = error.response?.errors?.[0];
  check('refusal', error instanceof ClientError && first?.extensions?.code === 'ColumnValueException', first);
}
const raw = await client.rawRequest('mutation ($b: ID!) { a: create_item(board_id: $b, item_name: "A") { id } complexity { query after } }', { b: board });
check('complexity in a mutation', raw.data.complexity.query >= 10000, raw.data);

const rc = new ApiClient({ token, endpoint, apiVersion: '2026-10' });
try {
  await rc.request('query { users { enabled } }');
  check('removed field', false, 'no error');
} catch (error) {
  const message = error.response?.errors?.[0]?.message;
  check('removed field', message === 'Cannot query field "enabled" on type "User".', message);
}
const old = await client.request('query { users { id enabled } }');
check('old version still has it', old.users[0].enabled === true, old);
process.exit(failed ? 1 : 0);
