#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# docs/job-files.md knows every key that is the runner's own, every word of a
# placement, and every example in it can be planned.
. "$(dirname "$0")/../lib.sh"

DOC=$TOP/docs/job-files.md
export KTBENCH_CATALOG="$TOP/runner/catalog.json"
for word in workload cpus arm_on disturb_cpus repetitions with gate optional all one-per-core \
	one-per-l3 one-per-numa siblings isolated same sibling same-l3 \
	same-node other-node every; do
	check "the page has $word" grep -q "^| \`$word\`" "$DOC"
done
for word in METRIC QUANTILE DELTA; do
	check "the page has $word" grep -q "^| $word | " "$DOC"
done
for word in primary calls p50 p90 p99 p99.9 auto none; do
	check "the section of gates has $word" \
		sh -c 'sed -n "/^## .*gate/,/^## Changes/p" "$1" | grep -Fqw -- "$2"' - "$DOC" "$word"
done
# Blocks that are marked ini are whole job files.
awk -v dir="$TMP" '/^```ini/ { file = dir "/example" ++nr ".ini"; next }
	/^```/ { file = "" } file { print > file }' "$DOC"
check "the page has examples" test -e "$TMP/example1.ini"
for example in "$TMP"/example*.ini; do
	check "$(basename "$example") of the page can be planned" \
		"$B/ktbench" run --dry-run --device /nonexistent \
		--topology "$TOP/tests/golden/dry-run/machine.xml" "$example"
done

# What a run refuses before it looks for a device.
judges()
{
	printf '[w]\nworkload = timer_wheel\ngate = %s\n' "$1" >"$TMP/gate.ini"
	"$B/ktbench" run --dry-run --device /nonexistent \
		--topology "$TOP/tests/golden/dry-run/machine.xml" "$TMP/gate.ini"
}
check "a gate is no change of the plan" judges 'delivery p99 5%, storm_drain p50'
check_fails 2 "gate.ini:3: \[w\] gate: workload timer_wheel has no distribution 'delivry' \(did you mean 'delivery'\?\)" \
	"a gate on a metric that is not there is refused" judges 'delivry p50'
check_fails 2 "'p42' is not one of p50, p90, p99, p99.9" "a quantile that is none is refused" \
	judges 'delivery p42'
check_fails 2 "500% is out of range" "a delta that is none is refused" judges 'delivery p50 500%'
check_fails 2 "delivery p50 of workload timer_wheel is given twice" \
	"a gate that is given twice is refused" judges 'delivery p50, delivery p50 5%'
finish
