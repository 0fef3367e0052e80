#!/usr/bin/env bash
# The tutorial as a script: from a first affiliation to a first reimbursement on a running sandbox. Ends with "done", or with
# exit code 1 and what was expected. Settings: ZIV_URL (http://localhost:8080), ZIV_DATA (.ziv/demo), ZIV (the command).
set -euo pipefail
url=${ZIV_URL:-http://localhost:8080}
data=${ZIV_DATA:-.ziv/demo}
ziv=${ZIV:-npx -y pnpm@10 -s ziv}

# the value at a path of the JSON on standard input: `field items.0.personId`
field() {
  node -e 'const fs = require("fs"); const at = process.argv[1].split(".").reduce((v, key) => v?.[key], JSON.parse(fs.readFileSync(0)))
    console.log(typeof at === "object" ? JSON.stringify(at) : at)' "$1"
}

call() { # method path token [body] [idempotency key]
  local arguments=(--silent --show-error --request "$1" "$url$2" --header "authorization: Bearer $3" --header 'accept-language: en')
  if [ $# -gt 3 ]; then arguments+=(--header 'content-type: application/json' --data "$4"); fi
  if [ $# -gt 4 ]; then arguments+=(--header "idempotency-key: $5"); fi
  curl "${arguments[@]}"
}

expect() { # what, expected, got
  if [ "$2" != "$3" ]; then
    echo "$1: expected $2, got $3" >&2
    exit 1
  fi
  echo "$1: $3"
}

# an INSZ that is free: 30 July 1985, a random serial number, check digits
serial=$(((RANDOM % 498) * 2 + 1))
nine=$(printf '850730%03d' "$serial")
ssin=$(printf '%s%02d' "$nine" $((97 - 10#$nine % 97)))

clerk=$($ziv token --role clerk --ziekenfonds 306 --data "$data")
stranger=$($ziv token --role clerk --ziekenfonds 101 --data "$data")

person=$(call POST /affiliation/v1/persons "$clerk" "{\"ssin\":\"$ssin\",\"lastName\":\"Peeters\",\"firstNames\":\"An\"}" "person-$ssin" | field personId)
echo "person: $person"

affiliation="{\"ziekenfonds\":\"306\",\"capacity\":{\"kind\":\"EMPLOYEE\",\"acquiredOn\":\"2025-06-02\",
  \"evidence\":[{\"kind\":\"employmentContract\",\"rszNumber\":\"102077173\",\"startsOn\":\"2025-06-02\"}]}}"
first=$(call POST "/affiliation/v1/persons/$person/affiliations" "$clerk" "$affiliation" "affiliation-$ssin")
expect 'insured from' 2025-04-01 "$(field from <<<"$first")"
again=$(call POST "/affiliation/v1/persons/$person/affiliations" "$clerk" "$affiliation" "affiliation-$ssin")
expect 'the same request once more gives the same answer' "$first" "$again"

# the event travels to the rights service: wait until the answer is there
for _ in $(seq 1 50); do
  answer=$(call POST /rights/v1/insurability/query "$clerk" "{\"personId\":\"$person\",\"asOf\":\"2025-06-20\",\"explain\":true}")
  [ "$(field status <<<"$answer")" != 404 ] && break
  sleep 0.2
done
expect 'in order on 20 June' true "$(field inOrder <<<"$answer")"
echo "because: $(field decision.grounds.0.text <<<"$answer")"

moment=$(field knownAt <<<"$answer")
yesterday="{\"personId\":\"$person\",\"asOf\":\"2025-06-20\",\"knownAt\":\"2025-06-29T00:00:00.000Z\"}"
expect 'in order on 20 June, as known the day before' false "$(call POST /rights/v1/insurability/query "$clerk" "$yesterday" | field inOrder)"
echo "known at: $moment"

claim=$(call POST /reimbursement/v1/claims "$clerk" "{\"personId\":\"$person\",\"providerNumber\":\"10003569004\",
  \"lines\":[{\"nomenclature\":\"101032\",\"careDate\":\"2025-06-20\",\"askedCents\":2568}]}" "claim-$ssin")
echo "$claim"
expect 'reimbursed, in cents' 1968 "$(field lines.0.interventionCents <<<"$claim")"
expect 'share of the patient, in cents' 600 "$(field lines.0.patientShareCents <<<"$claim")"

expect 'a clerk of another ziekenfonds' 404 "$(call GET "/affiliation/v1/persons/$person" "$stranger" | field status)"
echo done
