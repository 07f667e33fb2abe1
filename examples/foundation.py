#!/usr/bin/env python3
"""What a foundation still does by hand, from Python: answer reports, extend a term, end a payment that went astray.

    python3 examples/foundation.py reports
    python3 examples/foundation.py answer <shr_...> "What we learned from it."
    python3 examples/foundation.py extend <agr_...> <new last day>
    python3 examples/foundation.py owed

GOODFAITH_URL says where the service is, FUNDER_KEY is the key. It needs nothing but Python 3.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

URL = os.environ.get("GOODFAITH_URL", "http://localhost:4000")
KEY = os.environ.get("FUNDER_KEY", "")
ATTEMPTS = 6


class Refused(Exception):
    def __init__(self, error):
        super().__init__(f"{error['code']}: {error['message']}")
        self.code = error["code"]


def call(query, variables=None):
    """One call, sent again when no answer came and when the answer says `retryable`."""
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}
    for attempt in range(1, ATTEMPTS + 1):
        wait = 2**attempt / 4
        try:
            request = urllib.request.Request(f"{URL}/graphql", body, headers)
            try:
                response = urllib.request.urlopen(request, timeout=30)
            except urllib.error.HTTPError as refused:
                response = refused  # It has a body like any other answer.
            wait = float(response.headers.get("Retry-After") or wait)
            answer = json.load(response)
        except (OSError, ValueError):
            answer = {"errors": [{"message": f"{URL} does not answer", "extensions": {"code": "NONE", "retryable": True}}]}
        errors = answer.get("errors")
        if not errors:
            return answer["data"]
        told = errors[0]["extensions"]
        if not told.get("retryable") or attempt == ATTEMPTS:
            raise Refused({"code": told["code"], "message": errors[0]["message"]})
        time.sleep(wait)


def change(name, payload, selection):
    """A mutation by its name. With `userErrors` nothing was changed; what to know beside a success would be in `notices`."""
    kind = name[0].upper() + name[1:] + "Input!"
    query = f"mutation ($input: {kind}) {{ {name}(input: $input) {{ {selection} userErrors {{ code message }} }} }}"
    answer = call(query, {"input": payload})[name]
    told = answer.pop("userErrors")
    if told:
        raise Refused(told[0])
    return answer


def pages(query, variables, connection):
    """All rows of a list, a page at a time."""
    after = None
    while True:
        page = connection(call(query, {**variables, "after": after}))
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


AWAITED = """query ($after: String) { reportShares(first: 50, after: $after,
  filter: {state: {in: [AWAITING_RESPONSE]}}, orderBy: {field: RESPOND_BY, direction: ASC}) {
    nodes { id respondBy isOverdue agreement { id grantee { name } } sections { question text } }
    pageInfo { hasNextPage endCursor } } }"""


def reports():
    """What awaits an answer, the soonest first."""
    for share in pages(AWAITED, {}, lambda data: data["reportShares"]):
        print(share["id"], share["respondBy"], share["agreement"]["grantee"]["name"])
        for section in share["sections"]:
            print(f"  {section['question']} {section['text']}")


def answer(share_id, text):
    """Once: an answer is never rewritten, and the same call again answers the same."""
    payload = {"shareId": share_id, "kind": "LEARNED", "text": text, "idempotencyKey": f"answer:{share_id}"}
    change("respondToReport", payload, "reportShare { state }")
    print("answered", share_id)


def extend(agreement_id, ends_on):
    """Good for the grantee, so it takes effect at once. It names the revision it starts from."""
    read = "query ($id: ID!) { agreement(id: $id) { revision } }"
    agreement = call(read, {"id": agreement_id})["agreement"]
    if agreement is None:
        raise Refused({"code": "NOT_FOUND", "message": agreement_id})
    payload = {
        "agreementId": agreement_id,
        "baseRevision": agreement["revision"],
        "kind": "EXTEND_TERM",
        "endsOn": ends_on,
        "message": "Take the time you need.",
        "idempotencyKey": f"extend:{agreement_id}:{ends_on}",
    }
    amendment = change("proposeAmendment", payload, "amendment { state agreement { endsOn revision } }")["amendment"]
    print(amendment["state"], amendment["agreement"]["endsOn"], "revision", amendment["agreement"]["revision"])


OWED = """query ($after: String) { installments(first: 50, after: $after, filter: {isLate: true}) {
    nodes { dueOn daysLate amount { amount currency } agreement { grantee { name } } } pageInfo { hasNextPage endCursor } } }"""


def owed():
    """What is late: a fact that both sides see."""
    for one in pages(OWED, {}, lambda data: data["installments"]):
        amount = one["amount"]
        print(one["daysLate"], "days late:", amount["amount"], amount["currency"], one["agreement"]["grantee"]["name"])


COMMANDS = {"reports": (reports, 0), "answer": (answer, 2), "extend": (extend, 2), "owed": (owed, 0)}

if __name__ == "__main__":
    name, *arguments = sys.argv[1:] or [""]
    run, count = COMMANDS.get(name, (None, 0))
    if run is None or len(arguments) != count:
        sys.exit(__doc__)
    try:
        run(*arguments)
    except Refused as refused:
        sys.exit(str(refused))
