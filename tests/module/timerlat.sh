#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 200
# The kernel's own timerlat tracer and kthread_wake see the same: both run in one
# guest, one after the other, under instruction counting. Stock kernels have the
# tracer in the RT flavour only.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

status=0
"$TOP/vm/run" --quiet --kernel 6.12-rt --exact --mem 512M --timeout 150 --out "$TMP/run" \
	--add "$TOP/tests/module/timerlat.ini:/jobs.ini" --add "$TOP/tests/module/timerlat-guest:/guest" -- /guest \
	>"$TMP/said" 2>&1 || status=$?
[ $status -ne 4 ] || skip_all "the kernel of the guest has no timerlat tracer"
diag <"$TMP/said"
check "both run in one guest" test $status -eq 0
mv "$TMP/run/results"/*/ "$TMP/run/result"

# context WHAT: the latencies that the tracer has seen, ascending.
context() {
	sed -n "s/.*context *$1 timer_latency *\([0-9]*\) ns.*/\1/p" "$TMP/run/trace" | sort -n
}
# median of the lines of standard input.
median() {
	awk '{ value[NR] = $1 } END { print NR ? value[int((NR + 1) / 2)] : 0 }'
}
# p50 METRIC: of ktbench, the low end of the bucket that holds it.
p50() {
	cells_value run "
		h(\"$1\")[0] | .count as \$n | reduce .buckets[] as \$b ([0, null];
		if .[1] then . else [.[0] + \$b[1], (if .[0] + \$b[1] >= \$n / 2 then (\$b[0] | low) else null end)] end) | .[1]"
}
theirs_irq=$(context irq | median) theirs_thread=$(context thread | median)
ours_irq=$(p50 irq) ours_thread=$(p50 latency)
diag "medians, instructions: IRQ $theirs_irq by timerlat, $ours_irq by ktbench; thread $theirs_thread and $ours_thread"
check "the tracer has seen three thousand of each" test "$(context thread | wc -l)" -ge 2900
check "ktbench has as many" cells run '.[0] | .state == "ok" and n("latency") == 3000'
check "both see the interrupt before the thread" \
	test "$theirs_irq" -lt "$theirs_thread" -a "$ours_irq" -lt "$ours_thread"
check "the medians of the interrupt are of one order" \
	test "$ours_irq" -lt $((2 * theirs_irq)) -a "$theirs_irq" -lt $((2 * ours_irq))
check "so are the medians of the thread" \
	test "$ours_thread" -lt $((2 * theirs_thread)) -a "$theirs_thread" -lt $((2 * ours_thread))
finish
