// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A seed from the kernel. It may not know what it is for.
 */
#include <sys/random.h>

#include "seed.h"

uint32_t ktb_seed_choose(void)
{
	uint32_t seed;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed) ||
	    !seed)
		seed = 1;
	return seed;
}
