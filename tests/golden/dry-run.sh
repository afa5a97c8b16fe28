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

# odd: where CPUs are placed on machines that stand on no desk, or why they are not.
odd() {
	for machine in "$TOP"/tests/unit/topologies/*.xml; do
		echo "$(basename "$machine" .xml):"
		for key in cpus=one-per-numa cpus=one-per-l3 cpus=one-per-core \
			cpus=siblings cpus=all arm_on=other-node arm_on=sibling \
			arm_on=same-l3; do
			rc=0
			"$B/ktbench" run --dry-run --topology "$machine" \
				--device /nonexistent --set "a.$key" \
				"$GOLDEN/odd.ini" >"$TMP/said" 2>&1 || rc=$?
			sed -n 's/^ktbench: --set a/  --set a/p; /^  cpus:/p' "$TMP/said"
			[ $rc -eq 0 ] || echo "  exit $rc"
		done
	done
}
odd >"$TMP/odd.txt"
[ -z "${UPDATE:-}" ] || cp "$TMP/odd.txt" "$GOLDEN/odd.txt"
check "the plans of odd machines are as they were" \
	diff -u "$GOLDEN/odd.txt" "$TMP/odd.txt"
finish
