#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# What parking must be like, whatever the machine: sums, orders and counts under
# instruction counting; with four CPUs, who has parked whom.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

NAME=run

ask() { check "$1" cells "$NAME" "$2"; }

# What must hold of every cell, wherever it was measured.
sums() {
	ask "$1: cycle is the sum of its phases, to the last ns" \
		'all(sum("cycle") == sum("notice") + sum("settle") + sum("unpark"))'
	ask "$1: kthread_park() is the sum of the first two" 'all(sum("park") == sum("notice") + sum("settle"))'
	ask "$1: each cycle in the window is a sample, or found the thread awake" \
		'all(n("cycle") > 0 and c("cycles") == n("cycle") + c("awake"))'
	ask "$1: each sample has all phases and both calls" \
		'all(. as $c | ["notice", "settle", "unpark", "park", "unpark_call"] | all(. as $m | $c | n($m) == n("cycle")))'
	ask "$1: nobody parks before being asked, or runs before being let go" 'all(.[].cpus[].metrics[]; .early == 0)'
}

check "threads are parked" run_jobs run "$TOP/tests/module/kthread_park.ini" --exact
ask "every repetition is valid" 'length == 8 and all(.state == "ok")'
sums "one CPU"
ask "the armed x fired row adds up to the samples" \
	'all((.cpus | map(.armed_from[][1]) | add // 0) == n("cycle"))'
ask "the worst sample is the largest" 'all(max("cycle") == .cpus[0].worst[0].value_ns)'

# A cycle begins a little later than its period, so one may begin after the end.
ask "cycles and missed make all periods" \
	'all((.params.duration / .params.period) - (c("cycles") + c("missed")) | . == 0 or . == 1)'
ask "nothing is missed while nobody is in the way" \
	'map(select(.job != "irqoff")) | all(c("missed") == 0 and c("awake") == 0)'
ask "interrupts off miss periods, and each is counted" \
	'job("irqoff")[0] | c("disturbed") == 20 and c("missed") >= 4 * c("disturbed")'
ask "each period that was missed is recorded" 'all(n("cycle_missed") == c("missed"))'
ask "interrupts off: of five or six in a row the first came that late" \
	'job("irqoff")[0] | max("cycle_missed") > 4000000 and max("cycle_missed") < 7000000 and
	(sum("cycle_missed") / n("cycle_missed") | . > 2000000 and . < 4500000)'
ask "interrupts off put cycles off, and are in none" 'job("irqoff")[0] | max("cycle") < 1000000'
ask "a thread that runs need not be woken to notice" \
	'(job("running")[0] | min("notice")) < (job("busy")[0] | min("notice"))'
ask "busy: a real-time thread parks and goes on sooner than a normal one" \
	'job("busy") | length == 2 and (.[0] | min("cycle")) > (.[1] | min("cycle"))'
ask "a call of kthread_unpark() ends before the thread runs, on one CPU that is not preempted" \
	'all(max("unpark_call") < min("unpark"))'

NAME=smp
check "threads are parked from other CPUs" run_jobs smp "$TOP/tests/module/kthread_park-smp.ini" \
	--smp 4 --topology 2x1x2 --numa 2 --mem 1G
ask "smp: every repetition is valid, every thread was parked" \
	'length == 4 and all(.state == "ok" and ([.cpus[] | select(.metrics.cycle.count > 0).cpu] == ([.places[].cpu] | sort)))'
sums smp
ask "smp: each period that was missed is recorded" 'all(.[].cpus[]; .metrics.cycle_missed.count == .counters.missed)'
ask "smp: each was parked from the CPU that the job names" \
	'all(. as $cell | .places | all(. as $place | $cell.cpus[] | select(.cpu == $place.cpu) |
	.armed_from == [[$place.arm_cpu, .metrics.cycle.count]]))'
finish
