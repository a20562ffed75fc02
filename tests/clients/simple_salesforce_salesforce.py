"""Drives simple-salesforce, unmodified, through its usual flows against a sandbox.

Usage: python simple_salesforce_salesforce.py ENDPOINTS.json   (or the document on standard input)
"""
import datetime
import json
import sys
import traceback
from urllib.parse import urlsplit

import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceResourceNotFound,
)
from simple_salesforce.login import SalesforceLogin

with open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin as source:
    ENDPOINTS = json.load(source)["salesforce"]
FAILURES = 0


class Plain(requests.adapters.HTTPAdapter):
    """The client insists on https; on loopback the same request goes out as http."""

    def send(self, request, **options):
        request.url = ENDPOINTS["instance_url"] + request.url.split(HOST, 1)[1]
        return super().send(request, **options)


HOST = urlsplit(ENDPOINTS["instance_url"]).netloc


def session():
    plain = requests.Session()
    plain.trust_env = False
    plain.mount("https://", Plain())
    return plain


def check(work):
    global FAILURES
    name = work.__name__.replace("_", " ")
    try:
        work()
        print(f"ok    {name}")
    except Exception:  # every failure is a line, and the next check runs
        FAILURES += 1
        print(f"FAIL  {name}: {traceback.format_exc()}")


def refused(work, code):
    try:
        work()
    except (SalesforceMalformedRequest, SalesforceResourceNotFound, SalesforceExpiredSession) as error:
        assert error.content[0]["errorCode"] == code, error.content
        return error.content[0]
    raise AssertionError(f"{code} expected, but it went through")


SF = Salesforce(
    instance_url=ENDPOINTS["instance_url"], session_id=ENDPOINTS["access_token"], session=session(), version="59.0"
)


@check
def soap_login():
    answer = requests.post(
        ENDPOINTS["login_url"] + "/services/Soap/u/59.0",
        headers={"content-type": "text/xml", "SOAPAction": "login"},
        data='<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>'
        '<n1:login xmlns:n1="urn:partner.soap.sforce.com"><n1:username>nobody</n1:username>'
        "<n1:password>x</n1:password></n1:login></env:Body></env:Envelope>",
        timeout=10,
    )
    assert answer.status_code == 500 and "<sf:exceptionCode>INVALID_LOGIN" in answer.text, answer.text

    class ToLoopback(Plain):
        def send(self, request, **options):
            path = request.url.split(".salesforce.com", 1)[1]
            request.url = f"https://{HOST}{path}"
            return super().send(request, **options)

    plain = session()
    plain.mount("https://", ToLoopback())
    token, instance = SalesforceLogin(
        username=ENDPOINTS["username"], password=ENDPOINTS["password"],
        security_token=ENDPOINTS["security_token"], session=plain,
    )
    assert token.startswith("00D") and instance == HOST, (token, instance)
    token, instance = SalesforceLogin(
        consumer_key=ENDPOINTS["client_id"], consumer_secret=ENDPOINTS["client_secret"],
        domain="acme.my", session=plain,
    )
    assert token.startswith("00D") and instance == HOST, (token, instance)


@check
def limits_and_describe():
    limits = SF.limits()
    assert limits["DailyApiRequests"]["Remaining"] < limits["DailyApiRequests"]["Max"]
    usage = SF.api_usage["api-usage"]
    assert usage.used > 0 and usage.total == limits["DailyApiRequests"]["Max"]
    assert any(row["name"] == "Lead" for row in SF.describe()["sobjects"])
    fields = {field["name"]: field for field in SF.Subscription__c.describe()["fields"]}
    assert fields["External_Id__c"]["externalId"] and fields["External_Id__c"]["unique"]
    assert fields["Value__c"]["calculated"] and not fields["Value__c"]["createable"]
    kinds = {field["type"] for field in fields.values()}
    wanted = {"id", "reference", "string", "textarea", "boolean", "double", "currency", "percent", "date", "datetime",
              "time", "email", "phone", "url", "picklist", "multipicklist", "encryptedstring", "location"}
    assert wanted <= kinds, wanted - kinds


@check
def query_over_several_pages():
    total = SF.query("SELECT COUNT() FROM Lead")["totalSize"]
    assert total > 2000, total
    rows = SF.query_all("SELECT Id, Name, Company FROM Lead WHERE IsDeleted = false ORDER BY Id")
    assert len(rows["records"]) == total and rows["done"]
    assert sum(1 for _ in SF.query_all_iter("SELECT Id FROM Lead")) == total
    grouped = SF.query("SELECT Status, COUNT(Id) total FROM Lead GROUP BY Status ORDER BY COUNT(Id) DESC")
    assert sum(row["total"] for row in grouped["records"]) == total
    nested = SF.query("SELECT Id, (SELECT Id, LastName FROM Contacts) FROM Account LIMIT 50")
    assert any(row["Contacts"] for row in nested["records"])


