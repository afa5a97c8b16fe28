#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 400
# Runs that must not give a number: a CPU that goes offline, if only for a moment,
# one that comes online where samples may go, one that is starved by its timers, a
# clock that is set. Each is ended, told and exits 6.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

cat >"$TMP/guest" <<'GUEST'
#!/bin/sh
one() {
	name=$1; shift
	ktbench run /jobs.ini --results /out --name "$name" "$@" >/out/$name.log 2>&1
	echo $? >/out/$name.status
}
# begun NAME: until it has measured for two seconds, after its checks and its ledger.
begun() {
	until ls /out/*-"$1"/result.json >/dev/null 2>&1; do sleep 0.2; done
	sleep 2
}
(begun hotplug; for on in 0 1; do echo $on >/sys/devices/system/cpu/cpu1/online; done) &
one hotplug
echo 0 >/sys/devices/system/cpu/cpu3/online
(begun came; echo 1 >/sys/devices/system/cpu/cpu3/online) &
one came --set wrong.pinned=no
(begun clock; date -s "2031-01-01 00:00:00" >/dev/null) &
one clock --set wrong.clock=realtime --set wrong.duration=6s
echo -1 >/proc/sys/kernel/sched_rt_runtime_us
(
	begun starved
	taskset 2 chrt -f 50 sh -c 'while :; do :; done' &
	sleep 15
	kill $!
) &
one starved
GUEST
chmod +x "$TMP/guest"

check "a guest for runs that go wrong" "$TOP/vm/run" --quiet --smp 4 --mem 1G --timeout 240 --out "$TMP/vm" \
	--add "$TOP/tests/module/invalid.ini:/jobs.ini" --add "$TMP/guest:/guest" --add "$(command -v chrt):/bin/chrt" -- /guest

# told NAME REGEX: exit 6, the regex in what was printed and in the cell.
told() {
	check "$1: exit status 6" grep -qx 6 "$TMP/vm/$1.status"
	check "$1: told in a sentence" grep -Eq "$2" "$TMP/vm/$1.log"
	check "$1: the cell is kept, invalid, and says why" \
		jq -es "length == 1 and all(.state == \"invalid\" and (.reason | test(\"$2\")))" \
		<("$TOP/vm/cells" "$TMP/vm"/*-"$1")
	[ "$KTB_FAILED" -eq 0 ] || diag <"$TMP/vm/$1.log"
}
told hotplug "CPU 1 went offline"
told came "CPU 3 came online"
check "hotplug: what was measured is kept" jq -es 'all(.[].cpus[].metrics; .lateness.count > 0)' \
	<("$TOP/vm/cells" "$TMP/vm"/*-hotplug)
told clock "clock_set"
# Timers of the clock that was set came early: without slack, their parts are made from
# the whole.
check "clock: what is early is early in the parts, too" jq -es 'all(.[].cpus[].metrics;
	.lateness.early > 0 and .slack_used.early == .lateness.early and .past_hard.early == 0 and
	.slack_used.count == .lateness.count and .past_hard.count == .lateness.count - .lateness.early and
	.lateness.sum == .slack_used.sum + .past_hard.sum and .past_hard.buckets == .lateness.buckets and
	.slack_used.min == .lateness.min and .past_hard.max == .lateness.max and .past_hard.min >= 0)' \
	<("$TOP/vm/cells" "$TMP/vm"/*-clock)
told starved "CPU 1 .*(starved|no time)"
finish
