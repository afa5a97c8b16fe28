#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Files that are damaged by chance, always by the same: each is read, or refused with
# one sentence, by every reader and writer. A build with sanitizers sees more of it:
# make B=build-san CFLAGS='-O1 -g -fsanitize=address,undefined' unit, then
# B=build-san tests/run analysis/damage, with KTB_DAMAGE=10000.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
MAKE_RESULT=$B/tests/analysis/make_result
MUTATE=$B/tests/analysis/mutate

[ -x "$MUTATE" ] || skip_all "$MUTATE is not built (make analysis-tools)"

mkdir "$TMP/A" "$TMP/B" "$TMP/plan"
for result in A/1 A/2 B/1 B/2; do
	"$MAKE_RESULT" --cells 10 --cpus 2 --samples 60 --seed "${result#*/}1" --kernel "6.${result%/*}" "$TMP/$result"
done
"$MAKE_RESULT" --cells 10 --cpus 2 --samples 60 --lane exact "$TMP/exact"
"$KTBENCH" figures "$TMP/exact" >"$TMP/figures.json"
"$KTBENCH" trend -i "$TMP/trend.jsonl" "$TMP/A/1" "$TMP/B/1" >/dev/null
cp "$TOP/tests/golden/contracts/old.json" "$TMP/check.json"
cat >"$TMP/plan/plan.json" <<'EOF'
{"schema": "ktbench-boots", "schema_version": 1, "created": "2026-01-02T03:04:05Z", "module": null, "checks": true,
"seed": 7, "boots": 3, "jobs": [{"path": "a.ini", "text": "[a]\nworkload = null\n"}], "sets": ["*.duration=1s"],
"sides": [{"name": "A", "kernel": "6.1"}, {"name": "B", "kernel": "6.2"}], "looks": [2, 3],
"order": ["A", "B", "B", "A", "A", "B"]}
EOF
status=0
"$MUTATE" "$TMP" "${KTB_DAMAGE_SEED:-1}" "${KTB_DAMAGE:-150}" >"$TMP/out" 2>"$TMP/err" || status=$?
tr '\r' '\n' <"$TMP/out" | tail -n 2 | diag
grep -v '^ktbench: ' "$TMP/err" | head -n 40 | diag
check "each damaged file is read or refused with one sentence" test $status -eq 0
check "  some of both" grep -Eq ': [1-9][0-9]{2,} times read, [1-9][0-9]{2,} times refused' "$TMP/out"
finish
