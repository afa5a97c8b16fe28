// SPDX-License-Identifier: GPL-2.0-or-later
/* The command `ktbench`. It knows nothing: see verbs.c. */
#include "verbs.h"

int main(int argc, char **argv)
{
	return ktb_verbs_main(argc, argv);
}
