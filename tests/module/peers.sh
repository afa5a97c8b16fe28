#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 600
# What vm/peers/run counts is right, and a sample of ours costs less than one of cyclictest:
# both in one guest. `make peers` is the whole of it.

. "$(dirname "$0")/../lib.sh"

command -v jq >/dev/null || skip_all "jq is not installed"
status=0
KEEP=$TMP/peers LENGTHS="3 1 2 2" ROWS="idle bare hrtimer kthread_wake cyclictest" \
	"$TOP/vm/peers/run" 6.1 >"$TMP/said" 2>&1 || status=$?
diag <"$TMP/said"
[ $status -ne 4 ] || skip_all "$(head -n 1 "$TMP/said")"
check "all run in one guest" test $status -eq 0
READINGS=$TMP/peers/6.1.json

# holds WHAT FILTER: in it row(R) and fault(R), a run; sample(R), instructions a millisecond.
holds() {
	check "$1" jq -e "
		def run(\$r; \$f): [.runs[] | select(.row == \$r and .fault == \$f)][0];
		def row(\$r): run(\$r; false);
		def fault(\$r): run(\$r; true);
		def sample(\$r): (row(\$r).counts[1] - row(\$r).counts[0] - row(\"idle\").counts[1] + row(\"idle\").counts[0]) / 1000;
		$2" "$READINGS"
}

diag "instructions: $(jq -c '[.runs[] | select(.fault | not) | {(.row): .counts}] | add' "$READINGS")"
# Between a loop and a longer one nothing differs but the loop.
holds "what is executed is counted, and so many ns go by" '
	[.known[1], .known[0]] | map(.counted, .clock_ns) | .[0] - .[2], .[1] - .[3] | . - 100000 | fabs <= 20'
holds "all took all samples, a thousand a second" '
	all(row("hrtimer", "kthread_wake", "cyclictest"); .status == 0 and .samples == 3000)'
holds "a sample of hrtimer costs more than a bare timer, and less than 400 instructions more" '
	sample("hrtimer") - sample("bare") | . > 0 and . < 400'
holds "it costs less than a third of one of cyclictest" '
	3 * sample("hrtimer") < sample("cyclictest")'
holds "waking a thread costs less than cyclictest does" '
	sample("kthread_wake") < sample("cyclictest") and sample("kthread_wake") > sample("hrtimer")'
holds "periods missed while interrupts were off are all told" '
	all(fault("hrtimer", "kthread_wake"); .samples < 1980 and .samples + .missed == 2000 and .worst_ns > 18e6)'
holds "cyclictest drops as many" 'fault("cyclictest").samples | . > 1000 and . < 1980'
check "its readings make tables" sh -c '
	for table in cost faults; do
		"$TOP/vm/peers/table" $table '"'$READINGS'"' | grep -q "^| cyclictest | [0-9]" || exit 1
	done'
finish
