#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The plan of a job file with every feature, on a made-up machine, with a frozen
# catalogue, is what it was. After a wanted change: UPDATE=1 tests/golden/dry-run.sh
. "$(dirname "$0")/../lib.sh"

GOLDEN=$TOP/tests/golden/dry-run
export KTBENCH_CATALOG="$GOLDEN/catalog.json"

# plan NAME ARGUMENT...: the plan of job.ini against NAME.txt
plan() {
	name=$1
	shift
	"$B/ktbench" run --dry-run --topology "$GOLDEN/machine.xml" \
		--device /nonexistent "$@" "$GOLDEN/job.ini" \
		>"$TMP/$name.txt" 2>"$TMP/err" || diag <"$TMP/err"
	[ -z "${UPDATE:-}" ] || cp "$TMP/$name.txt" "$GOLDEN/$name.txt"
	check "the plan $name is as it was" \
		diff -u "$GOLDEN/$name.txt" "$TMP/$name.txt"
}

plan plain
plan overridden --set scaling.timers=7 --set '*.repetitions=1' \
	--set '*.slack=0' --set null.cpus=7
finish
