#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Which lines of a guest's log are warnings of its kernel.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

# log BEFORE DURING AFTER: a guest's log, carriage returns and all.
log() {
	printf '%s\r\n' "[ 0.1] Linux version 6.1" "$1" "[ 3.1] ktb-vm: begin" \
		"$2" "[ 5.0] ktb-vm: end" "$3" >"$TMP/log"
}

found() {
	log "" "$1" ""
	check "found: $1" sh -c '[ "$("$1" "$2")" = "$3" ]' sh \
		"$TOP/vm/warnings" "$TMP/log" "$1"
}

passed() {
	log "" "$1" ""
	check "passed: $1" "$TOP/vm/warnings" "$TMP/log"
}

found "[ 4.0] WARNING: CPU: 0 PID: 115 at kernel/time/timer.c:1 x+0xe/0x10"
found "[ 4.0] BUG: kernel NULL pointer dereference, address: 0000000000000000"
found "[ 4.0] BUG: sleeping function called from invalid context at mm/x.c:1"
found "[ 4.0] Oops: 0002 [#1] PREEMPT SMP NOPTI"
found "[ 4.0] watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [ktb/1:88]"
found "[ 4.0] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:"
found "[ 4.0] rcu: INFO: rcu_sched self-detected stall on CPU"
found "[ 4.0] INFO: task ktbench:99 blocked for more than 120 seconds."
found "[ 4.0] BUG: KFENCE: use-after-free read in ktb_area_free+0x1/0x2"
found "[ 4.0] UBSAN: shift-out-of-bounds in main.c:1:2"
found "[ 4.0] WARNING: possible circular locking dependency detected"
found "[ 4.0] ODEBUG: free active (active state 0) object: timer_list"
found "[ 4.0] refcount_t: underflow; use-after-free."
found "[ 4.0] general protection fault, probably for non-canonical address"
found "[ 4.0] list_del corruption. prev->next should be x"
found "[ 4.0] ktb-vm: warning: ktbench.ko does not unload: in use"
passed "[ 4.0] ktbench: loading out-of-tree module taints kernel."
passed "[ 4.0] ktbench: module verification failed: signature and/or required key missing - tainting kernel"
passed "[ 4.0] hrtimer: interrupt took 2345678 ns"
passed "[ 4.0] clocksource: Switched to clocksource tsc"
log "[ 1.0] WARNING: at boot" "" "[ 6.0] WARNING: at power-off"
check "what comes before begin and after end is not the command's" \
	"$TOP/vm/warnings" "$TMP/log"
printf '[ 3.1] ktb-vm: begin\n[ 4.0] Kernel panic - not syncing: x\n' >"$TMP/log"
check_fails 1 'Kernel panic' "a log without an end counts to its last line" \
	"$TOP/vm/warnings" "$TMP/log"
finish
