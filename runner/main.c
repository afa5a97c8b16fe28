// SPDX-License-Identifier: GPL-2.0-or-later
/* The command `ktbench`. It knows nothing: see verbs.c. */
#include <jansson.h>

#include "message.h"
#include "seed.h"
#include "streams.h"
#include "verbs.h"

int main(int argc, char **argv)
{
	if (ktb_streams_open())
		return KTB_EXIT_DEVICE;
	/* Left to itself, jansson waits for entropy, for its hash tables. */
	json_object_seed(ktb_seed_choose());
	return ktb_verbs_main(argc, argv);
}
