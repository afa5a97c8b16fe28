#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1800
# A result of a large machine, 200 cells on 256 CPUs: 60 MB, and a report of it in at
# most 20 s of CPU time and 300 MiB, gnuplot and lstopo included.

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
finish
