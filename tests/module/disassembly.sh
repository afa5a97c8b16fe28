#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The timer callbacks of the module as the compiler left them, and what they call
# when they have missed periods: no lock prefix, no exchange with memory, no
# division, and no call but of the clock, of the re-arm, of a wake-up and of one
# another. KTB_OBJECTS names other objects than the modules that were built.

. "$(dirname "$0")/../lib.sh"

FIRE='ktb_[a-z0-9_]*_fire'
MISS='ktb_[a-z0-9_]*_miss|ktb_missed_keep'
CALLBACK="($FIRE|$MISS)"
CLOCK='ktime_get|ktime_get_(with_offset|mono_fast_ns|real_ns|coarse.*)'
REARM='mod_timer|hrtimer_forward|hrtimer_start_range_ns'
WAKE=wake_up_process
COMPILER='__fentry__|__stack_chk_fail|__x86_return_thunk|__x86_indirect_thunk_[a-z0-9]+|srso_.*return_thunk'

command -v objdump >/dev/null ||
	skip_all "objdump is not installed (Debian: apt-get install binutils)"

# Every callback that the sources hand to a timer must be found by its name, and so
# must what they leave out of line.
objects=${KTB_OBJECTS:-}
expected=
if [ -z "$objects" ]; then
	expected=$(grep -hoE "$FIRE\(struct (timer_list|hrtimer) " \
		"$TOP"/module/*.c | sed 's/(.*//' | sort -u)
	check "callbacks are called ktb_..._fire" test -n "$expected"
	missing=$(cat "$TOP"/module/*.c | tr '\n\t' '  ' |
		grep -oE "(noinline [a-z0-9_ ]*|[)}/] void )($MISS)\(" |
		sed 's/($//; s/.* //' | sort -u)
	check "what records missed periods is called ktb_..._miss" \
		test "$(echo "$missing" | wc -w)" -ge 3
	expected="$expected $missing"
	for object in "$B"/module/*/ktbench.ko; do
		[ ! -f "$object" ] || objects="$objects $object"
	done
fi
[ -n "$objects" ] || skip_all "no ktbench.ko is built (run 'make module')"

for object in $objects; do
	release=$(basename "$(dirname "$object")")
	objdump -dr -w --no-show-raw-insn "$object" |
		awk -v callback="$CALLBACK" -v allowed="$CLOCK|$REARM|$WAKE|$COMPILER|($MISS)([.][a-z0-9.]*)?" \
			-f "$(dirname "$0")/disassembly.awk" >"$TMP/found"
	check "$release: there are callbacks to look at" \
		grep -q '^callback ' "$TMP/found"
	for name in $expected; do
		check "$release: $name is one of them" \
			grep -qx "callback $name" "$TMP/found"
	done
	if grep -qv '^callback ' "$TMP/found"; then
		not_ok "$release: no callback locks, divides or calls"
		grep -v '^callback ' "$TMP/found" | head -n 20 | diag
	else
		ok "$release: no callback locks, divides or calls"
	fi
	# Regressions on purpose are another build's (docs/injection.md).
	check_fails 1 '^0$' "$release: it cannot be late on purpose" \
		grep -ac ktb_inject "$object"
done
finish
