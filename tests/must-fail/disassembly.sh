#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# tests/module/disassembly.sh finds each thing that a callback must not do, in
# the callback and in its cold part, and nothing in one that only does what it
# may.

. "$(dirname "$0")/../lib.sh"

CC=${CC:-gcc}

# compile BODY: an object whose callback does BODY.
compile()
{
	cat >"$TMP/x.c" <<-E
	extern long ktime_get(void);
	extern int mod_timer(void *, long);
	extern void other(void) __attribute__((cold));
	extern int shared, divisor;
	extern void (*pointer)(void);
	void ktb_x_miss(long now);
	__attribute__((noinline)) void ktb_x_miss(long now)
	{
		shared += now;
		${MISS:-}
	}
	void ktb_x_fire(void *timer);
	void ktb_x_fire(void *timer)
	{
		long now = ktime_get();
		$1
		mod_timer(timer, now);
	}
	E
	"$CC" -O2 -fcf-protection=none -fno-pie -c -o "$TMP/x.o" "$TMP/x.c"
}

finds()
{
	compile "$1"
	check_fails 1 "$2" "it finds $3" env KTB_OBJECTS="$TMP/x.o" \
		"$TOP/tests/module/disassembly.sh"
}

command -v objdump >/dev/null || skip_all "objdump is not installed"
command -v "$CC" >/dev/null || skip_all "there is no compiler"
[ "$(uname -m)" = x86_64 ] || skip_all "the test reads x86-64 code only"

compile 'if (now < shared) ktb_x_miss(now);'
check "it finds nothing in what records missed periods" \
	env KTB_OBJECTS="$TMP/x.o" "$TOP/tests/module/disassembly.sh"
finds 'if (now < shared) ktb_x_miss(now / divisor);' 'ktb_x_fire: a division' \
	"a division before missed periods are recorded"
MISS='shared = (int)now % divisor;'
finds 'if (now < shared) ktb_x_miss(now);' 'ktb_x_miss: a division' \
	"a division where missed periods are recorded"
MISS='other(); shared = 1;'
finds 'if (now < shared) ktb_x_miss(now);' 'ktb_x_miss: a call of other' \
	"a call there"
MISS=
compile ''
check "it finds nothing in a callback that reads the clock and re-arms" \
	env KTB_OBJECTS="$TMP/x.o" "$TOP/tests/module/disassembly.sh"
finds '__sync_fetch_and_add(&shared, 1);' 'a lock prefix' "an atomic addition"
finds '__sync_lock_test_and_set(&shared, 1);' 'an exchange with memory' \
	"an exchange"
finds 'shared = (int)now / divisor;' 'a division' "a division"
finds 'shared = (unsigned)now % (unsigned)divisor;' 'a division' "a remainder"
finds 'other(); shared = 1;' 'a call of other' "a call"
finds 'if (now < 0) { other(); shared = 1; }' 'a call of other' \
	"a call in the cold part"
finds 'if (now) { other(); return; }' 'a call of other' "a tail call"
finds 'pointer(); shared = 1;' 'an indirect branch' "a call by a pointer"
finds '((void (*)(void))now)(); shared = 1;' 'an indirect branch' \
	"a call by a register"
echo 'int ktb_x_run(int x); int ktb_x_run(int x) { return x; }' >"$TMP/x.c"
"$CC" -O2 -c -o "$TMP/x.o" "$TMP/x.c"
check_fails 1 'not ok .*there are callbacks to look at' \
	"an object without callbacks does not pass" \
	env KTB_OBJECTS="$TMP/x.o" "$TOP/tests/module/disassembly.sh"
finish
