#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# What every workload's figures must be like, whatever the machine: sums, orders
# and counts. Under instruction counting, so that nothing else is in the way.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

ask() { check "$1" cells run "$2"; }

check "all kinds of timers are measured" run_jobs run "$TOP/tests/module/timers.ini" --exact
ask "every repetition is valid" 'all(.state == "ok")'
ask "no timer is ever early" 'all(.[].cpus[].metrics[]; .early == 0)'
ask "buckets, early and overflowing samples add up to counts" \
	'all(.[].cpus[].metrics[]; (.buckets | map(.[1]) | add // 0) + .early + .overflow == .count)'
ask "nothing that has fired overflows" 'all(.[].cpus[].metrics; del(.pending_slack) | all(.[]; .overflow == 0))'
ask "the armed x fired row adds up to the samples" \
	'map(select(.workload != "null")) | all((.cpus | map(.armed_from[][1]) | add // 0) == n("lateness"))'
ask "wheel: lateness is the sum of its parts, to the last ns" \
	'map(select(.workload == "timer_wheel")) | all(sum("lateness") == sum("slack_used") + sum("wheel_slack") + sum("delivery"))'
ask "hrtimer: lateness is the sum of its parts, to the last ns" \
	'map(select(.workload == "hrtimer")) | all(sum("lateness") == sum("slack_used") + sum("past_hard"))'
ask "hrtimer: without slack all of it lies past the hard expiry, sample by sample" \
	'map(select(.workload == "hrtimer" and .params.slack == 0)) | length > 3 and all(.[].cpus[].metrics;
	.past_hard == .lateness and (.lateness.count as $n | .slack_used ==
	{count: $n, sum: 0, sumsq: "0", min: 0, max: 0, early: 0, overflow: 0, buckets: [[0, $n]]}))'
ask "the worst samples are those with the most beyond what was allowed" \
	'map(select(.workload == "timer_wheel" and n("lateness") > 0 and .params.kind != "deferrable")) | length > 10 and
	all(max("delivery") == (.cpus[0].worst[0] | .value_ns - .allowed_ns))'
ask "but a deferrable timer may be as late as it likes" \
	'job("kinds") | map(select(.params.kind == "deferrable")) | length == 1 and all(.[0].cpus[0].worst[]; .value_ns == .allowed_ns)'
ask "hrtimer: and there it is what lies past the hard expiry" \
	'map(select(.workload == "hrtimer")) | all(max("past_hard") == (.cpus[0].worst[0] | .value_ns - .allowed_ns))'
ask "null: an empty callback costs more than two clock reads, recording more than nothing" \
	'job("null")[0] | min("clock_pair") > 0 and min("empty") > min("clock_pair") and min("record") > min("clock_pair")'

ask "levels: 20 ms lie on level 0, and its slack by design is one tick, always" \
	'job("levels")[0] | c("level_0") == n("lateness") and min("wheel_slack") == 4000000 and max("wheel_slack") == 4000000'
ask "levels: 400 ms lie on level 1, one to eight ticks by design" \
	'job("levels")[1] | c("level_1") == n("lateness") and min("wheel_slack") >= 4000000 and max("wheel_slack") <= 32000000 and max("wheel_slack") > 4000000'
ask "levels: 2.5 s lie on level 2, up to 64 ticks" \
	'job("levels")[2] | c("level_2") == n("lateness") and n("lateness") > 0 and max("wheel_slack") <= 256000000 and max("wheel_slack") > 32000000'
ask "far: what is pending at the end shows levels 3 to 8, each granule eight times the one before" \
	'job("far") | length == 6 and ([range(6) as $i | .[$i] | n("pending_slack") == 8 and c("cancelled") == 8 and
	max("pending_slack") <= 4000000 * pow(8; $i + 3) and max("pending_slack") > 4000000 * pow(8; $i + 2)] | all)'
ask "kinds: each fires on the CPU that armed it, there being one" \
	'job("kinds") | length == 4 and all(n("lateness") > 0 and c("migrated") == 0)'
ask "kinds: 500 samples less what was missed, but for deferrable ones" \
	'job("kinds") | map(select(.params.kind != "deferrable")) | all(n("lateness") + c("missed") == 500)'
ask "each period that was missed is recorded" 'all(.[].cpus[]; .metrics.lateness_missed.count == .counters.missed)'
ask "slack: what was used never exceeds what was given" \
	'job("slack") | all(max("slack_used") <= .params.slack)'
ask "slack: the more, the fewer moments of expiry" \
	'job("slack") | map(c("instants")) | .[0] > .[1] and .[1] > .[2] and .[2] > .[3]'
ask "slack: the more, the later" \
	'job("slack") | map(sum("lateness") / n("lateness")) | .[0] < .[1] and .[1] < .[2] and .[2] < .[3]'
ask "storm: every storm expires in one go, in one moment" \
	'job("storm")[0] | n("storm_drain") * 1000 == n("lateness") and c("split") == 0 and c("instants") == n("storm_drain") and n("storm_drain") >= 2'

ask "hrtimer: a hard callback is never later than a soft one, at the least" \
	'job("hrtimer") | group_by(.params.context) | map(map(min("lateness")) | min) | .[0] < .[1]'
ask "hrtimer: periodic and absolute make every period" \
	'job("hrtimer") | map(select(.params.mode == "absolute" and .params.shape == "periodic")) | length == 2 and all(n("lateness") + c("missed") == 2000)'
ask "hrtimer: one-shot and relative ones fire too" 'job("hrtimer") | length == 8 and all(n("lateness") > 300)'
ask "clocks: the same lateness on every clock, within 100 instructions" \
	'job("clocks") | length == 8 and (map(min("lateness")) | max - min < 100)'
ask "range: lateness stays within the slack plus what is past the hard expiry" \
	'job("range") | all(max("slack_used") <= .params.slack and max("lateness") <= .params.slack + max("past_hard"))'
ask "range: slack saves interrupts" 'job("range") | map(c("instants")) | .[0] > .[1] and .[1] > .[2]'
finish
