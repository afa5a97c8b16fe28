#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# The positive control: a fault that is made on purpose is seen, all of it,
# where it is and nowhere else; and none is seen where none was made.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

ask() { check "$1" cells "$2" "$3"; }

check "faults under instruction counting are measured" \
	run_jobs exact "$TOP/tests/module/control.ini" --exact
ask "calm: 2,000 samples, none missed, none later than 100 us" exact \
	'job("calm") | length == 1 and all(n("lateness") == 2000 and c("missed") == 0 and over("lateness"; 100000) == 0)'
ask "2 ms: 20 faults were made" exact 'job("short")[0] | c("disturbed") == 20'
ask "2 ms: exactly 20 samples are later than 100 us" exact 'job("short")[0] | over("lateness"; 100000) == 20'
ask "2 ms: each between 1 ms and 2 ms late, since one was due in the first ms" exact \
	'job("short")[0] | over("lateness"; 1000000) == 20 and max("lateness") < 2050000'
ask "2 ms: each fault swallowed one period, and it is counted" exact 'job("short")[0] | c("missed") == 20'
ask "2 ms: samples and missed periods make 2,000" exact 'job("short")[0] | n("lateness") + c("missed") == 2000'
ask "2 ms: the 20 worst samples name the CPU and who did it" exact \
	'job("short")[0].cpus[0] | .cpu == 0 and (.worst[:20] | all(.armed_cpu == 0 and .comm == "ktb_irqoff/0" and .idle == false))'
ask "2 ms: they came 100 ms apart" exact \
	'job("short")[0].cpus[0].worst[:20] | map(.due_ns) | sort | [range(1; 20) as $i | .[$i] - .[$i - 1]] | all(. == 100000000)'
ask "20 ms at 1 kHz: 38 periods are missed, and with the samples they make 2,000" exact \
	'job("long")[0] | c("disturbed") == 2 and c("missed") == 38 and n("lateness") == 1962'
ask "20 ms: exactly two samples are late, by 19 to 20 ms" exact \
	'job("long")[0] | over("lateness"; 100000) == 2 and over("lateness"; 19000000) == 2 and max("lateness") < 20050000'

ask "400 ms of 2 s: three faults, 1,197 to 1,200 periods missed, 6,000 in all" exact \
	'job("stall")[0] | c("disturbed") == 3 and c("missed") >= 1197 and c("missed") <= 1200 and n("lateness") + c("missed") == 6000'
# A period that was missed is as late as the callback that came instead: of each stall, the
# first period's lateness less a millisecond, less another, and so on. User space sees the
# same, by the interrupts that a job beside it keeps off.
for job in stall user; do
	late="(job(\"$job\")[0] | [.cpus[0].worst[:3][].value_ns | range(. - 1000000; -1; -1000000)])"
	ask "$job: each missed period is recorded, as late as it was" exact "$late as \$late | job(\"$job\")[0] |
		n(\"lateness\") + c(\"missed\") == 6000 and (\$late | length) == c(\"missed\") and
		n(\"lateness_missed\") == c(\"missed\") and sum(\"lateness_missed\") == (\$late | add) and
		max(\"lateness_missed\") == (\$late | max) and min(\"lateness_missed\") == (\$late | min)"
	ask "$job: to the bucket" exact "$late as \$late | job(\"$job\")[0].cpus[0].metrics.lateness_missed.buckets ==
		(\$late | map(bucket) | group_by(.) | map([.[0], length]))"
	# later(N): the value that N of the schedule's periods are later than.
	ask "$job: of the schedule, p90 is about 200 ms and p99 about 380 ms: 600 periods are later, and 60" exact "
		(job(\"$job\")[0] | [.cpus[0].worst[:3][].value_ns | range(.; -1; -1000000)] | sort) as \$late |
		def later(\$n): \$late[-1 - \$n]; (job(\"$job\")[0].cpus[0].metrics | over_schedule(\"lateness\")) as \$s |
		(later(600) - 200000000 | fabs < 1000000) and (\$s | quantile(0.9)) == (later(600) | bucket | low) and
		(later(60) - 380000000 | fabs < 1000000) and (\$s | quantile(0.99)) == (later(60) | bucket | low)"
done
ask "of those that were served, neither says anything of it" exact \
	'job("stall")[0].cpus[0].metrics.lateness.buckets | quantile(0.99) < 100000'
ask "2 ms and 20 ms: each missed period is recorded" exact \
	'map(select(.job | IN("calm", "short", "long"))) | all(n("lateness_missed") == c("missed")) and (map(c("missed")) == [0, 20, 38])'

check "a fault on CPU 1 of four is measured" \
	run_jobs smp "$TOP/tests/module/control-smp.ini" --smp 4 --mem 1G
ask "300 ms: three faults on CPU 1, none elsewhere" smp \
	'.[0].cpus | map(.counters.disturbed) == [0, 3, 0, 0]'
ask "300 ms: CPU 1 has a sample that is later than 295 ms, no other CPU has" smp \
	'.[0].cpus | map(.metrics.lateness.max > 295000000) == [false, true, false, false]'
ask "300 ms: the worst sample names CPU 1 and who did it" smp \
	'.[0].cpus[1].worst[0] | .armed_cpu == 1 and .comm == "ktb_irqoff/1"'
ask "300 ms: no other CPU misses more than that, and each has recorded what it missed" smp \
	'.[0].cpus | all(.metrics.lateness_missed.count == .counters.missed) and (map(.counters.missed) | .[1] == max and .[1] > 800)'
ask "300 ms: samples and missed periods make 3,000 on each CPU" smp \
	'.[0].cpus | map(.metrics.lateness.count + .counters.missed) | all(. == 3000)'
finish
