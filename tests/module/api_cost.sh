#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# What the costs of calls must be like: under instruction counting the same in
# each batch, whatever is pending and however long the batch; with four CPUs on
# one base, measured on each of them, and at an end.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

NAME=exact
ask() { check "$1" cells "$NAME" "map(select(.workload == \"api_cost\")) | $2"; }

# Calls by what they must do when more timers are pending, or a batch is shorter.
TIMERS='["timer_setup","add_timer","add_timer_on","mod_timer_inactive","mod_timer_same_expiry","mod_timer_same_bucket","mod_timer",
	"mod_timer_pending","timer_reduce","timer_delete","timer_delete_inactive","timer_delete_sync","timer_delete_sync_try","timer_shutdown_sync"]'
HRTIMERS='["hrtimer_start_first","hrtimer_start","hrtimer_start_range","hrtimer_restart","hrtimer_cancel","hrtimer_try_to_cancel"]'
OTHERS='["hrtimer_setup","hrtimer_forward","hrtimer_cancel_inactive","kthread_should_stop","ktime_get","ktime_get_mono_fast","ktime_get_raw",
	"ktime_get_real","ktime_get_boottime","local_clock","get_cycles","jiffies"]'
FIXED="($TIMERS + $OTHERS)[]"

check "each call is made" run_jobs exact "$TOP/tests/module/api_cost.ini" --exact
ask "every repetition is valid" 'length == 6 and all(.state == "ok")'
ask "no call is without samples" 'all(.[].cpus[].metrics[]; .count > 5)'
ask "each pass makes a batch of each, the first event's may be put off" \
	'all(.[]; . as $cell | all(.cpus[0].metrics | keys[]; . as $m | $cell |
	n($m) + (if $m == "hrtimer_start_first" then c("put_off") else 0 end) - c("passes") | . >= -1 and . <= 1))'
ask "sums lie within what least and most allow" \
	'all(.[].cpus[].metrics[]; .sum >= .min * .count and .sum <= .max * .count and .early == 0 and .overflow == 0)'
ask "the armed x fired row adds up to the samples of the primary call" \
	'all((.cpus | map(.armed_from[][1]) | add) == n("mod_timer"))'
ask "the worst sample is the largest" 'all(max("mod_timer") == .cpus[0].worst[0].value_ns)'

ask "a call costs the same in each batch: its mean is the least, to half an instruction" \
	"all(.[]; . as \$cell | all($FIXED; . as \$m | \$cell | sum(\$m) / n(\$m) - min(\$m) < 500))"
ask "and when it is measured again" \
	"job(\"again\") as [\$a, \$b] | all($FIXED; . as \$m | (\$a | min(\$m)) - (\$b | min(\$m)) | fabs < 500)"
ask "hrtimers too, to a hundredth, since all draw the same expiries" \
	"job(\"again\") as [\$a, \$b] | all(${HRTIMERS}[]; . as \$m | (\$a | min(\$m)) / (\$b | min(\$m)) | . > 0.99 and . < 1.01)"
ask "10,000 pending timers cost a call of the wheel's nothing" \
	"job(\"pending\") as [\$none, \$many] | all($FIXED; . as \$m | (\$none | min(\$m)) - (\$many | min(\$m)) | fabs < 500)"
ask "10,000 queued hrtimers cost the start of one some steps down the tree" \
	'job("pending") as [$none, $many] | all("hrtimer_start_first", "hrtimer_start", "hrtimer_start_range"; . as $m |
	($many | min($m)) - ($none | min($m)) | . > 10000 and . < 500000)'
ask "a batch of 16 costs what one of 64 does, but for the clock's share, which empty tells" \
	"job(\"again\")[0] as \$long | job(\"batch\")[0] as \$short | ((\$short | min(\"empty\")) - (\$long | min(\"empty\"))) as \$share |
	\$share > 0 and all($FIXED; . as \$m | (\$short | min(\$m)) - (\$long | min(\$m)) - \$share | fabs < 500)"