@check
def rows():
    made = SF.Lead.create({"LastName": "Ólafur\t🐍", "Company": 'Quotes "&" \\slashes'})
    assert made["success"] and len(made["id"]) == 18, made
    row = SF.Lead.get(made["id"])
    assert row["Company"] == 'Quotes "&" \\slashes' and row["attributes"]["type"] == "Lead", row
    assert SF.Lead.update(made["id"], {"Rating": "Warm"}) == 204
    assert SF.Lead.upsert("External_Id__c/py-1", {"LastName": "A", "Company": "B"}) == 201
    assert SF.Lead.upsert("External_Id__c/py-1", {"LastName": "C"}) == 200
    assert SF.Lead.get_by_custom_id("External_Id__c", "py-1")["LastName"] == "C"
    assert SF.Lead.delete(made["id"]) == 204
    refused(lambda: SF.Lead.get(made["id"]), "ENTITY_IS_DELETED")
    refused(lambda: SF.Lead.get("00Q000000000000AAA"), "NOT_FOUND")
    wrong = refused(lambda: SF.Lead.create({"LastName": "x" * 81, "Company": "y"}), "STRING_TOO_LONG")
    assert wrong["fields"] == ["LastName"], wrong
    refused(lambda: SF.Lead.create({"LastName": "x", "Company": "y", "IsConverted": True}),
            "INVALID_FIELD_FOR_INSERT_UPDATE")
    refused(lambda: SF.Lead.create({"LastName": "x", "Company": "y", "Nope__c": 1}), "INVALID_FIELD")


@check
def collections_by_hand():
    body = {"allOrNone": True, "records": [
        {"attributes": {"type": "Contact"}, "LastName": "One"},
        {"attributes": {"type": "Contact"}, "LastName": ""},
    ]}
    rows = SF.restful("composite/sobjects", method="POST", json=body)
    assert [row["success"] for row in rows] == [False, False], rows
    codes = [row["errors"][0]["statusCode"] for row in rows]
    assert codes == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"], codes


@check
def updated_and_deleted():
    made = SF.Contact.create({"LastName": "Replicated"})
    end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=2)
    start = end - datetime.timedelta(hours=1)
    assert made["id"] in SF.Contact.updated(start, end)["ids"]
    SF.Contact.delete(made["id"])
    gone = SF.Contact.deleted(start, end)["deletedRecords"]
    assert made["id"] in [row["id"] for row in gone]


@check
def malformed_query():
    refused(lambda: SF.query("SELECT Id FROM Lead WHERE Name LIKE 5"), "INVALID_FIELD")
    refused(lambda: SF.query("SELECT Id FROM Lead WHERE (Name = 'x'"), "MALFORMED_QUERY")


@check
def bulk_query_in_pages():
    total = SF.query("SELECT COUNT() FROM Contact")["totalSize"]
    pages = list(SF.bulk2.Contact.query("SELECT Id, Name, Email, IsDeleted FROM Contact", max_records=1000))
    assert len(pages) == -(-total // 1000), len(pages)
    lines = [line for page in pages for line in page.splitlines() if line.startswith('"003')]
    assert len(lines) == total, len(lines)
    assert all(page.startswith('"Id","Name","Email","IsDeleted"\n') for page in pages), pages[0][:80]


@check
def bulk_ingest_both_ways():
    rows = [{"LastName": f"Bulk {n}", "Email": "nope" if n == 3 else f"b{n}@example.com"} for n in range(25)]
    job = SF.bulk2.Contact.insert(records=rows)[0]
    assert (job["numberRecordsProcessed"], job["numberRecordsFailed"]) == (25, 1), job
    failed = SF.bulk2.Contact.get_failed_records(job["job_id"])
    assert '"INVALID_EMAIL_ADDRESS:Email: invalid email address: nope:Email --"' in failed, failed
    done = SF.bulk2.Contact.get_successful_records(job["job_id"])
    ids = [line.split(",")[0].strip('"') for line in done.splitlines()[1:]]
    assert len(ids) == 24 and all(row.startswith("003") for row in ids), done
    assert SF.bulk2.Contact.get_unprocessed_records(job["job_id"]).strip() in ('"LastName","Email"', '"Email","LastName"')
    updated = SF.bulk2.Contact.update(records=[{"Id": row, "Title": "Bulk"} for row in ids])[0]
    assert updated["numberRecordsFailed"] == 0, updated
    assert SF.query("SELECT COUNT() FROM Contact WHERE Title = 'Bulk'")["totalSize"] == 24
    gone = SF.bulk2.Contact.hard_delete(records=[{"Id": row} for row in ids])[0]
    assert gone["numberRecordsFailed"] == 0, gone
    assert SF.query_all(f"SELECT Id FROM Contact WHERE Id = '{ids[0]}'", include_deleted=True)["totalSize"] == 0


@check
def dead_session():
    dead = Salesforce(instance_url=ENDPOINTS["instance_url"], session_id="00D!dead", session=session())
    refused(lambda: dead.query("SELECT Id FROM Lead LIMIT 1"), "INVALID_SESSION_ID")


sys.exit(0 if FAILURES == 0 else 1)
