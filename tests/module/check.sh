#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 400
# Every contract in two kernels, one of them real-time: none fails, each says what
# it saw, nothing is left behind, on idle CPUs and with all of them busy.
# CHECK_KERNELS names other kernels than these.
# shellcheck disable=SC2016 # the guest's shell fills it in

. "$(dirname "$0")/../lib.sh"

GUEST='
set -f
# pass NAME: all contracts; those that fail once more, and once more: what a machine
# that stalls spoils is spoilt once, what is broken fails each time.
pass() {
	failing="*"
	for try in 1 2 3; do
		ktbench check $failing >/tmp/said
		cat /tmp/said >>/out/$1
		failing=$(sed -n "s/^not ok [0-9]* //p" /tmp/said)
		[ -n "$failing" ] || break
	done
	echo "$1: fail each time: ${failing:-none}"
}
ktbench check --json jiffies "kthread*" >/out/check.json; echo "json: exit $?"
pass idle
for cpu in 0 1 2 3; do taskset $((1 << cpu)) sh -c "while :; do :; done" & done
pass busy
kill $(jobs -p)
echo "threads left: $(ps | grep -c "[k]tb_")"
rmmod ktbench; echo "unloaded: exit $?"'

# guest KERNEL: all of it there; its status is in KERNEL.status then.
guest() {
	"$TOP/vm/run" --quiet --kernel "$1" --smp 4 --topology 2x1x2 --numa 2 \
		--mem 1G --timeout 240 --out "$TMP/$1" -- sh -c "$GUEST" \
		>"$TMP/$1.said" 2>"$TMP/$1.err" </dev/null
	echo $? >"$TMP/$1.status"
}

# passes KERNEL NAME: what a pass of the guest says of itself.
passes() {
	local file=$TMP/$1/$2

	check "$1: no contract fails each time with the CPUs $2" \
		grep -qx "$2: fail each time: none" "$TMP/$1.said"
	check "$1: $(grep -c '^ok' "$file") contracts were checked then" \
		test "$(grep -Ec '^ok [0-9]+ [a-z0-9_.]+$' "$file")" -ge "$MIN"
	grep -B 12 '^not ok' "$file" | diag
}

# judge KERNEL: what its guest left.
judge() {
	local kernel=$1

	[ -e "$TMP/$kernel/busy" ] || return
	passes "$kernel" idle
	passes "$kernel" busy
	for line in 'json: exit 0' 'threads left: 0' 'unloaded: exit 0'; do
		check "$kernel: $line" grep -qx "$line" "$TMP/$kernel.said"
	done
	check "$kernel: the JSON holds to its schema" \
		"$TOP/tests/analysis/validate" "$TMP/$kernel/check.json"
	sed '/^# Totals/q' "$TMP/$kernel/idle" >"$TMP/ktap"
	check "$kernel: each check says what it saw" sh -c \
		"! grep -A 1 '^# [a-z_]*\.[a-z0-9_]*: ' '$TMP/ktap' | grep '^ok [0-9]* [a-z0-9_.]*\$'"
	sed -n '1p;2p;$p' "$TMP/ktap" >"$TMP/frame"
	check "$kernel: it is KTAP" grep -qx 'KTAP version 1' "$TMP/frame"
	check "$kernel: with its plan" grep -qx "1..$(grep -Ec '^(not )?ok ' "$TMP/ktap")" "$TMP/frame"
	check "$kernel: and its totals" grep -Eq '^# Totals: pass:[0-9]+ fail:[0-9]+ ' "$TMP/frame"
}

# Enough that an empty set, or one that skips everything, is no success.
MIN=60
# As many guests at once as there are CPUs.
for kernel in ${CHECK_KERNELS:-6.1 6.1-rt}; do
	[ "$(jobs -rp | wc -l)" -lt "$(nproc)" ] || wait -n
	guest "$kernel" &
done
wait
for kernel in ${CHECK_KERNELS:-6.1 6.1-rt}; do
	check "$kernel: the guest comes back without a warning" \
		test "$(cat "$TMP/$kernel.status")" -eq 0
	diag <"$TMP/$kernel.said"
	diag <"$TMP/$kernel.err"
	judge "$kernel"
done
finish
