#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# How fast and how large: the report of 1,000 cells on 4 CPUs takes at most 15 s
# of CPU time and 300 MiB, gnuplot and lstopo included. So with many CPUs.

. "$(dirname "$0")/../lib.sh"

MAKE_RESULT=$B/tests/analysis/make_result
REPORT=$B/tests/analysis/report

[ -x "$REPORT" ] ||
	skip_all "$REPORT is not built (make analysis-tools)"

"$MAKE_RESULT" --cells 1000 --cpus 4 --samples 3000 "$TMP/big"
diag "cells.jsonl: $(wc -c <"$TMP/big/cells.jsonl") bytes"
check "1,000 cells are reported" "$REPORT" --quiet --usage "$TMP/big"
usage=$(grep '^usage:' "$TMP/.out")
diag "$usage"
seconds=$(echo "$usage" | sed 's/^usage: \([0-9]*\).*/\1/')
kib=$(echo "$usage" | sed 's/.* \([0-9]*\) KiB$/\1/')
check "in at most 15 s" test "${seconds:-99}" -lt 15
check "and 300 MiB" test "${kib:-999999}" -le 307200
check "the long table is folded" grep -q '<summary>All 928 rows' "$TMP/big/report.html"
# A cell of calls is a column of their table.
columns=$(grep -c '"workload":"api_cost"' "$TMP/big/cells.jsonl")
check "every cell is in it" test \
	"$(grep -Ec '^<tr><td>[0-9]+(<small>beside cell [0-9]+</small>)?</td>.*<small>\[' "$TMP/big/report.html")" -eq \
	$((1000 - columns))

# Eight cells of a large machine; tests/long/large.sh has 200.
"$MAKE_RESULT" --packed --cells 8 --cpus 256 --samples 500 "$TMP/wide"
bytes=$(wc -c <"$TMP/wide/cells.jsonl.zst")
check "a cell of 256 CPUs takes at most 300 kB: $((bytes / 8)) bytes" test "$bytes" -le 2400000
check "they are reported" "$REPORT" --quiet --usage --no-plots "$TMP/wide"
usage=$(grep '^usage:' "$TMP/.out")
diag "$usage"
seconds=$(echo "$usage" | sed 's/^usage: \([0-9]*\).*/\1/')
check "in at most 5 s" test "${seconds:-99}" -lt 5

# Two boots of each of two kernels; tests/long/large.sh has eleven, in 15 s.
mkdir "$TMP/A" "$TMP/B"
for boot in 1 2; do
	"$MAKE_RESULT" --packed --compare --cpus 128 --samples 200 --noise 5000 \
		--seed $boot "$TMP/A/$boot"
	"$MAKE_RESULT" --packed --compare --cpus 128 --samples 200 --noise 5000 \
		--seed 10$boot --kernel 6.2.0-invented "$TMP/B/$boot"
done
used=$(cpu_time "$B/ktbench" compare --expect kernel "$TMP/A" "$TMP/B")
diag "exit status, seconds: $used"
check "128 CPUs are compared, and two boots are too noisy" test "${used% *}" -eq 3
check "each CPU of a gated figure is a figure" \
	grep -q '^Of 1028 other figures' "$TMP/said"
check "in less than 3 s" awk -v s="${used#* }" 'BEGIN { exit !(s > 0 && s < 3) }'
finish
