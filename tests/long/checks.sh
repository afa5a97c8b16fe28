#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 14400
# Every contract, PASSES times in a row in each of CHECK_KERNELS: a third of them on
# idle CPUs, a third with all CPUs busy, a third while a CPU goes off and on. None
# fails three times on end, and the kernel minds none of it. What failed once, as on a
# machine that stood still, is told. CHECKS="timer_list hrtimer*" are these alone.
# shellcheck disable=SC2016 # the guest's shell fills it in

. "$(dirname "$0")/../lib.sh"

PASSES=${PASSES:-100}
GUEST='
CHECKS=$2
set -f
pass() {
	failing=$CHECKS
	for try in 1 2 3; do
		ktbench check $failing >/tmp/said
		code=$?
		[ $code -ne 0 ] || break
		echo "pass $passes, $1, try $try: exit $code"
		grep -B 12 "^not ok" /tmp/said
		failing=$(sed -n "s/^not ok [0-9]* //p" /tmp/said)
	done
	[ $code -eq 0 ] || echo "broken: $failing"
	passes=$((passes + 1))
}
passes=0
while [ $passes -lt $(($1 / 3)) ]; do pass idle; done
for cpu in 0 1 2 3; do taskset $((1 << cpu)) sh -c "while :; do :; done" & done
while [ $passes -lt $(($1 * 2 / 3)) ]; do pass busy; done
kill $(jobs -p)
wait
(while :; do for on in 0 1; do
	echo $on >/sys/devices/system/cpu/cpu3/online 2>/dev/null && echo >>/tmp/turns
	usleep 50000
done; done) &
while [ $passes -lt $1 ]; do pass hotplug; done
kill $!
echo 1 >/sys/devices/system/cpu/cpu3/online 2>/dev/null
echo "turns of the CPU: $(wc -l </tmp/turns)"
echo "threads left: $(ps | grep -c "[k]tb_")"
rmmod ktbench && echo "passes: $passes"'

for kernel in ${CHECK_KERNELS:-6.1 7.2-rt}; do
	"$TOP/vm/run" --quiet --kernel "$kernel" --smp 4 --topology 2x1x2 --numa 2 \
		--mem 1G --timeout 7000 -- sh -c "$GUEST" sh "$PASSES" "${CHECKS:-}" \
		>"$TMP/said" 2>"$TMP/err" </dev/null
	check "$kernel: the guest comes back without a warning" test $? -eq 0
	diag <"$TMP/said"
	diag <"$TMP/err"
	check "$kernel: $PASSES passes" grep -qx "passes: $PASSES" "$TMP/said"
	check "$kernel: no contract fails each time" sh -c "! grep -q '^broken: ' '$TMP/said'"
	check "$kernel: no thread is left" grep -qx 'threads left: 0' "$TMP/said"
	check "$kernel: the CPU went off and on" \
		grep -Eq '^turns of the CPU: [1-9][0-9]' "$TMP/said"
done
finish
