#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# What oversleep must be like, whatever the kernel: never early, the sum of its
# parts, rounded as the wheel rounds. Under instruction counting, in a guest
# that is otherwise idle, so that nothing but the kernel's design is in the way.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

TICK=4000000

ask() { check "$1" cells run "$2"; }

check "each way to sleep is measured" run_jobs run "$TOP/tests/module/sleep.ini" --exact
ask "every repetition is valid" 'length == 34 and all(.state == "ok")'
ask "nobody is ever woken early, not even a part of it" 'all(.[].cpus[].metrics[]; .early == 0)'
ask "each sleep that was to end in the window is a sample" 'all(c("sleeps") == n("oversleep") and n("oversleep") > 0)'
ask "the armed x fired row adds up to the samples" \
	'all((.cpus | map(.armed_from[][1]) | add // 0) == n("oversleep"))'
ask "oversleep is the sum of its parts, to the last ns" \
	'all(sum("oversleep") == sum("rounding") + sum("slack_used") + sum("delivery"))'
ask "the worst samples are those with the largest delivery" \
	'all(max("delivery") == (.cpus[0].worst[0] | .value_ns - .allowed_ns))'
ask "what is left after rounding and range is less than a tick" "all(max(\"delivery\") < $TICK)"

ask "jiffies: each sample is rounded, none has a range" \
	'(job("jiffies") + job("levels")) | length == 11 and all(n("rounding") == n("oversleep") and n("slack_used") == 0)'
ask "jiffies: 10 ms are rounded up to 12 and then to the next tick; msleep may add one" \
	"job(\"jiffies\") | all(min(\"rounding\") >= 2000000 and max(\"rounding\") <= 2000000 + $TICK * (if .params.api == \"msleep\" then 2 else 1 end))"
ask "jiffies: msleep adds a whole jiffy, or nothing" \
	"job(\"jiffies\") | (.[0] | sum(\"rounding\") / n(\"rounding\")) - (.[1] | sum(\"rounding\") / n(\"rounding\")) | (. > -$TICK / 4 and . < $TICK / 4) or (. > 0.75 * $TICK and . < 1.25 * $TICK)"
ask "jiffies: what is past the rounding is the same for all, within 1000 instructions" \
	'job("jiffies") | map(min("delivery")) | max - min < 1000'
ask "levels: up to 62 jiffies the wheel rounds to one tick" \
	"job(\"levels\")[:2] | all(max(\"rounding\") <= $TICK)"
ask "levels: from 64 jiffies on to eight" \
	"job(\"levels\")[3:] | all(max(\"rounding\") <= 8 * $TICK and max(\"rounding\") > $TICK)"
ask "levels: at 63 to one or to eight" "job(\"levels\")[2] | max(\"rounding\") <= 8 * $TICK"
ask "hrtimers: no rounding and no range, so all of it is delivery" \
	'job("hrtimers") | length == 6 and all(n("delivery") == n("oversleep") and n("rounding") == 0 and n("slack_used") == 0 and c("put_off") == 0)'
ask "hrtimers: always more precise than jiffies" \
	'(job("hrtimers") | map(max("oversleep")) | max) < (job("jiffies") | map(min("oversleep")) | min)'
ask "range: what was used never exceeds what was given" \
	'job("range") | all((max("slack_used") // 0) <= .params.slack)'
ask "range: a sleep with one uses some of it, a sleep without has none" \
	'job("range") | all(n("slack_used") == (if .params.slack > 0 then n("oversleep") else 0 end))'
ask "range: the more, the later" \
	'job("range") | group_by(.params.api) | length == 2 and all(map(sum("oversleep") / n("oversleep")) | .[0] < .[1] and .[1] < .[2])'
ask "fsleep: short it has a range, long it is rounded, and never both" \
	'job("fsleep") | all(n("slack_used") + n("rounding") == n("oversleep")) and (.[:2] | all(n("rounding") == 0)) and (.[3] | n("slack_used") == 0)'
ask "fsleep: at most twice the time while it has a range" \
	'job("fsleep") | map(select(n("slack_used") > 0)) | length >= 2 and all(max("slack_used") <= .params.time)'
ask "policy: with nobody else about, all are woken within a tick of each other" \
	"job(\"policy\") | length == 3 and (map(min(\"delivery\")) | max - min < 2000)"
ask "phase: random begins anywhere in a tick, following always after one" \
	"job(\"phase\") | (.[0] | min(\"rounding\") < $TICK / 4 and max(\"rounding\") > $TICK * 3 / 4) and (.[1] | min(\"rounding\") > $TICK * 3 / 4)"
ask "batch: who rests less sleeps more often" 'job("batch") | map(c("sleeps")) | .[1] > 10 * .[0]'

# What has no meaning is refused, by the module, before anything is measured.
printf 'workload = sleep\n%s\n' "api = msleep
time = 1500us" >"$TMP/1"
printf 'workload = sleep\n%s\n' "api = fsleep
time = 10us" >"$TMP/2"
printf 'workload = sleep\n%s\n' "api = schedule_timeout_idle
slack = 1ms" >"$TMP/3"
for number in 1 2 3; do
	{ echo "[wrong$number]" && cat "$TMP/$number"; } >"$TMP/$number.ini"
done
# shellcheck disable=SC2016 # the guest's shell fills these in
"$TOP/vm/run" --quiet --add "$TMP/1.ini:/1.ini" --add "$TMP/2.ini:/2.ini" --add "$TMP/3.ini:/3.ini" -- \
	sh -c 'for n in 1 2 3; do ktbench run -q /$n.ini --results /tmp; echo "$n exits with $?"; done' >"$TMP/refused" 2>&1
refused() { check "refused: $1" grep -qE "$2" "$TMP/refused"; }
refused "a millisecond and a half of msleep" 'wrong1.*time = 1500us cannot be measured here'
refused "ten microseconds of fsleep, which would spin" 'wrong2.*time = 10us cannot be measured here'
refused "slack for schedule_timeout_idle" 'wrong3.*slack = 1ms cannot be measured here'
check "refused: each as what cannot be measured" test "$(grep -c 'exits with 4' "$TMP/refused")" -eq 3
diag <"$TMP/refused"
finish
