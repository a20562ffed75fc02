"""Runs the PyPI package `monday` 2.2.1, unmodified, against a monday.com at a given address.

Usage: monday_package.py URL TOKEN. Prints one line per check and ends non-zero if one fails.
"""

import json
import sys
import time

from monday.resources import base

URL, TOKEN = sys.argv[1], sys.argv[2]
# The package offers no parameter for the address.
base._URLS["prod"] = URL
base._URLS["file"] = URL + "/file"

from monday import MondayClient  # noqa: E402  (after the address is set)
from monday.resources.types import BoardKind, ColumnType  # noqa: E402

client = MondayClient(TOKEN)
failed = 0


def check(name, ok, got=None):
    global failed
    failed += not ok
    print(("ok   " if ok else "FAIL ") + name + ("" if ok else f": {got}"), flush=True)


me = client.me.get_details()["data"]["me"]
check("me", me["email"] == "svc-sync@acme.example", me)
users = client.users.fetch_users()["data"]["users"]
check("users", any(user["name"] == "Ana Ruiz" for user in users), users)
check("workspaces", client.workspaces.get_workspaces()["data"]["workspaces"] != [])
check("tags", len(client.tags.fetch_tags()["data"]["tags"]) >= 2)

board = client.boards.create_board("From a package", BoardKind.PUBLIC)["data"]["create_board"]["id"]
check("create_board", board.isdigit(), board)
group = client.groups.create_group(board, "Second")["data"]["create_group"]["id"]
check("create_group", bool(group), group)
columns = {}
for title, kind in [
    ("Key", ColumnType.TEXT),
    ("Amount", ColumnType.NUMBERS),
    ("State", ColumnType.STATUS),
    ("Day", ColumnType.DATE),
    ("Mail", ColumnType.EMAIL),
    ("Call", ColumnType.PHONE),
    ("Site", ColumnType.LINK),
    ("Kind", ColumnType.DROPDOWN),
    ("Tick", ColumnType.CHECKBOX),
    ("Stars", ColumnType.RATING),
    ("Land", ColumnType.COUNTRY),
]:
    columns[title] = client.columns.create_column(board, title, kind)["data"]["create_column"]["id"]
check("create_column", len(set(columns.values())) == 11, columns)

values = {
    columns["Key"]: 'quotes " and \\ and émoji 😀',
    columns["Amount"]: "42.5",
    columns["State"]: {"label": "Done"},
    columns["Day"]: {"date": "2026-11-22"},
    columns["Mail"]: {"email": "a@b.example", "text": "A"},
    columns["Call"]: {"phone": "+33612345678", "countryShortName": "FR"},
    columns["Site"]: {"url": "https://a.example", "text": "A"},
    columns["Kind"]: {"labels": ["New one"]},
    columns["Tick"]: {"checked": "true"},
    columns["Stars"]: {"rating": 3},
    columns["Land"]: {"countryCode": "IT", "countryName": "Italy"},
}
made = client.items.create_item(board, group, "First", values, create_labels_if_missing=True)
item = made["data"]["create_item"]["id"]
check("create_item", item.isdigit(), made)
read = client.items.fetch_items_by_id(item)["data"]["items"][0]
texts = {value["id"]: value["text"] for value in read["column_values"]}
check("text survives", texts[columns["Key"]] == values[columns["Key"]], texts)
check("typed texts", texts[columns["State"]] == "Done" and texts[columns["Land"]] == "Italy", texts)
raw = {value["id"]: value["value"] for value in read["column_values"]}
check("value is text of JSON", json.loads(raw[columns["Stars"]])["rating"] == 3, raw)

client.items.change_item_value(board, item, columns["State"], {"label": "Stuck"})
client.items.change_multiple_column_values(board, item, {columns["Amount"]: "7", "name": "Renamed"})
read = client.items.fetch_items_by_id(item)["data"]["items"][0]
texts = {value["id"]: value["text"] for value in read["column_values"]}
check("change", (read["name"], texts[columns["State"]], texts[columns["Amount"]]) == ("Renamed", "Stuck", "7"), read)

found = client.items.fetch_items_by_column_value(board, columns["Amount"], "7")
check("find by value", found["data"]["items_page_by_column_values"]["items"][0]["id"] == item, found)

try:
    client.items.change_item_value(board, item, columns["State"], {"label": "Nonsense"})
    check("refusal raises", False, "no error")
except Exception as error:  # the package raises its own class for any `errors`
    check("refusal raises", "label" in str(error), error)

for start in range(0, 1200, 100):
    aliases = " ".join(
        f'i{n}: create_item(board_id: {board}, group_id: "topics", item_name: "Row {n}") {{ id }}'
        for n in range(start, start + 100)
    )
    client.custom.execute_custom_query("mutation { " + aliases + " }")
begun = time.monotonic()
every = client.boards.fetch_all_items_by_board_id(board, limit=500)
walked = sum(len(page["items"]) for page in every) if isinstance(every, list) and every and "items" in every[0] else None
count = walked if walked is not None else json.dumps(every).count('"name": "Row ')
check(f"walk 1,200 items ({time.monotonic() - begun:.2f} s)", count >= 1200, count)

update = client.updates.create_update(item, "Hello")["data"]["create_update"]["id"]
check("updates", client.updates.fetch_updates_for_item(item)["data"]["items"][0]["updates"][0]["id"] == update)
client.updates.delete_update(update)
moved = client.items.move_item_to_group(item, "topics")
check("move", moved["data"]["move_item_to_group"]["id"] == item, moved)
sub = client.items.create_subitem(item, "Sub")["data"]["create_subitem"]["id"]
check("subitem", sub.isdigit(), sub)
check("archive", "data" in client.items.archive_item_by_id(item))
check("delete", "data" in client.items.delete_item_by_id(item))
check("groups", len(client.groups.get_groups_by_board(board)["data"]["boards"][0]["groups"]) == 2)
check("items by group", "data" in client.groups.get_items_by_group(board, "topics"))
check("duplicate group", "data" in client.groups.duplicate_group(board, group))
check("archive group", "data" in client.groups.archive_group(board, group))
check("boards", "data" in client.boards.fetch_boards(limit=5))
check("columns", "data" in client.boards.fetch_columns_by_board_id(board))
check("complexity", client.complexity.get_complexity()["data"]["complexity"]["after"] > 0)
check("tag", client.tags.create_or_get_tag("fresh")["data"]["create_or_get_tag"]["id"].isdigit())

client.me.client.inject_headers({"API-Version": "2026-10"})
try:
    client.me.get_details()
    check("removed fields are refused in 2026-10", False, "no error")
except Exception:
    check("removed fields are refused in 2026-10", True)

sys.exit(1 if failed else 0)
