// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mark [ROUNDS]: tell count.c, the plugin of QEMU that counts what the guest executes, to
 * write down its count, and print the guest's clock. With ROUNDS it executes two
 * instructions as often, and then does the same again: an amount that is known, to hold
 * the count against.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A nop of seven bytes, with "MKTB" in it. */
static inline void mark(void)
{
	asm volatile(".byte 0x0f, 0x1f, 0x80, 0x4d, 0x4b, 0x54, 0x42" ::
			     : "memory");
}

static long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : 0;
	long long begin_ns, end_ns;

	/* The first call faults pages in. */
	now_ns();
	mark();
	begin_ns = now_ns();
	if (rounds > 0) {
		asm volatile("1: dec %0\n\tjnz 1b" : "+r"(rounds) : : "cc");
		end_ns = now_ns();
		mark();
		printf("%lld\n%lld\n", begin_ns, end_ns);
	} else {
		printf("%lld\n", begin_ns);
	}
	return 0;
}
