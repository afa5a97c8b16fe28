#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 400
# What keeps a run whole when a CPU goes is taken out of a copy of the module, one
# thing after the other; tests/abi/test_hotplug.c, or the kernel, sees it.

. "$(dirname "$0")/../lib.sh"

MODULE=$TMP/module
TEST=$B/tests/abi/test_hotplug
RUNNER=$B/tests/abi/test_query
FAULT='RIP: .*ktb_|oops|page fault|unable to handle|paging request|general protection'

[ -x "$TOP/vm/run" ] || skip_all "vm/run is not there"
[ -x "$TEST" ] || skip_all "$TEST is not built (run 'make abi')"

# plant FILE SED-EXPRESSION: the file of the copy must be another one after it.
plant() {
	cp "$MODULE/$1" "$TMP/before"
	sed -e "$2" "$TMP/before" >"$MODULE/$1"
	! cmp -s "$TMP/before" "$MODULE/$1" || not_ok "a fault can be planted in module/$1"
}

# meet NAME: let CPUs go away under the module with the faults planted so far.
meet() {
	B=$TMP/build KTB_MODULE_DIR=$MODULE KTB_RUNNER=$RUNNER "$TOP/vm/run" --quiet \
		--smp 4 --mem 1G --timeout 150 --add "$TEST:/" -- sh -c \
		'echo begun; echo 1 >/proc/sys/kernel/panic_on_oops; HOTPLUG_EVENTS=21 HOTPLUG_WORKLOAD=timer_wheel /test_hotplug; exit 0' \
		>"$TMP/$1" 2>"$TMP/$1.err" || true
	check "$1: the guest has begun" grep -q '^begun' "$TMP/$1"
}

pristine() {
	rm -rf "$MODULE"
	cp -R "$TOP/module" "$MODULE"
}

# Nobody waits for the run, which takes its time.
pristine
plant engine.c '/^static void ktb_engine_close/,/^}/s/WRITE_ONCE(run->stopping, true);/&\n\tschedule_timeout_idle(HZ \/ 2);/'
plant hotplug.c 's/!ktb_hotplug_end(cpu, matters)/(ktb_hotplug_end(cpu, matters), true)/'
meet waits
check "a CPU that does not wait for its run is seen" \
	grep -q 'the CPU is gone and the run goes on' "$TMP/waits"

# Nobody looks where it is: the tables hold all the same.
pristine
plant workload.h 's/raw_smp_processor_id() == cpu)/raw_smp_processor_id() < nr_cpu_ids)/'
meet home
check "who arms wherever it is leaves no table: all is tried" grep -Eq '^1\.\.8' "$TMP/home"
check "and no memory is touched that is not there" \
	sh -c "! grep -Eiq '$FAULT' '$TMP/home.err'"

# And a CPU without an area has no place in the tables.
plant area.c 's/index_of_cpu\[cpu\] = areas->nr;/index_of_cpu[cpu] = ~0U;/'
meet tables
check "a table that can be left is left, and the kernel sees it" \
	grep -Eiq "$FAULT" "$TMP/tables.err"
[ "$KTB_FAILED" -eq 0 ] || tail -n 20 "$TMP"/waits "$TMP"/home "$TMP"/tables "$TMP"/*.err | diag
finish
