// SPDX-License-Identifier: GPL-2.0-or-later
/* The command `ktbench`. It knows nothing: see verbs.c. */
#include <jansson.h>
#include <stdint.h>
#include <sys/random.h>

#include "verbs.h"

/*
 * Left to itself, jansson reads /dev/urandom for its hash tables, and on a machine that
 * has just booted the kernel makes up the randomness first: a thousand million
 * instructions.
 */
static void seed_json(void)
{
	uint32_t seed;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed) ||
	    !seed)
		seed = 1;
	json_object_seed(seed);
}

int main(int argc, char **argv)
{
	seed_json();
	return ktb_verbs_main(argc, argv);
}
