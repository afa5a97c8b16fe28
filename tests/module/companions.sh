#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# The module and the companions in user space measure in one run, and what is
# subtracted from one another goes together: under instruction counting, user
# space is later than the kernel's thread, by a way that is the same each time.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

ask() { check "$1" cells run "$2"; }

check "both devices measure in one run" run_jobs run "$TOP/tests/module/companions.ini" --exact
ask "every repetition is valid" 'length == 20 and all(.state == "ok")'
check "the result knows the module" jq -e '.module.hz > 0' "$TMP/run/result/result.json"
check "and which workloads are not its own" jq -e \
	'.workloads | map_values(.user) == {kthread_wake: false, timer_wheel: false, user_timer: true, user_thread: true}' \
	"$TMP/run/result/result.json"
ask "nothing is early" 'all(.[].cpus[].metrics[]; .early == 0)'

ask "each period of 5 ms is served" \
	'map(select(.workload == "user_timer" and .job != "sleeper")) | length == 11 and all(c("wakes") == 20 and c("missed") == 0 and n("lateness") == 20)'
ask "each period that was missed is recorded" \
	'map(select(.workload == "user_timer")) | all(n("lateness_missed") == c("missed"))'
ask "lateness is the sum of its parts, to the last ns" \
	'map(select(.workload == "user_timer")) | all(sum("lateness") == sum("slack_used") + sum("past_hard"))'
ask "by default a sleep has 50 us of slack, a real-time thread and a timer have none" \
	'job("timer") | length == 6 and all(max("slack_used") == (if .params.api == "clock_nanosleep" and .params.policy == "normal" then 50000 else 0 end))'
ask "slack is what the job says, and no sleep uses more" \
	'job("slack") | length == 2 and all(max("slack_used") <= .params.slack) and (.[0] | max("slack_used") == 1) and (.[1] | max("slack_used") > 50000)'
ask "user space is later than a thread of the kernel's that the same timer wakes" \
	'(job("wake")[0] | sum("latency") / n("latency")) as $kernel | job("timer") | map(select(.params.policy == "normal")) | length == 3 and all(sum("past_hard") / n("past_hard") > $kernel)'
ask "other clocks are the same timers, to a factor of two" \
	'(job("timer") | map(select(.params.api == "timerfd" and .params.policy == "normal"))[0] | sum("lateness")) as $monotonic | job("clock") | length == 2 and all(sum("lateness") / $monotonic | . > 0.5 and . < 2)'

ask "load of either device runs beside a job of either, from before its window till after" \
	'. as $all | map(select(.beside != null)) | length == 3 and all(. as $load | $all[] | select(.cell == $load.beside) |
		.begin_ns > $load.begin_ns and .end_ns < $load.end_ns and ([$load.cpus[].metrics[].count] | max) > 10)'
ask "a life is the sum of its parts" \
	'job("thread") | length == 4 and all(sum("life") == sum("start") + sum("leave") + sum("join"))'
ask "each thread asked for in the window was made, run, ended and joined" \
	'job("thread") | all(c("created") > 0 and n("life") == c("created") and n("create") == c("created") and min("start") > 0 and min("leave") > 0 and min("join") > 0)'
ask "so many are alive at once: rounds make them all" \
	'job("thread") | all(.params.threads as $t | c("created") - c("rounds") * $t | . > -$t and . <= $t)'
ask "the C library's way of making a thread takes more than clone()" \
	'job("thread") | map(select(.params.threads == 1) | sum("create") / n("create")) | .[0] > .[1]'
finish
