// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ways to look at the machine, for the rows of fitness.c. It may not know which
 * rows there are.
 */
#include <hwloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lane.h"
#include "look.h"
#include "sysfs.h"

/* C-states that take longer to leave than this disturb a timer. */
#define DEEP_LATENCY_US 10

static void found_text(struct ktb_fitness *found, enum ktb_fitness_state state,
		       const char *text)
{
	found->state = state;
	snprintf(found->value, sizeof(found->value), "%.*s",
		 KTB_FITNESS_VALUE_LEN - 1, text);
}

int ktb_fitness_value(const char *path, char *text)
{
	char *begin, *end;
	int ret = ktb_sysfs_read(path, text);

	begin = strchr(text, '[');
	end = begin ? strchr(begin, ']') : NULL;
	if (end) {
		*end = '\0';
		memmove(text, begin + 1, strlen(begin + 1) + 1);
	}
	return ret;
}

/* Every file that matters has the wanted text. */
void ktb_look_files(const struct ktb_fitness_check *check,
		    struct ktb_fitness *found)
{
	struct ktb_sysfs_paths paths = ktb_sysfs_glob(check->path);
	char other[KTB_FITNESS_VALUE_LEN / 2] = "";
	char good[KTB_FITNESS_VALUE_LEN / 2] = "";
	char text[KTB_SYSFS_LEN];
	size_t i, nr = 0, nr_bad = 0;

	for (i = 0; i < paths.nr; i++) {
		if ((check->concerns && !check->concerns(paths.path[i])) ||
		    ktb_fitness_value(paths.path[i], text))
			continue;
		nr++;
		if (ktb_fitness_is_good(check, text)) {
			snprintf(good, sizeof(good), "%.*s",
				 (int)sizeof(good) - 1, text);
			continue;
		}
		if (nr_bad++)
			continue;
		snprintf(other, sizeof(other), "%.*s", (int)sizeof(other) - 1,
			 text);
	}
	ktb_sysfs_paths_free(&paths);
	if (!nr)
		found_text(found, KTB_FITNESS_UNKNOWN,
			   "this kernel does not tell");
	else if (!nr_bad)
		found_text(found, KTB_FITNESS_OK, good);
	else if (nr == 1)
		found_text(found, check->bad, other);
	else
		found_text(found, check->bad, "");
	if (nr_bad && nr > 1)
		snprintf(found->value, sizeof(found->value),
			 "%zu of %zu files say otherwise, one of them '%s'",
			 nr_bad, nr, other);
}

/* The file has a text at all. */
void ktb_look_not_empty(const struct ktb_fitness_check *check,
			struct ktb_fitness *found)
{
	char text[KTB_SYSFS_LEN];

	if (ktb_sysfs_read(check->path, text))
		found_text(found, KTB_FITNESS_UNKNOWN,
			   "this kernel does not tell");
	else
		found_text(found, *text ? KTB_FITNESS_OK : check->bad,
			   *text ? text : "none");
}

/* The file is not there. */
void ktb_look_absent(const struct ktb_fitness_check *check,
		     struct ktb_fitness *found)
{
	const bool exists = ktb_sysfs_exists(check->path);

	found_text(found, exists ? check->bad : KTB_FITNESS_OK,
		   exists ? "on" : "off");
}

void ktb_look_hypervisor(const struct ktb_fitness_check *check,
			 struct ktb_fitness *found)
{
	const bool is_guest = ktb_lane_is_hypervisor();

	found_text(found, is_guest ? check->bad : KTB_FITNESS_OK,
		   is_guest ? "yes" : "no");
}

void ktb_look_clocksource(const struct ktb_fitness_check *check,
			  struct ktb_fitness *found)
{
	ktb_look_files(check, found);
	/* A guest's own clock costs more than the TSC, but it is no bus. */
	if (found->state == check->bad && strstr(found->value, "kvm-clock"))
		found->state = KTB_FITNESS_WARN;
}

/* The CPUs of this process are all that are online. */
void ktb_look_allowed(const struct ktb_fitness_check *check,
		      struct ktb_fitness *found)
{
	static const char name[] = "Cpus_allowed_list:";
	hwloc_bitmap_t allowed = hwloc_bitmap_alloc();
	hwloc_bitmap_t online = hwloc_bitmap_alloc();
	char status[KTB_SYSFS_LEN], all[KTB_SYSFS_LEN];
	const bool is_told =
		!ktb_sysfs_read(check->path, status) &&
		!ktb_sysfs_read("/sys/devices/system/cpu/online", all);
	char *list = is_told ? strstr(status, name) : NULL;
	bool is_all;

