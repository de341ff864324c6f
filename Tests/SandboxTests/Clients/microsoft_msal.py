"""Signs in through msal, unmodified: authorization code flow with PKCE, refresh, and what follows a revocation.

Reads a JSON object from standard input, writes one to standard output.
"""

import html
import json
import re
import sys
from urllib.parse import parse_qs, urlsplit

import msal
import requests

given = json.load(sys.stdin)
browser = requests.Session()
browser.verify = given["ca"]


def fill(page, **answers):
    """Posts the page's form with its hidden fields and these answers."""
    action = html.unescape(re.search(r'<form method="post" action="([^"]+)"', page).group(1))
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    boxes = re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)" checked', page)
    data = [(name, html.unescape(value)) for name, value in fields + (boxes if "answer" in answers else [])]
    return browser.post(action, data=data + list(answers.items()), allow_redirects=False)


app = msal.ConfidentialClientApplication(
    given["client"],
    client_credential=given["secret"],
    authority=given["authority"],
    instance_discovery=False,
    verify=given["ca"],
)
scopes = ["User.Read", "Mail.Read"]
flow = app.initiate_auth_code_flow(scopes, redirect_uri=given["redirect"], login_hint=given["user"])
page = browser.get(flow["auth_uri"], allow_redirects=False)
page = fill(page.text, passwd=given["password"], next="1")
page = fill(page.text, answer="accept")
location = urlsplit(page.headers["Location"])
answer = {name: values[0] for name, values in parse_qs(location.query).items()}
result = app.acquire_token_by_auth_code_flow(flow, answer)
if "access_token" not in result:
    sys.exit(json.dumps(result))
account = app.get_accounts()[0]
refreshed = app.acquire_token_silent_with_error(scopes, account, force_refresh=True)
requests.post(f"{given['sandbox']}/sandbox/accounts/{given['user']}/revoke", json={}, verify=given["ca"]).raise_for_status()
revoked = app.acquire_token_silent_with_error(scopes, account, force_refresh=True)
json.dump(
    {
        "claims": result["id_token_claims"],
        "scope": result["scope"],
        "username": account["username"],
        "refreshed": refreshed.get("access_token") not in (None, result["access_token"]),
        "token": refreshed.get("access_token"),
        "revoked": {"error": revoked.get("error"), "codes": revoked.get("error_codes")},
    },
    sys.stdout,
)
