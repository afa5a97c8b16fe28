#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 400
# Every contract in two kernels, one of them real-time: none fails, each says what
# it saw, nothing is left behind, on idle CPUs and with all of them busy.
# CHECK_KERNELS names other kernels than these.
# shellcheck disable=SC2016 # the guest's shell fills it in

. "$(dirname "$0")/../lib.sh"

GUEST='
ktbench check >/out/ktap; echo "idle: exit $?"
for cpu in 0 1 2 3; do taskset $((1 << cpu)) sh -c "while :; do :; done" & done
ktbench check --json >/out/check.json; echo "busy: exit $?"
kill $(jobs -p)
echo "threads left: $(ps | grep -c "[k]tb_")"
rmmod ktbench; echo "unloaded: exit $?"'

# idle KERNEL FILE: no contract of a KTAP fails.
idle() {
	if grep '^not ok' "$2" >"$TMP/failed"; then
		not_ok "$1: every contract holds on idle CPUs"
		while read -r _ _ _ name; do
			grep "^# $name:" -A 12 "$2" | sed '/^[no]/q' | diag
		done <"$TMP/failed"
	else
		ok "$1: every contract holds on idle CPUs"
	fi
	check "$1: $(grep -c '^ok' "$2") contracts were checked" \
		test "$(grep -Ec '^ok [0-9]+ [a-z0-9_.]+$' "$2")" -ge "$MIN"
}

# busy KERNEL FILE: nor one of the JSON.
busy() {
	check "$1: every contract holds with all CPUs busy" jq -e --argjson min "$MIN" \
		'.summary.fails == 0 and .summary.holds + .summary.changed >= $min' "$2"
	jq -r '.checks[] | select(.verdict == "fails") | .name, .reason, .evidence[]' "$2" | diag
}

# Enough that an empty set, or one that skips everything, is no success.
MIN=60
for kernel in ${CHECK_KERNELS:-6.1 6.1-rt}; do
	"$TOP/vm/run" --quiet --kernel "$kernel" --smp 4 --topology 2x1x2 --numa 2 \
		--mem 1G --timeout 180 --out "$TMP/$kernel" -- sh -c "$GUEST" \
		>"$TMP/said" 2>"$TMP/err" </dev/null
	check "$kernel: the guest comes back without a warning" test $? -eq 0
	diag <"$TMP/said"
	diag <"$TMP/err"
	[ -e "$TMP/$kernel/ktap" ] || continue
	idle "$kernel" "$TMP/$kernel/ktap"
	busy "$kernel" "$TMP/$kernel/check.json"
	for line in 'idle: exit 0' 'busy: exit 0' 'threads left: 0' 'unloaded: exit 0'; do
		check "$kernel: $line" grep -qx "$line" "$TMP/said"
	done
	check "$kernel: the JSON holds to its schema" \
		"$TOP/tests/analysis/validate" "$TMP/$kernel/check.json"
	check "$kernel: each check says what it saw" sh -c \
		"! grep -A 1 '^# [a-z_]*\.[a-z0-9_]*: ' '$TMP/$kernel/ktap' | grep '^ok [0-9]* [a-z0-9_.]*\$'"
	sed -n '1p;2p;$p' "$TMP/$kernel/ktap" >"$TMP/frame"
	check "$kernel: it is KTAP" grep -qx 'KTAP version 1' "$TMP/frame"
	check "$kernel: with its plan" grep -qx "1..$(grep -Ec '^(not )?ok ' "$TMP/$kernel/ktap")" "$TMP/frame"
	check "$kernel: and its totals" grep -Eq '^# Totals: pass:[0-9]+ fail:0 ' "$TMP/frame"
done
finish
