"""Reads a board as a person's script would, through the PyPI package `monday`, and prints its items' names as JSON.

Usage: spine_monday.py ENDPOINTS.json BOARD
"""

import json
import sys

from monday.resources import base

endpoints = json.load(open(sys.argv[1]))["monday"]
base._URLS["prod"] = endpoints["url"]

from monday import MondayClient  # noqa: E402  (after the address is set)

client = MondayClient(endpoints["token"])
board = endpoints["boards"][sys.argv[2]]
names, cursor = [], None
while True:
    page = client.boards.fetch_items_by_board_id(board, limit=100, cursor=cursor)
    page = page["data"]["boards"][0]["items_page"]
    names += [item["name"] for item in page["items"]]
    cursor = page["cursor"]
    if not cursor:
        break
print(json.dumps(names))
