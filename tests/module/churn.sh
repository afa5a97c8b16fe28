#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 460
# What must hold of timers that come and go: none is lost, on any path, and the
# operations are as many as were asked for. Under instruction counting, once with
# four CPUs, and once where bottom halves that are off keep no softirq out.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

TICK=4000000
NAME=exact
ask() { check "$1" cells "$NAME" "$2"; }

# What became of the armings, as counted where it happened.
ENDED='c("expired") + c("cancellations") + c("cancelled") + c("unfired")'

holds() {
	ask "every repetition is valid, none has lost anything" "length == $1 and all(.state == \"ok\" and c(\"lost\") == 0)"
	ask "every arming has ended: expired, cancelled or pending at the end" "all(c(\"armings\") == $ENDED and c(\"armings\") > 0)"
	ask "every callback is a sample or was due outside of the window" \
		'all(n("lateness") == c("expiries") and c("expired") == c("expiries") + c("outside"))'
	ask "every operation due in the window has its cost recorded" 'all(n("arm") + n("rearm") + n("cancel") == c("operations"))'
	ask "lateness is the sum of its parts, to the last ns" 'all(sum("lateness") == sum("wheel_slack") + sum("delivery"))'
	ask "nobody is early" 'all(.[].cpus[].metrics[]; .early == 0)'
}

check "timers come and go" run_jobs exact "$TOP/tests/module/churn.ini" --exact
holds 12
ask "operations and missed ones make all that were due" \
	'map(select(.params.rate > 0)) | length == 10 and all(c("operations") + c("missed") == .params.rate * .params.duration / 1e9)'
ask "the armed x fired row adds up to the samples" 'all((.cpus | map(.armed_from[][1]) | add // 0) == n("lateness"))'
ask "the worst sample is the one with the largest delivery" \
	'map(select(n("lateness") > 0)) | length >= 6 and all(max("delivery") == (.cpus[0].worst[0] | .value_ns - .allowed_ns))'

ask "api: the wheel has its slack, hrtimers have none" \
	"job(\"api\") | (.[0] | n(\"wheel_slack\") == n(\"lateness\") and min(\"wheel_slack\") >= $TICK) and (.[1] | n(\"wheel_slack\") == 0)"
ask "api: about a fifth of the operations with a pending timer cancel it" \
	'job("api") | length == 2 and all(n("cancel") / (n("rearm") + n("cancel")) | . > 0.17 and . < 0.23)'
ask "api: some expire, most do not" 'job("api") | all(c("expired") * 5 < c("armings") + c("rearmings") and n("lateness") > 100)'
ask "api: hrtimers are far more punctual" 'job("api") | (.[1] | max("lateness")) < (.[0] | min("lateness"))'
ask "api: what is pending costs more to re-arm than an idle one to arm; to cancel it costs less" \
	'job("api")[1] | min("arm") < min("rearm") and min("cancel") < min("arm")'
ask "rest: what is due in an hour never expires" \
	'job("rest") | map(select(.params.delay > 1e12)) | length == 2 and all(c("expired") == 0 and n("lateness") == 0)'
ask "rest: a timer whose delay is shorter than the time between two operations with it mostly expires" \
	'job("rest") | map(select(.params.delay < 1e9)) | length == 2 and all(c("expired") * 2 > c("armings"))'
ask "one: without re-arming it is armed and cancelled in turn" \
	'job("one")[0] | c("rearmings") == 0 and c("armings") - c("cancellations") <= 1 and n("arm") == 500 and n("cancel") == 500'
ask "one: with nothing else it is armed once" 'job("one")[1] | c("armings") == 1 and c("cancellations") == 0 and n("rearm") == c("operations")'
ask "fast: without a rate it does many times what the others do, and misses nothing" \
	'job("fast") | length == 2 and all(c("operations") / .params.duration > 20 * 5000 / 1e9 and c("missed") == 0)'
ask "irqoff: what is late by 6 ms is still done, of 300 ms the last 100" \
	'job("irqoff") | all(c("disturbed") == 1) and (.[0] | c("missed") == 0) and (.[1] | c("missed") >= 198 and c("missed") <= 202)'

NAME=smp
check "four CPUs: timers come and go" run_jobs smp "$TOP/tests/module/churn-smp.ini" --smp 4 --mem 1G
holds 4
ask "operations and missed ones make all that were due" \
	'map(select(.params.rate > 0)) | length == 2 and all(c("operations") + c("missed") == 4 * .params.rate * .params.duration / 1e9)'
ask "each CPU has samples, of its own timers only" \
	'all(.[].cpus[]; .metrics.lateness.count > 0 and .armed_from == [[.cpu, .metrics.lateness.count]])'

# A kernel without CONFIG_PREEMPT_RT_NEEDS_BH_LOCK: callbacks run in a thread.
NAME=rt
check "7.3-rt: thread and callbacks meet at one timer all the time" \
	run_jobs rt "$TOP/tests/module/churn-rt.ini" --kernel 7.3-rt --smp 2
holds 4
ask "thousands of timers have expired there" 'all(n("lateness") > 1000)'
finish
