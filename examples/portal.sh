#!/usr/bin/env bash
# A grantee's portal, with curl; Python 3 only reads and writes JSON. docs/portals.md walks through it.
#
#   portal.sh claim TOKEN                       takes the claim link and prints the key of the group; sent again, it is the same key
#   portal.sh offers                            the agreements on offer: id, revision, amount
#   portal.sh accept agr_… REVISION             accepts the revision that was read
#   portal.sh received                          confirms every payment that is on its way
#   portal.sh report agr_… FILE [LANGUAGE]      sends the text in FILE, written in LANGUAGE (en), as a report and shares it with the funder
#   portal.sh obstacle agr_… CODE TEXT          logs what got in the way, for statistics alone: no funder and no steward sees it
#
# GOODFAITH_URL says where the service is, GRANTEE_KEY is the key. PORTAL_FOLDER (.goodfaith/portal) keeps the secrets of keys,
# GOODFAITH_RETRIES (5, half a minute) says how often a call is sent again while there is no answer.
# What was refused ends with 1 and says why on standard error; a call that this program does not know ends with 2.
set -euo pipefail
: "${GOODFAITH_URL:=http://localhost:4000}" "${GRANTEE_KEY:=}" "${PORTAL_FOLDER:=.goodfaith/portal}" "${GOODFAITH_RETRIES:=5}"

# call QUERY VARIABLES: answers `data`. Sent again while there is no answer or the service is busy; ends with the reason if it was refused, and
# tells on standard error what to know beside a success.
call() {
  local answer headers=(-H 'Content-Type: application/json')
  [ -z "$GRANTEE_KEY" ] || headers+=(-H "Authorization: Bearer $GRANTEE_KEY")
  answer=$(mktemp)
  # shellcheck disable=SC2064
  trap "rm -f '$answer'" EXIT
  json 'print(json.dumps({"query": sys.argv[1], "variables": json.load(sys.stdin)}))' "$1" <<<"$2" |
    curl --silent --max-time 60 --retry "$GOODFAITH_RETRIES" --retry-connrefused --retry-max-time 300 \
      "${headers[@]}" --data-binary @- --output "$answer" "$GOODFAITH_URL/graphql" || end "No answer from $GOODFAITH_URL (curl ends with $?)."
  json '
try:
    answer = json.load(sys.stdin)
    told = [error["extensions"]["code"] + ": " + error["message"] for error in answer.get("errors") or []]
except (ValueError, KeyError, AttributeError):
    sys.exit("What answers at " + sys.argv[1] + " is not Goodfaith.")
for payload in (answer.get("data") or {}).values():
    if isinstance(payload, dict):
        told += [error["code"] + ": " + error["message"] for error in payload.get("userErrors") or []]
        for notice in payload.get("notices") or []:
            print(notice["code"] + ": " + notice["message"], file=sys.stderr)
if told:
    sys.exit("\n".join(told))
if "data" not in answer:
    sys.exit("What answers at " + sys.argv[1] + " is not Goodfaith.")
print(json.dumps(answer["data"]))' "$GOODFAITH_URL" <"$answer"
}

# pages QUERY: each agreement that the query finds as a line of JSON, page after page.
pages() {
  local after=null answer
  until [ "$after" = end ]; do
    answer=$(call "$1" "{\"after\": $after}") || exit 1
    json 'for node in json.load(sys.stdin)["agreements"]["nodes"]: print(json.dumps(node))' <<<"$answer" || exit 1
    after=$(json 'page = json.load(sys.stdin)["agreements"]["pageInfo"]
print(json.dumps(page["endCursor"]) if page["hasNextPage"] else "end")' <<<"$answer") || exit 1
  done
}

# json PROGRAM ARGUMENT...: what goes wrong in it is told in one line.
json() { python3 -X utf8 -c "import datetime, hashlib, json, secrets, sys
sys.excepthook = lambda kind, error, _: print(kind.__name__ + ': ' + str(error), file=sys.stderr)
$1" "${@:2}"; }
end() { echo "$1" >&2; exit 1; }
usage() { sed -n "s/^#   \(portal.sh ${1:-}\)/\1/p" "$0" >&2; exit 2; }

claim() {
  local file variables answer
  # The portal makes the secret, writes it down, and sends its digest: after a lost answer the same claim is sent again.
  mkdir -p "$PORTAL_FOLDER"
  file="$PORTAL_FOLDER/claim-$(json 'print(hashlib.sha256(sys.argv[1].encode()).hexdigest()[:16])' "$1")"
  [ -e "$file" ] || (umask 077 && json 'print(secrets.token_urlsafe(32))' >"$file")
  variables=$(json 'print(json.dumps({"input": {"token": sys.argv[1],
"secretDigest": hashlib.sha256(sys.stdin.read().strip().encode()).hexdigest()}}))' "$1" <"$file")
  GRANTEE_KEY=''
  answer=$(call 'mutation ($input: ClaimInvitationInput!) { claimInvitation(input: $input) { apiKey { prefix } userErrors { code message } } }' "$variables")
  json 'print(json.load(sys.stdin)["claimInvitation"]["apiKey"]["prefix"] + open(sys.argv[1]).read().strip())' "$file" <<<"$answer"
}