	if (!list) {
		found_text(found, KTB_FITNESS_UNKNOWN,
			   "this kernel does not tell");
	} else {
		list += strlen(name);
		list += strspn(list, " \t");
		list[strcspn(list, "\n")] = '\0';
		hwloc_bitmap_list_sscanf(allowed, list);
		hwloc_bitmap_list_sscanf(online, all);
		is_all = hwloc_bitmap_isincluded(online, allowed);
		found_text(found, is_all ? KTB_FITNESS_OK : check->bad, list);
	}
	hwloc_bitmap_free(allowed);
	hwloc_bitmap_free(online);
}

void ktb_look_load(const struct ktb_fitness_check *check,
		   struct ktb_fitness *found)
{
	char text[KTB_SYSFS_LEN];
	unsigned int whole, hundredths;

	if (ktb_sysfs_read(check->path, text) ||
	    sscanf(text, "%u.%2u", &whole, &hundredths) != 2) {
		found_text(found, KTB_FITNESS_UNKNOWN,
			   "this kernel does not tell");
		return;
	}
	text[strcspn(text, " ")] = '\0';
	found_text(found,
		   whole * 100 + hundredths > 100 ? check->bad : KTB_FITNESS_OK,
		   text);
}

void ktb_look_swap(const struct ktb_fitness_check *check,
		   struct ktb_fitness *found)
{
	char text[KTB_SYSFS_LEN];
	const bool is_told = !ktb_sysfs_read(check->path, text);
	const bool is_on = strchr(text, '\n');

	if (!is_told)
		found_text(found, KTB_FITNESS_OK, "none");
	else
		found_text(found, is_on ? check->bad : KTB_FITNESS_OK,
			   is_on ? "on" : "none");
}

void ktb_look_process(const struct ktb_fitness_check *check,
		      struct ktb_fitness *found)
{
	struct ktb_sysfs_paths paths = ktb_sysfs_glob(check->path);
	char text[KTB_SYSFS_LEN];
	bool is_running = false;
	size_t i;

	for (i = 0; i < paths.nr; i++)
		if (!ktb_sysfs_read(paths.path[i], text) &&
		    !strcmp(text, check->want))
			is_running = true;
	ktb_sysfs_paths_free(&paths);
	found_text(found, is_running ? check->bad : KTB_FITNESS_OK,
		   is_running ? "running" : "not running");
}

/* A debugging option in /boot/config-RELEASE that costs time in every timer. */
void ktb_look_config(const struct ktb_fitness_check *check,
		     struct ktb_fitness *found)
{
	static const char *const options[] = {
		"PROVE_LOCKING",
		"KASAN",
		"KCSAN",
		"KMSAN",
		"DEBUG_OBJECTS_TIMERS",
		"DEBUG_KMEMLEAK",
		"LOCK_STAT",
		"DEBUG_SPINLOCK",
		"DEBUG_ATOMIC_SLEEP",
	};
	char release[KTB_SYSFS_LEN], path[KTB_SYSFS_LEN + 16], line[256];
	char seen[KTB_FITNESS_VALUE_LEN] = "", wanted[64];
	size_t i, len = 0;
	char *real;
	FILE *file;

	ktb_sysfs_read("/proc/sys/kernel/osrelease", release);
	snprintf(path, sizeof(path), "/boot/config-%s", release);
	real = ktb_sysfs_path(path);
	file = fopen(real, "re");
	free(real);
	if (!file) {
		found_text(found, KTB_FITNESS_UNKNOWN,
			   "no /boot/config of the running kernel");
		return;
	}
	while (fgets(line, sizeof(line), file)) {
		for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
			snprintf(wanted, sizeof(wanted), "CONFIG_%s=y\n",
				 options[i]);
			if (!strcmp(line, wanted) && len < sizeof(seen))
				len += (size_t)snprintf(seen + len,
							sizeof(seen) - len,
							"%s%s", len ? " " : "",
							options[i]);
		}
	}
	fclose(file);
	found_text(found, len ? check->bad : KTB_FITNESS_OK,
		   len ? seen : "none");
}

bool ktb_look_is_deep_state(const char *path)
{
	char latency[KTB_SYSFS_LEN], text[KTB_SYSFS_LEN];

	snprintf(latency, sizeof(latency), "%.*slatency",
		 (int)(strrchr(path, '/') + 1 - path), path);
	return !ktb_sysfs_read(latency, text) && atol(text) > DEEP_LATENCY_US;
}

void ktb_look_nowhere(const struct ktb_fitness_check *check,
		      struct ktb_fitness *found)
{
	found_text(found, KTB_FITNESS_UNKNOWN, "cannot be seen from here");
}
