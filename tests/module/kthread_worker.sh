#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# What queued work must be like, whoever runs it: orders, counts and bounds under
# instruction counting; with four CPUs of a kernel that has all kinds of queues,
# who has run what.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

TICK=4000000
NAME=run

ask() { check "$1" cells "$NAME" "$2"; }

# What must hold of every cell, wherever it was measured.
counts() {
	ask "$1: every repetition is valid and has samples" "length == $2 and all(.state == \"ok\" and n(\"latency\") > 0)"
	ask "$1: each work in the window is a sample, and so is the call that queued it" \
		'all(c("works") == n("latency") and n("queue_call") == n("latency"))'
	ask "$1: no work runs before it is queued or due" 'all(.[].cpus[].metrics[]; .early == 0)'
	ask "$1: the armed x fired row adds up to the samples" \
		'all(.[].cpus[]; (.armed_from | map(.[1]) | add // 0) == .metrics.latency.count)'
	ask "$1: only delayed work waits for the wheel" \
		'all(n("wheel_slack") == (if .params.mode == "delayed" then n("latency") else 0 end))'
	ask "$1: each work that was missed is recorded" 'all(.[].cpus[]; .metrics.latency_missed.count == .counters.missed)'
	ask "$1: only what is flushed has a flush" \
		'all(if .params.mode == "flush" then n("flush") > 0 else n("flush") == 0 end)'
}

check "work is queued for each kind" run_jobs run "$TOP/tests/module/kthread_worker.ini" --exact
counts "one CPU" 26
ask "the worst sample is the largest" 'all(max("latency") == .cpus[0].worst[0].value_ns)'

ask "queue: one work every 10 ms" \
	'job("queue") | length == 8 and all(n("latency") + c("missed") | . == 99 or . == 100)'
ask "flush: it returns after the work has run, each time" \
	'job("queue") | map(select(.params.mode == "flush")) | length == 4 and
	all(n("flush") == n("latency") and min("flush") > min("latency") and sum("flush") > sum("latency"))'
ask "flush: it takes what was queued on its way sooner than the end of a period does" \
	'job("queue") | group_by(.params.queue) | all(map(min("latency")) | .[1] < .[0])'
# Of the calls now and then one has the tick within it.
ask "a call is cheaper than the way to the function" \
	'job("queue") | all(n("queue_call") > 0 and sum("queue_call") / n("queue_call") < min("latency"))'
ask "delayed: the wheel adds one tick to 10 ms and up to eight to 400 ms, by design" \
	"job(\"delayed\") | group_by(.params.delay) | (.[0] | all(min(\"wheel_slack\") == $TICK and max(\"wheel_slack\") == $TICK)) and
	(.[1] | all(min(\"wheel_slack\") >= $TICK and max(\"wheel_slack\") <= 8 * $TICK))"
ask "delayed: 10 ms are three jiffies and one of the wheel, and the next round begins within the fifth or sixth" \
	"job(\"delayed\") | map(select(.params.delay == 10000000)) | length == 4 and all(n(\"latency\") | . >= 1500 / 24 and . <= 1500 / 12)"
ask "delayed: what is past the due time is less than a tick" "job(\"delayed\") | all(max(\"latency\") < $TICK)"
ask "delayed: it comes later past its due time than work that need not wait for an interrupt" \
	'(job("delayed") | map(min("latency")) | min) > (job("queue") | map(min("latency")) | max)'
ask "delayed: arming a timer costs less than waking a thread" \
	'(job("delayed") | map(max("queue_call")) | max) < (job("queue") | map(min("queue_call")) | min)'

# Each round is ten samples in a row: [fired_ns, value_ns, number, armed_cpu].
ask "items: ten works run in the order in which they were queued" \
	'job("items") | length == 4 and all(.cpus[0].raw | length == 1000 and all(range(1000) as $i | .[$i][2] == $i % 10; .))'
ask "items: the tenth runs later than the first, by more than nine calls took" \
	'job("items") | all(min("queue_call") as $call | .cpus[0].raw | [range(0; 1000; 10) as $i | .[$i + 9][0] - .[$i][0]] | min > 9 * $call)'
ask "items: the first call wakes somebody, the others find that done" \
	'job("items") | all(min("queue_call") * 2 < max("queue_call"))'
ask "interrupts off miss periods, and each is counted" \
	'job("irqoff") | length == 4 and all(c("disturbed") == 20 and c("missed") >= 4 * .params.items * c("disturbed") and
	((n("latency") + c("missed")) / .params.items | . == 999 or . == 1000))'
ask "interrupts off: of five or six rounds in a row the first came that late" \
	'job("irqoff") | all(max("latency_missed") > 4000000 and max("latency_missed") < 7000000 and
	(sum("latency_missed") / n("latency_missed") | . > 2000000 and . < 4500000))'
ask "policy: a real-time worker takes the CPU from a busy thread sooner than a normal one" \
	'job("policy") | length == 2 and (.[0] | min("latency")) > (.[1] | min("latency"))'

NAME=smp
check "work is queued from other CPUs" run_jobs smp "$TOP/tests/module/kthread_worker-smp.ini" \
	--kernel 7.2 --smp 4 --topology 2x1x2 --numa 2 --mem 1G
counts smp 15
ask "smp: bound work ran where it was to, queued from the CPU that the job names" \
	'map(select(.params.queue != "workqueue_unbound")) | length == 12 and
	all(c("elsewhere") == 0 and (. as $cell | all(.cpus[]; . as $c |
	.armed_from == [[($cell.places[] | select(.cpu == $c.cpu) | .arm_cpu), .metrics.latency.count]])))'
ask "smp: unbound work that ran elsewhere is counted as such" \
	'map(select(.params.queue == "workqueue_unbound")) | length == 3 and
	all(c("elsewhere") == (. as $cell | [.cpus[] | .cpu as $cpu | .armed_from[] |
	select(.[0] != ($cell.places[] | select(.cpu == $cpu) | .arm_cpu)) | .[1]] | add // 0))'
ask "smp: a flush returns after its work has run" 'job("same") | length == 5 and all(sum("flush") > sum("latency"))'
finish
