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

# Each row finds its own line.
TABLE=$TOP/vm/splats
sed '/^#/d' "$TABLE" >"$TMP/rows"
while IFS= read -r row; do
	pattern=${row%% ;; *} line=${row#* ;; }
	case $pattern in
	"- "*)
		check "it is this row's: $line" grep -qE -e "${pattern#- }" <<<"$line"
		passed "[ 4.0] $line"
		;;
	*)
		check "it is this row's: $line" grep -qE -e "$pattern" <<<"$line"
		found "[ 4.0] $line"
		;;
	esac
done <"$TMP/rows"
check "each row has a pattern and a line" test \
	"$(grep -cE '^.+ ;; .+$' "$TMP/rows")" -eq "$(wc -l <"$TMP/rows")"

# The same in the words of other kernels and architectures.
while IFS= read -r line; do
	found "[ 4.0] $line"
done <<-'END'
	Oops [#1]
	Oops - illegal instruction [#1]
	Kernel BUG [#1]
	kernel BUG at include/linux/mm.h:1021!
	BUG: unable to handle page fault for address: ffffffffc0000000
	BUG: Unable to handle kernel data access at 0xc000000000000000
	Unable to handle kernel access to user memory without uaccess routines at virtual address 0000000000000010
	Unable to handle kernel pointer dereference in virtual kernel address space
	Internal error: synchronous external abort: 0000000096000010 [#1] SMP
	Kernel panic - not syncing: Asynchronous SError Interrupt
	Oops: general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP
	monitor event: 0040 ilc:2 [#1] SMP
	watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [ktb/1:88]
	NMI watchdog: Watchdog detected hard LOCKUP on cpu 1
	watchdog: CPU 3 Hard LOCKUP
	rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
	INFO: rcu_preempt self-detected stall on CPU { 1}
	INFO: task ktb/1:88 is blocked on a mutex likely owned by task ktbench:99.
	INFO: task ktbench:99 blocked in I/O wait for more than 120 seconds.
	BUG: KFENCE: use-after-free read in ktb_area_free+0x1/0x2
	BUG: KASAN: slab-out-of-bounds in ktb_x+0x1/0x2
	BUG: KCSAN: data-race in ktb_x / ktb_y
	BUG: workqueue leaked atomic, lock or RCU: kworker/0:1[9]
	WARNING: possible circular locking dependency detected
	WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected
	BUG: bad unlock balance detected!
	WARNING: held lock freed!
	BUG: spinlock bad magic on CPU#0, ktbench/99
	list_del corruption, ffff888000000000->next is LIST_POISON1
	kfree(): double free detected in cache kmalloc-64
END

# What kernels and programs say besides.
while IFS= read -r line; do
	passed "[ 4.0] $line"
done <<-'END'
	hrtimer: interrupt took 2345678 ns
	clocksource: Switched to clocksource tsc
	perf: interrupt took too long (2508 > 2500), lowering kernel.perf_event_max_sample_rate to 79750
	NOHZ tick-stop error: Non-RCU local softirq work is pending, handler #08!!!
	sched: RT throttling activated
	rcu: 	Max phase no-delay instances is 400.
	smpboot: CPU 1 is now offline
	random: crng init done
	ok 12 timer_list.never_early
	# 140 contracts: 136 hold, 4 changed, 0 skipped, 0 do not hold
	hrtimer: cells 10, repetitions 10 (invalid 0), samples 326,758, lost 0, early 0, overflow 0
	a fault on purpose: irqs off for 400 ms
END
log "[ 1.0] WARNING: at boot" "" "[ 6.0] WARNING: at power-off"
check "what comes before begin and after end is not the command's" \
	"$TOP/vm/warnings" "$TMP/log"
printf '[ 3.1] ktb-vm: begin\n[ 4.0] Kernel panic - not syncing: x\n' >"$TMP/log"
check_fails 1 'Kernel panic' "a log without an end counts to its last line" \
	"$TOP/vm/warnings" "$TMP/log"
finish
