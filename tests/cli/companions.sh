#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The companions in user space run without the module and without root, into a
# result and a report that say what they are; what they cannot have is told
# before anything is started.
. "$(dirname "$0")/../lib.sh"

K=$TMP/ktbench
NONE="--device /nonexistent"
cp "$B/ktbench" "$TMP"
chmod 755 "$TMP"
mkdir -m 1777 "$TMP/results" "$TMP/none"
cd "$TMP" || exit 1

# One run at a time on a machine is told by the network namespace: other tests
# that run here do not matter in one of its own.
apart=
unshare --net true 2>/dev/null && apart="unshare --net"
nobody=$apart
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	nobody="$apart setpriv --reuid 65534 --regid 65534 --clear-groups"
fi

# ktb ARGUMENT...: as nobody, with no device and no catalogue.
ktb() {
	# shellcheck disable=SC2086 # The words are meant to be split.
	$nobody "$K" "$@" $NONE
}

# job FILE LINE...: a job file of one job [a]
job() {
	printf '%s\n' "[a]" "${@:2}" >"$1"
}

# result NAME FILTER: does jq's FILTER hold for result.json?
result() {
	jq -e "$2" "results"/*-"$1"/result.json
}

# cells NAME FILTER: does jq's FILTER hold for all cells as one array?
cells() {
	sh -c '"$TOP/vm/cells" results/*-"$1" | jq -es "$2"' sh "$1" "$2"
}

cat >both.ini <<'EOF'
[global]
duration = 100ms
warmup = 20ms

# How late is user space?
[timer]
workload = user_timer
api = clock_nanosleep, timerfd, posix_timer
gate = primary p90 2%, lateness p99

# What does a thread of user space take?
[thread]
workload = user_thread
api = pthread_create, clone
threads = 20
gate = calls p50
with = load

[load]
workload = user_timer
period = 3ms
warmup = 0
EOF

check "a plan of user space is measured by anybody, with no module" \
	ktb run both.ini --results results
check "all of it is good" cells both \
	'length == 7 and all(.state == "ok" and ([.cpus[].metrics[].count] | max) > 0)'
check "its result has no module" result both '.module == null and .state == "complete"'
check "its workloads are user space's" result both \
	'.workloads | length == 2 and all(.[]; .user)'
check "it says what is judged: of each job but the load" result both \
	'[.gates[] | "\(.job) \(.metric) \(.quantile) \(.delta_ppm)"] ==
	 ["timer lateness p90 20000", "timer lateness p99 null", "thread create p50 null"]'
boot=$(cat /proc/sys/kernel/random/boot_id)
load=$(cat /sys/module/ktbench/parameters/load_id 2>/dev/null || :)
check "of which boot and of which load of the module it is" result both \
	".environment | .boot_id == \"$boot\" and .load_id == \"$load\""
check "and which step the clock makes" result both \
	'.environment.clock_step_ns | test("^[1-9][0-9]*$")'
check "and which layout its histograms have" result both \
	'.histogram == {"layout": "log-linear", "sub_bucket_bits": 7, "buckets": 3584}'
check "runs begin at once here, and it says so" result both '.align_s == 0'
job align.ini "workload = user_timer" "period = 3ms" "duration = 50ms" "warmup = 0" "repetitions = 3"
check "--align is taken" ktb run align.ini --align 1 --results results
# Three runs that begin anywhere in a second all begin in its first third one time in 27.
check "each run begins at a whole second of the clock" cells align \
	'length == 3 and all(.[]; .begin_ns % 1000000000 < 333000000) and
	 ([.[].begin_ns / 1000000000 | floor] | unique | length == 3)'
check "the result says so" result align '.align_s == 1'
check_fails 2 '^ktbench: --align: .3601. is out of range; it takes 0 to 3600' "none waits for more than an hour" \
	ktb run align.ini --align 3601 --results none
check "lateness is the sum of its parts" cells both '
	map(select(.job == "timer").cpus[].metrics |
		.lateness.sum == .slack_used.sum + .past_hard.sum) |
	length > 0 and all'
check "a thread's life is the sum of its parts" cells both '
	map(select(.job == "thread").cpus[].metrics |
		.life.sum == .start.sum + .leave.sum + .join.sum) |
	length > 0 and all'
check "each period is served or missed" cells both '
	map(select(.job == "timer").cpus[].counters | .wakes + .missed == 100) |
	length > 0 and all'
check "each period that was missed is recorded" cells both '
	map(select(.workload == "user_timer").cpus[] |
		.metrics.lateness_missed.count == .counters.missed) |
	length > 0 and all'
check "results hold to the schema" "$TOP/tests/analysis/validate" results/*-both
check "it is reported" sh -c "'$K' report --no-plots results/*-both >text"
check "the text says user space" grep -q '^user_timer (user space): cells 5' text
check "beside each job as well" grep -q '^thread (user space): ' text
check "the page says user space" \
	grep -q 'workload <b>user_thread</b> (user space)' results/*-both/report.html
check "and that there was no module" \
	grep -q 'There was no module' results/*-both/report.html

check_fails 0 '^user_timer .* \(user space, runs without the module\)$' \
	"list marks what is of user space" ktb list
check_fails 0 '^ktbench: no workloads but those of user space are known: .*there is no /nonexistent' \
	"without a catalogue it says what is missing" ktb list
printf '%s\n' "[b]" "workload = null" >null.ini
check "without one a job of the module's says what is missing" sh -c \
	"'$K' run null.ini $NONE 2>&1 | grep -q '^ktbench: there is no /nonexistent'"
check "a job of user space needs none" sh -c \
	"'$K' run -n both.ini $NONE 2>&1 >/dev/null | cmp - /dev/null"
export KTBENCH_CATALOG="$TMP/catalog.json"
cp "$TOP/runner/catalog.json" .
check_fails 0 '^hrtimer ' "with one it lists both" ktb list
check "list --json gives the catalogue back" sh -c \
	"'$K' list --json $NONE 2>/dev/null | cmp - catalog.json"
sed '/"user": false,/d' catalog.json >old.json
check "a catalogue that does not say where its workloads run will do" sh -c \
	"KTBENCH_CATALOG=old.json '$K' list --json $NONE 2>/dev/null | cmp - catalog.json"
check "what both have is called and means the same" jq -e '
	def rows($w): map(select(.name == $w))[0].params |
		map(select(.name | IN("duration", "warmup", "seed", "raw_samples",
				      "policy", "priority", "nice"))) |
		map(if .name == "policy" then del(.help) else . end);
	(rows("kthread_wake") | length == 7) and rows("user_timer") == rows("kthread_wake") and
	rows("user_thread") == rows("kthread_wake")' catalog.json
check "a dry run of user space has no remark" sh -c \
	"'$K' run -n both.ini $NONE 2>&1 >/dev/null | cmp - /dev/null"

check_fails 0 '^ktbench: the module.s workloads are those of .*catalog\.json' \
	"a dry run of both has one" ktb run -n both.ini null.ini
check "a plan of both needs the module" sh -c \
	"'$K' run both.ini null.ini --results none $NONE 2>&1 | grep -q '^ktbench: there is no /nonexistent'"

# A CPU that a real-time thread takes for itself: many periods are missed, and those that
# are served say nothing of it.
first=$(taskset -pc $$ | sed 's/.*: *\([0-9]*\).*/\1/')
job busy.ini "workload = user_timer" "cpus = $first" "duration = 1500ms" "warmup = 20ms"
if chrt -f 1 true 2>/dev/null; then
	# Nothing of its priority would get that CPU to end it: the kernel does, by its CPU time.
	(ulimit -t 10 && exec taskset -c "$first" chrt -f 50 sh -c 'while :; do :; done') &
	hog=$!
	at_exit "kill -KILL $hog 2>/dev/null || :"
	check "user space on a busy CPU is measured" sh -c \
		"'$K' run busy.ini --results results $NONE 2>busy.said"
	kill -KILL $hog
	wait $hog 2>/dev/null
	cat busy.said
	check "each of its periods is served or missed" cells busy \
		'.[0].cpus[0].counters | .wakes + .missed == 1500 and .missed > 150'
	# A stall that begins before the window has its longest wait there.
	check "each that was missed is recorded, and late" cells busy \
		'.[0].cpus[0] | .metrics.lateness_missed.count == .counters.missed and .metrics.lateness_missed.early == 0 and
		 .metrics.lateness_missed.max > 10000000'
	counts=$("$TOP/vm/cells" results/*-busy |
		jq -rs '.[0].cpus[0] | "\(.metrics.lateness.count) samples, missed \(.counters.missed)"')
	check "the progress says how many" grep -q ": ok, $counts" busy.said
else
	skip "user space on a busy CPU" "this needs real-time priority"
fi

job many.ini "workload = user_thread" "cpus = all" "threads = 32768"
# shellcheck disable=SC2016 # Nothing is meant to be expanded.
check_fails 2 '^ktbench: many\.ini:1: \[a\] cell 0: it asks for more threads on all CPUs together than can be made here, which is 200 threads; lower `threads`' \
	"too many threads are refused, with the limit and the remedy" \
	bash -c "ulimit -Su 200; ulimit -Hu 200; $nobody '$K' run many.ini --results none $NONE"
job combination.ini "workload = user_timer" "api = timerfd" "slack = 1us"
check_fails 4 '^ktbench: combination\.ini:1: \[a\] cell 0: slack = 1us cannot be measured' \
	"slack where there is none" ktb run combination.ini --results none
job disturb.ini "workload = user_timer" "disturb_cpus = all"
check_fails 2 'disturb\.ini:1: \[a\] cell 0: CPU [0-9]+ of disturb_cpus is there for nothing: user space cannot' \
	"nothing to disturb with" ktb run disturb.ini --results none
job period.ini "workload = user_timer" "period = 0"
check_fails 2 '^ktbench: period\.ini:3: \[a\] period: 0 is out of range, which is 100us to 1s' \
	"no period at all" ktb run period.ini --results none
if [ "$nobody" != "$apart" ]; then
	job rt.ini "workload = user_thread" "policy = normal, fifo"
	check_fails 5 '^ktbench: rt\.ini:1: \[a\] cell 1 \(policy=fifo\): policy = fifo takes a permission that this process does not have: run as root, raise RLIMIT_RTPRIO' \
		"a real-time policy without the permission" \
		ktb run rt.ini --results none
	job nice.ini "workload = user_timer" "nice = -5"
	check_fails 5 'nice\.ini:1: \[a\] cell 0: nice = -5 takes a permission' \
		"less nice without the permission" ktb run nice.ini --results none
	job few.ini "workload = user_thread" "cpus = all" "threads = 58" "duration = 100ms"
	check_fails 6 '^\[1/1\] a: invalid, 0 samples: the kernel could not make a thread or a timer for CPU [0-9]+: Resource temporarily unavailable \(.*RLIMIT_NPROC' \
		"threads that cannot be made end the run" \
		bash -c "ulimit -Su 60; ulimit -Hu 60; $nobody '$K' run few.ini --set a.cpus=one-per-numa --results results $NONE"
else
	skip "what takes a permission" "this needs root and setpriv"
fi
check "refused runs leave nothing" rmdir none

# shellcheck disable=SC2086 # The words are meant to be split.
$nobody timeout -s INT -k 5 2 "$K" run align.ini --align 3600 --results results --name hour \
	$NONE >said 2>&1
check "Ctrl-C is heard while a run waits for its hour" test $? -eq 124
# shellcheck disable=SC2086 # The words are meant to be split.
$nobody "$K" run both.ini --set '*.duration=60s' --results results --name cut \
	$NONE >said 2>/dev/null &
pid=$!
at_exit "kill $pid 2>/dev/null || :"
until grep -q '^[0-9]* cells' said; do sleep 0.05; done
sleep 0.3
kill -TERM $pid
status=0
wait $pid || status=$?
check "SIGTERM ends it" test $status -eq 143
check "what was measured is kept" cells cut \
	'length == 1 and .[0].state == "interrupted" and ([.[0].cpus[].counters.wakes] | min) > 0'
finish
