// SPDX-License-Identifier: GPL-2.0-or-later
/* The command `ktbench`. It knows nothing: see verbs.c. */
#include <jansson.h>

#include "seed.h"
#include "verbs.h"

int main(int argc, char **argv)
{
	/* Left to itself, jansson waits for entropy, for its hash tables. */
	json_object_seed(ktb_seed_choose());
	return ktb_verbs_main(argc, argv);
}
