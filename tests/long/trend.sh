#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1200
# `ktbench trend` on as much as is promised: 250 results of 1,000 series in at most 10 s
# of one core; and how often it is wrong, and finds what is there (docs/trend.md).

. "$(dirname "$0")/../lib.sh"

make -C "$TOP" -s B="$B" DEPS=no analysis-tools >/dev/null || exit 1
mkdir "$TMP/none"
awk -v results=250 -v metrics=1000 -v steps=300 -f "$TOP/tests/analysis/trend_index.awk" >"$TMP/index.jsonl"
TIMEFORMAT=%U
# CPU time, not time: what other work there is on the host does not matter.
used=$( { time "$B/ktbench" trend "$TMP/none" --index "$TMP/index.jsonl" --format json >"$TMP/said"; } 2>&1)
check "1,000 series of 250 results take at most 10 s of one core ($used s)" \
	awk "BEGIN { exit !($used <= 10) }"
check "each of the 300 steps is found where it is" jq -e '[.changes[] | select(.first_after.run == "r125") |
	.series | capture("/n=(?<n>[0-9]+)/").n | tonumber | select(. < 300)] | length == 300' "$TMP/said"
check "and at most 20 of the other 700 series are said to have changed" jq -e '[.series[] |
	select(.nr_changes > 0)] | length | . >= 300 and . <= 320' "$TMP/said"

"$B/tests/analysis/trend_rates" 1000 >"$TMP/rates"
diag <"$TMP/rates"

# rate KIND COLUMN LEAST MOST: of 1,000 series.
rate() {
	check "$1: $3 to $4 of 1,000" \
		awk -F '\t' -v kind="$1" "\$1 == kind { found = \$$2 >= $3 && \$$2 <= $4 } END { exit !found }" "$TMP/rates"
}

# More than 20 false alarms at alpha .01 come once in a thousand such tests.
for kind in iid-20 iid-50 iid-120 iid-250 tail-120; do
	rate $kind 4 0 20
done
rate phi.5-50 4 0 90
rate phi.5-120 4 0 50
rate +3%-5 5 850 1000
rate +3%-10 5 950 1000
rate +3%-back 5 900 1000
rate phi.5+3%-20 5 850 1000
rate drift-5% 4 990 1000
finish
