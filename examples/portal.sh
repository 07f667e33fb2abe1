#!/usr/bin/env bash
# A grantee's portal, with curl; Python 3 only reads and writes JSON. docs/portals.md walks through it.
#
#   portal.sh claim TOKEN                 takes the claim link and prints the key of the group; sent again, it is the same key
#   portal.sh offers                      the agreements on offer: id, revision, amount
#   portal.sh accept agr_… REVISION       accepts the revision that was read
#   portal.sh received                    confirms every payment that is on its way
#   portal.sh report agr_… FILE           sends the text in FILE as a report and shares it with the funder
#   portal.sh obstacle agr_… CODE TEXT    logs what got in the way, for statistics alone: no funder and no steward sees it
#
# GOODFAITH_URL says where the service is, GRANTEE_KEY is the key.
set -euo pipefail
: "${GOODFAITH_URL:=http://localhost:4000}" "${GRANTEE_KEY:=}"

# call QUERY VARIABLES: answers `data`. Sent again while there is no answer or the service is busy; ends with the reason if it was refused, and
# tells on standard error what to know beside a success.
call() {
  local body headers=(-H 'Content-Type: application/json')
  [ -z "$GRANTEE_KEY" ] || headers+=(-H "Authorization: Bearer $GRANTEE_KEY")
  body=$(json 'print(json.dumps({"query": sys.argv[1], "variables": json.loads(sys.argv[2])}))' "$1" "$2")
  curl --silent --show-error --max-time 60 --retry 5 --retry-connrefused --retry-max-time 300 \
    "${headers[@]}" --data "$body" "$GOODFAITH_URL/graphql" | json '
answer = json.load(sys.stdin)
told = [error["extensions"]["code"] + ": " + error["message"] for error in answer.get("errors") or []]
for payload in (answer.get("data") or {}).values():
    if isinstance(payload, dict):
        told += [error["code"] + ": " + error["message"] for error in payload.get("userErrors") or []]
        for notice in payload.get("notices") or []:
            print(notice["code"] + ": " + notice["message"], file=sys.stderr)
if told:
    sys.exit("\n".join(told))
print(json.dumps(answer["data"]))'
}
json() { python3 -c "import hashlib, json, secrets, sys
$1" "${@:2}"; }

claim() {
  local file secret digest prefix
  # The portal makes the secret, writes it down, and sends its digest: after a lost answer the same claim is sent again.
  file="claim-$(json 'print(hashlib.sha256(sys.argv[1].encode()).hexdigest()[:16])' "$1")"
  [ -e "$file" ] || (umask 077 && json 'print(secrets.token_urlsafe(32))' >"$file")
  secret=$(cat "$file")
  digest=$(json 'print(hashlib.sha256(sys.argv[1].encode()).hexdigest())' "$secret")
  prefix=$(GRANTEE_KEY='' call 'mutation ($input: ClaimInvitationInput!) { claimInvitation(input: $input) { apiKey { prefix } userErrors { code message } } }' \
    "{\"input\": {\"token\": \"$1\", \"secretDigest\": \"$digest\"}}" | json 'print(json.load(sys.stdin)["claimInvitation"]["apiKey"]["prefix"])')
  printf '%s%s\n' "$prefix" "$secret"
}

offers() {
  call '{ agreements(filter: {state: {in: [OFFERED]}}) { nodes { id revision committed { amount currency } } } }' '{}' | json '
for one in json.load(sys.stdin)["agreements"]["nodes"]:
    print(one["id"], one["revision"], one["committed"]["amount"], one["committed"]["currency"])'
}

accept() {
  call 'mutation ($input: AcceptAgreementInput!) { acceptAgreement(input: $input) { agreement { id state } userErrors { code message } } }' \
    "{\"input\": {\"id\": \"$1\", \"revision\": $2, \"acceptedByName\": \"Út Lành\", \"acceptedByTitle\": \"Tổ trưởng\", \"idempotencyKey\": \"accept:$1:$2\"}}" |
    json 'print(json.load(sys.stdin)["acceptAgreement"]["agreement"]["state"])'
}

received() {
  local id version amount
  call '{ agreements(filter: {state: {in: [ACTIVE]}}) { nodes { disbursements { id version state sentOn amount { amount currency } } } } }' '{}' | json '
for agreement in json.load(sys.stdin)["agreements"]["nodes"]:
    for one in agreement["disbursements"]:
        if one["state"] == "SENT":
            print(json.dumps({"id": one["id"], "expectedVersion": one["version"], "receivedOn": one["sentOn"], "received": one["amount"],
                              "idempotencyKey": "received:" + one["id"]}))' |
    while read -r input; do
      call 'mutation ($input: ConfirmDisbursementInput!) { confirmDisbursement(input: $input) { disbursement { state received { amount currency } } userErrors { code message } } }' \
        "{\"input\": $input}" | json '
one = json.load(sys.stdin)["confirmDisbursement"]["disbursement"]
print(one["state"], one["received"]["amount"], one["received"]["currency"])'
    done
}

report() {
  # The permanent id is made when the report is begun and kept beside the text: sent again, it is the same report.
  [ -e "$2.id" ] || json 'print(secrets.token_hex(16))' >"$2.id"
  call 'mutation ($input: SubmitReportInput!) { submitReport(input: $input) { narrativeReport { id shares { nodes { respondBy } } } notices { code message } userErrors { code message } } }' \
    "$(json 'print(json.dumps({"input": {"clientSubmissionId": open(sys.argv[2] + ".id").read().strip(), "language": "en", "shareWith": [sys.argv[1]],
"sections": [{"prompt": "WHAT_HAPPENED", "text": open(sys.argv[2]).read()}]}}))' "$1" "$2")" | json '
one = json.load(sys.stdin)["submitReport"]["narrativeReport"]
print(one["id"], "answered by", one["shares"]["nodes"][0]["respondBy"])'
}

obstacle() {
  call 'mutation ($input: LogObstacleInput!) { logObstacle(input: $input) { obstacle { id tier state } notices { code message } userErrors { code message } } }' \
    "$(json 'import datetime
print(json.dumps({"input": {"agreementId": sys.argv[1], "code": sys.argv[2], "text": sys.argv[3], "tier": "AGGREGATE_ONLY",
"beganMonth": datetime.date.today().isoformat(), "clientSubmissionId": secrets.token_hex(16)}}))' "$@")" |
    json 'one = json.load(sys.stdin)["logObstacle"]["obstacle"]
print(one["tier"], one["state"])'
}

case "${1:-}" in
  claim | offers | accept | received | report | obstacle) "$@" ;;
  *) sed -n '2,/^set/p' "$0" | grep '^#' >&2; exit 2 ;;
esac
