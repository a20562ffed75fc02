"""Reads every Lead with simple-salesforce, unmodified, and discards it: page by page, and by a bulk job.

Usage: python load_simple_salesforce.py ENDPOINTS.json QUERY   (prints a line of JSON for each way)
"""
import json
import sys
import time
from urllib.parse import urlsplit

import requests
from simple_salesforce import Salesforce

with open(sys.argv[1], encoding="utf-8") as source:
    ENDPOINTS = json.load(source)["salesforce"]
QUERY = sys.argv[2]
HOST = urlsplit(ENDPOINTS["instance_url"]).netloc


class Plain(requests.adapters.HTTPAdapter):
    """The client insists on https; on loopback the same request goes out as http."""

    def send(self, request, **options):
        request.url = ENDPOINTS["instance_url"] + request.url.split(HOST, 1)[1]
        return super().send(request, **options)


plain = requests.Session()
plain.trust_env = False
plain.mount("https://", Plain())
sf = Salesforce(instance=HOST, session_id=ENDPOINTS["access_token"], session=plain, version="62.0")


def pages():
    return sum(1 for _ in sf.query_all_iter(QUERY))


def job():
    # The client hands on whole pages of text; nobody has looked at a row yet.
    return sum(page.count("\n") - 1 for page in sf.bulk2.Lead.query(QUERY, max_records=50_000))


for way, work in (("pages", pages), ("job", job)):
    began = time.perf_counter()
    rows = work()
    print(json.dumps({"client": "simple-salesforce", "way": way, "rows": rows, "seconds": time.perf_counter() - began}))
