#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 600
# The kernel's own timerlat tracer and kthread_wake see the same, and ours costs no more:
# both run in one guest, one after the other, under instruction counting. Stock kernels
# have the tracer in the RT flavour only.

. "$(dirname "$0")/../lib.sh"

command -v jq >/dev/null || skip_all "jq is not installed"
status=0
KEEP=$TMP/peers LENGTHS="3 1 2 0" ROWS="idle kthread_wake timerlat" \
	"$TOP/vm/peers/run" 6.12-rt >"$TMP/said" 2>&1 || status=$?
diag <"$TMP/said"
[ $status -ne 4 ] || skip_all "$(head -n 1 "$TMP/said")"
check "both run in one guest" test $status -eq 0
READINGS=$TMP/peers/6.12-rt.json

# holds WHAT FILTER: in it p50(WHAT; ROW), and cost(ROW) of two seconds.
holds() {
	check "$1" jq -e "
		def p50(\$w; \$r): [.quantiles[] | select(.what == \$w and .row == \$r).p50][0];
		def cost(\$r): [.runs[] | select(.row == \$r).counts][0] | .[1] - .[0];
		def near(\$a; \$b): \$a < 2 * \$b and \$b < 2 * \$a;
		$2" "$READINGS"
}

diag "quantiles, instructions: $(jq -c '.quantiles[] | del(.count)' "$READINGS" | paste -sd' ')"
holds "each has three thousand samples" '
	[.runs[] | select(.row != "idle").samples] | length == 2 and all(. >= 2999 and . <= 3001)'
holds "both see the interrupt before the thread" '
	p50("irq"; "kthread_wake") < p50("thread"; "kthread_wake") and
	p50("irq"; "timerlat") < p50("thread"; "timerlat")'
holds "the medians of the interrupt are of one order" '
	near(p50("irq"; "kthread_wake"); p50("irq"; "timerlat"))'
holds "so are the medians of the thread" '
	near(p50("thread"; "kthread_wake"); p50("thread"; "timerlat"))'
holds "a sample of ours costs no more than the tracer alone" '
	cost("kthread_wake") < cost("timerlat") and cost("kthread_wake") > 2 * cost("idle")'
finish
