#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 400
# Runs that must not give a number: a CPU that goes offline, one that is starved
# by its timers, a clock that is set. Each is ended, told and exits 6.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

cat >"$TMP/guest" <<'GUEST'
#!/bin/sh
one() {
	name=$1; shift
	ktbench run /jobs.ini --results /out --name "$name" "$@" >/out/$name.log 2>&1
	echo $? >/out/$name.status
}
(sleep 3; echo 0 >/sys/devices/system/cpu/cpu1/online) &
one hotplug
echo 1 >/sys/devices/system/cpu/cpu1/online
(sleep 3; date -s "2031-01-01 00:00:00" >/dev/null) &
one clock --set wrong.clock=realtime --set wrong.duration=6s
echo -1 >/proc/sys/kernel/sched_rt_runtime_us
(
	sleep 2
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
		"$TMP/vm"/*-"$1"/cells.jsonl
	[ "$KTB_FAILED" -eq 0 ] || diag <"$TMP/vm/$1.log"
}
told hotplug "CPU 1 .*offline"
told clock "clock_set"
told starved "CPU 1 .*(starved|no time)"
finish
