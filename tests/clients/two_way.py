"""Edits items of a board through the PyPI package `monday` while somebody else edits the same records in Salesforce.

Usage: two_way.py ENDPOINTS.json ROUNDS
"""

import json
import random
import sys
import time

from monday.resources import base

endpoints = json.load(open(sys.argv[1]))["monday"]
base._URLS["prod"] = endpoints["url"]

from monday import MondayClient  # noqa: E402  (after the address is set)

client = MondayClient(endpoints["token"])
board = endpoints["boards"]["Leads"]
page = client.boards.fetch_items_by_board_id(board, limit=100)
items = page["data"]["boards"][0]["items_page"]["items"]
for number in range(1, int(sys.argv[2]) + 1):
    for item in items:
        # The company is ours alone; the title both change.
        values = {"company": f"monday {number}", "title": f"monday {number} {item['name']}"}
        answer = client.items.change_multiple_column_values(board, item["id"], values)
        assert "errors" not in answer, answer
    time.sleep(random.uniform(0.05, 0.75))
