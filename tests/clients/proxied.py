"""Drives clients that know only the real host names, unmodified, through the sandbox's proxy.

Usage: HTTPS_PROXY=… REQUESTS_CA_BUNDLE=… python proxied.py ENDPOINTS.json   (or the document on standard input)
"""
import json
import sys
import traceback

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from monday_sdk import MondayClient
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceAuthenticationFailed

with open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin as source:
    ENDPOINTS = json.load(source)
SF = ENDPOINTS["salesforce"]
FAILURES = 0


def check(work):
    global FAILURES
    name = work.__name__.replace("_", " ")
    try:
        work()
        print(f"ok    {name}")
    except Exception:  # every failure is a line, and the next check runs
        FAILURES += 1
        print(f"FAIL  {name}: {traceback.format_exc()}")


@check
def soap_login_at_the_real_host():
    org = Salesforce(username=SF["username"], password=SF["password"], security_token=SF["security_token"])
    assert org.sf_instance == "acme.my.salesforce.com", org.sf_instance
    made = org.Lead.create({"LastName": "Proxied", "Company": "Real names"})
    assert org.Lead.get(made["id"])["Company"] == "Real names"
    rows = org.query_all("SELECT Id FROM Contact")
    assert rows["totalSize"] == len(rows["records"]) > 0, rows["totalSize"]
    pages = list(org.bulk2.Lead.query("SELECT Id FROM Lead WHERE Company = 'Real names'"))
    assert made["id"] in pages[0], pages


@check
def a_wrong_password_is_refused():
    try:
        Salesforce(username=SF["username"], password="wrong", security_token="")
    except SalesforceAuthenticationFailed as error:
        assert error.code == "INVALID_LOGIN", error.code
        return
    raise AssertionError("it went through")


@check
def client_credentials_at_my_domain():
    org = Salesforce(
        consumer_key=SF["client_id"], consumer_secret=SF["client_secret"], domain="acme.my", instance_url=None,
    )
    assert org.limits()["DailyApiRequests"]["Max"] > 0


@check
def jwt_bearer():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    url = f"{ENDPOINTS['control']}/salesforce/jwt-certificate"
    assert requests.post(url, json={"pem": public}, proxies={"http": ""}, timeout=10).ok
    login = {"username": SF["username"], "consumer_key": SF["client_id"]}
    org = Salesforce(**login, privatekey=private)
    assert org.query("SELECT COUNT() FROM Lead")["totalSize"] > 0
    foreign = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    foreign = foreign.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    try:
        Salesforce(**login, privatekey=foreign)
    except SalesforceAuthenticationFailed as error:
        assert error.code == "invalid_grant", error.code
        return
    raise AssertionError("a foreign key went through")


@check
def an_origin_with_tls_names_itself():
    origin = ENDPOINTS["tls"]["salesforce"]
    direct = requests.Session()
    direct.trust_env = False
    form = {"grant_type": "client_credentials", "client_id": SF["client_id"], "client_secret": SF["client_secret"]}
    granted = direct.post(f"{origin}/services/oauth2/token", data=form, verify=ENDPOINTS["tls"]["ca_file"]).json()
    assert granted["instance_url"] == origin, granted


@check
def other_hosts_are_not_reached():
    try:
        requests.get("https://www.example.com/", timeout=10)
    except requests.exceptions.ProxyError as error:
        assert "403" in str(error), error
        return
    raise AssertionError("the proxy let it through")


@check
def monday_at_its_real_host():
    client = MondayClient(token=ENDPOINTS["monday"]["token"])
    names = [board.name for board in client.boards.fetch_boards(limit=50).data.boards]
    assert "Leads" in names, names


sys.exit(0 if FAILURES == 0 else 1)
