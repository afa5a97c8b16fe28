#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# What wake-up latencies must be like, whatever the machine: sums, orders and
# counts under instruction counting; with four CPUs, who has woken whom.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

TICK=4000000
NAME=run

ask() { check "$1" cells "$NAME" "$2"; }

check "each source wakes a thread" run_jobs run "$TOP/tests/module/kthread_wake.ini" --exact
ask "every repetition is valid" 'length == 13 and all(.state == "ok")'
ask "nobody runs before being woken" 'all(.[].cpus[].metrics[]; .early == 0)'
ask "each wake-up in the window is a sample, or found the thread awake" \
	'all(n("latency") > 0 and c("wakes") == n("latency") + c("awake"))'
ask "latency is the sum of its parts, to the last ns" 'all(sum("latency") == sum("irq") + sum("thread"))'
ask "a timer has an interrupt, a thread has none" \
	'all(n("irq") == (if .params.source == "thread" then 0 else n("latency") end) and n("thread") == n("latency"))'
ask "the armed x fired row adds up to the samples" \
	'all((.cpus | map(.armed_from[][1]) | add // 0) == n("latency"))'
ask "the worst sample is the largest" 'all(max("latency") == .cpus[0].worst[0].value_ns)'

ask "hrtimer: samples, missed and awake make all periods" \
	'job("source") | map(select(.params.source == "hrtimer")) | length == 3 and all(c("wakes") + c("missed") == 100)'
ask "timer: 10 ms are three jiffies" \
	'job("source") | map(select(.params.source == "timer")) | length == 3 and all(c("wakes") + c("missed") | . == 83 or . == 84)'
# A thread calls a little later than its period begins, so one may come after the end.
ask "thread: it wakes once a period, on an absolute schedule" \
	'job("source") | map(select(.params.source == "thread")) | length == 3 and all(c("wakes") + c("missed") | . == 99 or . == 100)'
ask "each period that was missed is recorded" 'all(n("latency_missed") == c("missed"))'
ask "an interrupt comes before a softirq, at the least" \
	'job("source") | group_by(.params.source) | map(map(min("irq") // 0) | min) | .[0] < .[2]'
ask "interrupts off delay the callback, not what comes after it" \
	"job(\"irqoff\") | length == 2 and all(max(\"irq\") > $TICK / 4 and max(\"irq\") < 7000000 and max(\"thread\") < $TICK)"
ask "interrupts off miss periods of an hrtimer, and each is counted" \
	'job("irqoff") | map(select(.params.source == "hrtimer"))[0] | c("missed") >= 4 * c("disturbed") and c("disturbed") == 20 and c("wakes") + c("missed") == 1000'
ask "interrupts off: what was missed came with the thread that woke up late, to the nanosecond" \
	'job("irqoff") | map(select(.params.source == "hrtimer"))[0] | [.cpus[0].worst[:20][].value_ns | range(. - 1000000; -1; -1000000)] as $late |
	n("latency_missed") == ($late | length) and sum("latency_missed") == ($late | add) and max("latency_missed") == ($late | max)'
ask "busy: the CPU is never found idle" 'job("busy") | length == 2 and all(.[].cpus[].worst[]; .comm | startswith("ktb_woken"))'
ask "busy: a real-time thread gets the CPU within a tick" \
	"job(\"busy\")[1] | max(\"thread\") < $TICK"

NAME=smp
check "threads wake threads of other CPUs" run_jobs smp "$TOP/tests/module/kthread_wake-smp.ini" \
	--smp 4 --topology 2x1x2 --numa 2 --mem 1G
ask "smp: every repetition is valid, every thread was woken" \
	'length == 9 and all(.state == "ok") and all(.[].cpus[].metrics.latency; .count > 0)'
ask "smp: latency is the sum of its parts" 'all(sum("latency") == sum("irq") + sum("thread"))'
ask "smp: nobody runs before being woken" 'all(.[].cpus[].metrics[]; .early == 0)'
ask "smp: each was woken from the CPU that the job names" \
	'all(. as $cell | .cpus[] | . as $c | .armed_from == [[($cell.places[] | select(.cpu == $c.cpu) | .arm_cpu), .metrics.latency.count]])'
# The first job arms from elsewhere, which the workloads of the ledger do not.
check "smp: the cost ledger is whole" \
	jq -e '.ledger | .reason == "" and (.costs | length) == 7' "$TMP/smp/result/result.json"
finish
