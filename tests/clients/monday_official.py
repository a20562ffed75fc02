"""Runs the official Python SDK `monday-api-python-sdk` 1.6.8, unmodified, against a monday.com at a given address.

Usage: monday_official.py URL TOKEN. Prints one line per check and ends non-zero if one fails.
"""

import sys

from monday_sdk import MondayClient

URL, TOKEN = sys.argv[1], sys.argv[2]
client = MondayClient(TOKEN)
failed = 0


def check(name, ok, got=None):
    global failed
    failed += not ok
    print(("ok   " if ok else "FAIL ") + name + ("" if ok else f": {got}"), flush=True)


# The package offers no parameter for the address.
client._graphql_client.endpoint = URL

boards = client.custom.execute_custom_query("query { boards(limit: 50) { id name } complexity { query after } }")
found = {board.name: board.id for board in boards.data.boards}
check("boards", "Leads" in found, found)
board = found["Leads"]
made = client.items.create_item(board_id=board, group_id="topics", item_name="From the SDK", column_values={"company": "X"})
item = made.data.create_item.id
check("create_item", str(item).isdigit(), made)
changed = client.items.change_multiple_column_values(board, item, {"company": "Y", "name": "Renamed"})
check("change", "change_multiple_column_values" in str(changed), changed)
read = client.items.fetch_items_by_id([item])
check("fetch by id", any(str(one.id) == str(item) for one in (read if isinstance(read, list) else read.data.items)), read)
every = client.boards.fetch_all_items_by_board_id(board)
check("all items", len(every) >= 1, every)
logs = client.activity_logs.fetch_all_activity_logs_from_board(board)
check("activity log", len(logs) >= 3, logs)
check("delete", client.items.delete_item_by_id(item) is not None)
sys.exit(1 if failed else 0)
