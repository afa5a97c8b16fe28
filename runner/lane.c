// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The lane. It may not know what is measured.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "interrupt.h"
#include "lane.h"
#include "nearest.h"
#include "sysfs.h"
#include "text.h"

/* The exact lane's: whole ticks at any HZ, and longer than most runs take. */
#define ALIGN_S	 8
#define NS_PER_S INT64_C(1000000000)

static const struct {
	const char *name;
	int64_t align_s;
} lanes[] = { { "metal", 0 }, { "vm", 0 }, { "exact", ALIGN_S } };

bool ktb_lane_is_hypervisor(void)
{
	char text[KTB_SYSFS_LEN];

	/* The first CPU's flags are well within the first 4 KiB. */
	return !ktb_sysfs_read("/proc/cpuinfo", text) &&
	       strstr(text, " hypervisor");
}

int ktb_lane_find(struct ktb_lane *lane, struct ktb_error *err)
{
	const char *named = getenv("KTBENCH_LANE");
	const char *detail = getenv("KTBENCH_LANE_DETAIL");
	struct ktb_nearest nearest;
	size_t i;

	lane->detail = detail ? detail : "";
	lane->align_s = 0;
	lane->name = ktb_lane_is_hypervisor() ? "vm" : "metal";
	if (ktb_text_refuse(detail, "KTBENCH_LANE_DETAIL", err))
		return err->code;
	if (!named || !*named)
		return 0;
	ktb_nearest_begin(&nearest, named);
	for (i = 0; i < sizeof(lanes) / sizeof(lanes[0]); i++) {
		lane->name = lanes[i].name;
		lane->align_s = lanes[i].align_s;
		if (!strcmp(lane->name, named))
			return 0;
		ktb_nearest_offer(&nearest, lane->name);
	}
	return ktb_message_set(err, KTB_EXIT_USAGE,
			       "KTBENCH_LANE is '%s', not metal, vm or exact%s",
			       named, ktb_nearest_hint(&nearest));
}

/* False if a signal came. */
static bool sleep_for(int64_t ns)
{
	const struct timespec rest = { .tv_sec = ns / NS_PER_S,
				       .tv_nsec = ns % NS_PER_S };

	return ns <= 0 || !ppoll(NULL, 0, &rest, ktb_interrupt_mask());
}

void ktb_lane_wait(const struct ktb_lane *lane)
{
	struct timespec now, moment = { 0 };

	if (!lane->align_s)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	moment.tv_sec = now.tv_sec + lane->align_s - now.tv_sec % lane->align_s;
	/* Signals are heard but in the last second, which has to end on the dot. */
	if (sleep_for((moment.tv_sec - now.tv_sec - 1) * NS_PER_S -
		      now.tv_nsec))
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, NULL);
}