ask "a read of jiffies costs more than nothing, ktime_get() more than that" \
	'all(min("empty") < min("jiffies") and min("jiffies") < min("get_cycles") and min("get_cycles") < min("ktime_get"))'
ask "mod_timer(): the expiry that it has < its bucket < another bucket" \
	'all(min("mod_timer_same_expiry") < min("mod_timer_same_bucket") and min("mod_timer_same_bucket") < min("mod_timer"))'
ask "mod_timer() of a pending timer costs less than timer_delete() and add_timer()" \
	'all(min("mod_timer") < min("timer_delete") + min("add_timer"))'
ask "what is not pending is cancelled for less" \
	'all(min("timer_delete_inactive") < min("timer_delete") and min("hrtimer_cancel_inactive") < min("hrtimer_cancel"))'
ask "waiting for a callback that does not run costs more than not waiting" \
	'all(min("timer_delete") < min("timer_delete_sync") and min("timer_delete_sync_try") < min("timer_delete_sync"))'
ask "programming the clock event costs more than not doing it" \
	'all(min("hrtimer_start") < min("hrtimer_start_first"))'
ask "unpinned: the kernel chooses a CPU, which it does not for nothing" \
	'job("again")[0] as $pinned | job("unpinned")[0] as $not | all("add_timer", "mod_timer", "hrtimer_start"; . as $m |
	($not | min($m)) >= ($pinned | min($m)))'

# A share of a batch comes in ps, which must not make it the worst of all.
check "a report can be made" "$B/ktbench" report -q --no-plots "$TMP/exact/result"
sed -n '/The five worst/,/Allowed is/p' "$TMP/exact/result/report.html" | grep '<tr><td' | head -n 1 >"$TMP/worst"
check "report: a timer's lateness is worse than any call's cost" grep -q 'hrtimer<small>lateness' "$TMP/worst"

NAME=smp
mkdir -p "$TMP/smp"
# shellcheck disable=SC2016 # the guest's shell fills these in
"$TOP/vm/run" --quiet --smp 4 --topology 2x1x2 --mem 1G --timeout 200 --out "$TMP/smp" \
	--add "$TOP/tests/module/api_cost-smp.ini:/jobs.ini" -- sh -c \
	'ktbench run -q /jobs.ini --results /out/results; echo "measured: $?"
	ktbench run -q /jobs.ini --results /tmp --set own.arm_on=sibling --set own.pinned=no; echo "unpinned: $?"' \
	>"$TMP/smp.log" 2>&1
check "four CPUs: it comes to an end, and no kernel warns" test $? -eq 0
mv "$TMP/smp/results"/*/ "$TMP/smp/result"
diag <"$TMP/smp.log"
check "four CPUs: all is measured" grep -qx "measured: 0" "$TMP/smp.log"
check "unpinned timers cannot stand on another CPU's base, and are refused" grep -qx "unpinned: 4" "$TMP/smp.log"
ask "every repetition is valid" 'length == 5 and all(.state == "ok")'
ask "own: each CPU makes each call" \
	'job("own") | all(.[].cpus[]; (.metrics | map_values(select(.count == 0)) | keys) - ["hrtimer_start_first"] == [] and .armed_from == [[.cpu, .metrics.mod_timer.count]])'
ask "sibling: each makes the timers' calls, on the other's base, and the hrtimers' not" \
	"job(\"sibling\") | length == 1 and all(.[].cpus[]; . as \$c | all(${TIMERS}[]; \$c.metrics[.].count > 0) and all(${HRTIMERS}[]; \$c.metrics[.].count == 0))"
ask "first: all four make the timers' calls on one base, whatever the batch" \
	"job(\"first\") | length == 3 and all(.[].cpus[]; . as \$c | all(${TIMERS}[]; \$c.metrics[.].count > 0))"
ask "first: only the one whose base it is starts hrtimers" \
	'job("first") | all(.cpus | map([.cpu, (.metrics.hrtimer_start.count > 0)]) == [[0, false], [1, true], [2, false], [3, false]])'
finish
