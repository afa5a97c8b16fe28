// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verdict at a look. It may not know how it comes about.
 */
#include <stdlib.h>
#include <string.h>

#include "boots_verdict.h"
#include "command.h"
#include "sysfs.h"

static int run_compare(const struct ktb_boots *plan, const char *dir)
{
	struct ktb_command command = { 0 };
	char *program = ktb_sysfs_path("/proc/self/exe");
	char *looks = ktb_looks_text(&plan->looks);
	int ret;

	ktb_command_add(&command, "%s", program);
	ktb_command_add(&command, "compare");
	ktb_command_add(&command, "--looks");
	ktb_command_add(&command, "%s", looks);
	ktb_command_add(&command, "%s", dir);
	ret = ktb_command_run(&command);
	ktb_command_free(&command);
	free(looks);
	free(program);
	return ret;
}

int ktb_boots_verdict(const struct ktb_boots *plan, const char *dir,
		      size_t look, bool *is_clear, struct ktb_error *err)
{
	const int ret = run_compare(plan, dir);

	*is_clear = ret == KTB_EXIT_OK || ret == KTB_EXIT_WORSE;
	if (*is_clear || ret == KTB_EXIT_NOISY)
		return 0;
	if (ret < 0)
		return ktb_message_set(
			err, KTB_EXIT_DEVICE,
			"the look at %zu boots a side cannot be had: %s", look,
			strerror(-ret));
	return ktb_message_set(
		err, ret,
		"the look at %zu boots a side gave no verdict (exit %d): see what `ktbench compare %s` says",
		look, ret, dir);
}
