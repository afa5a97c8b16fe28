#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 18000
# Every suite that ships runs in the VM lane from start to end: nothing lost, nothing
# early, no warning of the kernel (vm/run fails on one), and a report. Three and
# a half hours.
# SUITES="full numa" runs these alone.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../module/cells.bash"

SUITES=${SUITES:-$(cd "$TOP/bench" && ls -- *.ini)}

for suite in $SUITES; do
	suite=${suite%.ini}
	check "make bench SUITE=$suite" make -C "$TOP" bench DEPS=no LANE=vm SUITE="$suite" B="$B" RESULTS="$TMP/$suite-results"
	mkdir -p "$TMP/$suite"
	mv "$TMP/$suite-results"/*/ "$TMP/$suite/result"
	check "$suite: it is complete" jq -e '.state == "complete"' "$TMP/$suite/result/result.json"
	check "$suite: nothing is lost and nothing early" cells "$suite" \
		'length > 0 and all(.state == "ok" and early == 0)'
	check "$suite: there is a report" test -s "$TMP/$suite/result/report.html"
done
finish
