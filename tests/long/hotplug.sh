#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 28800
# A CPU goes away EVENTS times for each workload in each of HOTPLUG_KERNELS, in every
# phase and role (tests/abi/test_hotplug.c). Each run ends as it should, the kernel
# minds none of it, and the module unloads. HOTPLUG_WORKLOAD is one workload alone.

. "$(dirname "$0")/../lib.sh"

EVENTS=${HOTPLUG_EVENTS:-1000}
TEST=$B/tests/abi/test_hotplug

for kernel in ${HOTPLUG_KERNELS:-6.1 6.12-rt 7.3-rt}; do
	KTB_RUNNER=$B/tests/abi/test_query "$TOP/vm/run" --quiet --kernel "$kernel" --smp 4 --mem 1G \
		--timeout 9000 --add "$TEST:/" -- env HOTPLUG_EVENTS="$EVENTS" \
		${HOTPLUG_WORKLOAD:+HOTPLUG_WORKLOAD="$HOTPLUG_WORKLOAD"} \
		/test_hotplug /ktbench/ktbench.ko >"$TMP/said" 2>"$TMP/err" </dev/null
	check "$kernel: the guest comes back, and its kernel has no warning" test $? -eq 0
	tr -d '\r' <"$TMP/said" >"$TMP/cases"
	diag <"$TMP/cases"
	diag <"$TMP/err"
	check "$kernel: it came to its end" grep -Eq '^1\.\.[1-9]' "$TMP/cases"
	check_fails 1 '^0$' "$kernel: each run ends as it should" grep -c '^not ok' "$TMP/cases"
	check "$kernel: $EVENTS events for $(grep -c ' events, ' "$TMP/cases") workloads" \
		grep -q ": $EVENTS events, " "$TMP/cases"
done
finish
