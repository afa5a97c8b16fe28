#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1800
# A result of a large machine, 200 cells on 256 CPUs: 60 MB, and a report of it in at
# most 20 s of CPU time and 300 MiB, gnuplot and lstopo included. Eleven boots of
# bench/compare.ini against eleven on 128 CPUs: in at most 15 s.

. "$(dirname "$0")/../lib.sh"

MAKE_RESULT=$B/tests/analysis/make_result
REPORT=$B/tests/analysis/report

[ -x "$REPORT" ] || skip_all "$REPORT is not built (make analysis-tools)"

"$MAKE_RESULT" --packed --cells 200 --cpus 256 "$TMP/large"
bytes=$(wc -c <"$TMP/large/cells.jsonl.zst")
check "200 cells on 256 CPUs take at most 60 MB: $bytes bytes" test "$bytes" -le 60000000
check "they are reported" "$REPORT" --quiet --usage "$TMP/large"
usage=$(grep '^usage:' "$TMP/.out")
diag "$usage"
seconds=$(echo "$usage" | sed 's/^usage: \([0-9]*\).*/\1/')
kib=$(echo "$usage" | sed 's/.* \([0-9]*\) KiB$/\1/')
check "in at most 20 s" test "${seconds:-99}" -lt 20
check "and 300 MiB" test "${kib:-999999}" -le 307200
rm -r "$TMP/large"

mkdir "$TMP/A" "$TMP/B"
for boot in 1 2 3 4 5 6 7 8 9 10 11; do
	"$MAKE_RESULT" --packed --compare --cpus 128 --noise 5000 --seed $boot "$TMP/A/$boot"
	"$MAKE_RESULT" --packed --compare --cpus 128 --noise 5000 --seed 10$boot \
		--slower 30000 --slower-job hrtimer --kernel 6.2.0-invented "$TMP/B/$boot"
done
used=$(cpu_time "$B/ktbench" compare --expect kernel "$TMP/A" "$TMP/B")
diag "compare: exit status, seconds: $used"
check "11 boots are compared with 11, and the hrtimers are slower" test "${used% *}" -eq 1
check "in at most 15 s" awk -v s="${used#* }" 'BEGIN { exit !(s > 0 && s < 15) }'
finish