offers() {
  local found
  found=$(pages 'query ($after: String) { agreements(after: $after, filter: {state: {in: [OFFERED]}}) {
    nodes { id revision committed { amount currency } } pageInfo { hasNextPage endCursor } } }')
  json 'for one in map(json.loads, sys.stdin.read().splitlines()):
    print(one["id"], one["revision"], one["committed"]["amount"], one["committed"]["currency"])' <<<"$found"
}

accept() {
  local variables answer
  variables=$(json 'print(json.dumps({"input": {"id": sys.argv[1], "revision": int(sys.argv[2]), "acceptedByName": "Út Lành", "acceptedByTitle": "Tổ trưởng",
"idempotencyKey": "accept:" + sys.argv[1] + ":" + sys.argv[2]}}))' "$@")
  answer=$(call 'mutation ($input: AcceptAgreementInput!) { acceptAgreement(input: $input) { agreement { id state } userErrors { code message } } }' "$variables")
  json 'print(json.load(sys.stdin)["acceptAgreement"]["agreement"]["state"])' <<<"$answer"
}

received() {
  local found sent variables answer
  found=$(pages 'query ($after: String) { agreements(after: $after, filter: {state: {in: [ACTIVE]}}) {
    nodes { disbursements { id version state sentOn amount { amount currency } } } pageInfo { hasNextPage endCursor } } }')
  sent=$(json 'for agreement in map(json.loads, sys.stdin.read().splitlines()):
    for one in agreement["disbursements"]:
        if one["state"] == "SENT":
            print(json.dumps({"input": {"id": one["id"], "expectedVersion": one["version"], "receivedOn": one["sentOn"], "received": one["amount"],
                                        "idempotencyKey": "received:" + one["id"]}}))' <<<"$found")
  while read -r variables; do
    [ -n "$variables" ] || continue
    answer=$(call 'mutation ($input: ConfirmDisbursementInput!) { confirmDisbursement(input: $input) { disbursement { state received { amount currency } } userErrors { code message } } }' "$variables")
    json 'one = json.load(sys.stdin)["confirmDisbursement"]["disbursement"]
print(one["state"], one["received"]["amount"], one["received"]["currency"])' <<<"$answer"
  done <<<"$sent"
}

report() {
  local variables answer
  [ -f "$2" ] && [ -r "$2" ] || end "There is no file $2 to read."
  # The permanent id is made when the report is begun and kept beside the text: sent again, it is the same report.
  [ -e "$2.id" ] || json 'print(secrets.token_hex(16))' >"$2.id"
  variables=$(json 'print(json.dumps({"input": {"clientSubmissionId": open(sys.argv[2] + ".id").read().strip(), "language": sys.argv[3], "shareWith": [sys.argv[1]],
"sections": [{"prompt": "WHAT_HAPPENED", "text": open(sys.argv[2]).read()}]}}))' "$1" "$2" "${3:-en}")
  answer=$(call 'mutation ($input: SubmitReportInput!) { submitReport(input: $input) { narrativeReport { id shares { nodes { respondBy } } } notices { code message } userErrors { code message } } }' "$variables")
  json 'one = json.load(sys.stdin)["submitReport"]["narrativeReport"]
print(one["id"], "answered by", one["shares"]["nodes"][0]["respondBy"])' <<<"$answer"
}

obstacle() {
  local variables answer
  variables=$(json 'print(json.dumps({"input": {"agreementId": sys.argv[1], "code": sys.argv[2], "text": sys.argv[3], "tier": "AGGREGATE_ONLY",
"beganMonth": datetime.date.today().isoformat(), "clientSubmissionId": secrets.token_hex(16)}}))' "$@")
  answer=$(call 'mutation ($input: LogObstacleInput!) { logObstacle(input: $input) { obstacle { id tier state } notices { code message } userErrors { code message } } }' "$variables")
  json 'one = json.load(sys.stdin)["logObstacle"]["obstacle"]
print(one["tier"], one["state"])' <<<"$answer"
}

case "${1:-}:$#" in
  claim:2 | offers:1 | received:1 | report:[34] | obstacle:4) "$@" ;;
  accept:3) case "$3" in '' | *[!0-9]* | ??????????*) usage accept ;; *) "$@" ;; esac ;;
  claim:* | offers:* | accept:* | received:* | report:* | obstacle:*) usage "$1" ;;
  *) usage ;;
esac
