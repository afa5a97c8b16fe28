#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 3600
# beside: yes
# The rule that compares kernels, on invented boots, in full: the tables of
# docs/methodology.md, which have to be what is counted here. Some minutes.

. "$(dirname "$0")/../lib.sh"

for table in alarms alarms-fast wrong coverage power looks unchanged modes; do
	status=0
	"$B/tests/analysis/simulate" $table >"$TMP/$table" || status=$?
	diag <"$TMP/$table"
	check "$table: what is claimed holds" test $status -eq 0
	grep '^| ' "$TMP/$table" | grep -vxFf "$TOP/docs/methodology.md" >"$TMP/missing"
	diag <"$TMP/missing"
	check "$table: each row stands in docs/methodology.md" test ! -s "$TMP/missing"
done
finish
