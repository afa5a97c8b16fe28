#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The report's text, letter by letter. After a wanted change:
#
#	UPDATE=yes tests/golden/report.sh

. "$(dirname "$0")/../lib.sh"

MAKE_RESULT=$B/tests/analysis/make_result
REPORT=$B/tests/analysis/report
GOLDEN=$TOP/tests/golden/report.txt

[ -x "$REPORT" ] ||
	skip_all "$REPORT is not built (make analysis-tools)"

"$MAKE_RESULT" --lane vm --losses --odd --repetitions 2 --samples 500 "$TMP/run"
"$REPORT" --no-plots "$TMP/run" | sed "s,$TMP,DIR,g" >"$TMP/text"
[ "${UPDATE:-no}" = no ] || cp "$TMP/text" "$GOLDEN"
check "the report's text is the one that is kept" diff -u "$GOLDEN" "$TMP/text"
finish
