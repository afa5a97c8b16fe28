// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What this process may use of the machine. It may not know jobs or placements.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "allowed.h"
#include "sysfs.h"

#define ONLINE "/sys/devices/system/cpu/online"

/* In a thread of its own, whose affinity goes away with it. */
static void *ask_for_all(void *data)
{
	struct ktb_topology *topology = data;

	hwloc_set_cpubind(topology->hwloc,
			  hwloc_topology_get_complete_cpuset(topology->hwloc),
			  HWLOC_CPUBIND_THREAD);
	hwloc_get_cpubind(topology->hwloc, topology->cpuset,
			  HWLOC_CPUBIND_THREAD);
	return NULL;
}

void ktb_allowed_read(struct ktb_topology *topology)
{
	pthread_t thread;

	if (hwloc_get_cpubind(topology->hwloc, topology->affinity,
			      HWLOC_CPUBIND_THREAD))
		return;
	if (!pthread_create(&thread, NULL, ask_for_all, topology))
		pthread_join(thread, NULL);
	/* Whatever the answer was: where we are we may be. */
	hwloc_bitmap_or(topology->cpuset, topology->cpuset, topology->affinity);
}

void ktb_allowed_view(struct ktb_topology *view,
		      const struct ktb_topology *topology)
{
	const struct ktb_cpu *cpu;
	size_t i;

	*view = *topology;
	view->cpus = NULL;
	view->nr_cpus = 0;
	for (i = 0; i < topology->nr_cpus; i++) {
		cpu = &topology->cpus[i];
		if (!hwloc_bitmap_isset(topology->affinity, cpu->cpu))
			continue;
		view->cpus = ktb_alloc_more(view->cpus, view->nr_cpus,
					    sizeof(*view->cpus));
		view->cpus[view->nr_cpus++] = *cpu;
	}
	ktb_topology_index(view);
	if (view->nr_cpus < topology->nr_cpus)
		view->machine = topology;
}

void ktb_allowed_view_free(struct ktb_topology *view)
{
	free(view->cpus);
	free(view->index);
	*view = (struct ktb_topology){ 0 };
}

const struct ktb_topology *
ktb_allowed_machine(const struct ktb_topology *topology)
{
	return topology->machine ? topology->machine : topology;
}

bool ktb_allowed_may_use(const struct ktb_topology *topology, uint32_t cpu)
{
	return !topology->machine || hwloc_bitmap_isset(topology->cpuset, cpu);
}

/* The path of the cgroup that has a say in CPUs; v1 names its hierarchy. */
static char *cgroup_path(void)
{
	char text[KTB_SYSFS_LEN];
	char *at = text, *line, *path = NULL;
	const char *found;

	ktb_sysfs_read("/proc/self/cgroup", text);
	while ((line = strsep(&at, "\n"))) {
		found = strstr(line, ":cpuset:");
		if (found)
			found += strlen(":cpuset:");
		else if (!path && !strncmp(line, "0::", strlen("0::")))
			found = line + strlen("0::");
		if (!found)
			continue;
		free(path);
		path = ktb_alloc_text("%s", found);
	}
	return path ? path : ktb_alloc_text("%s", "that is not told");
}

char *ktb_allowed_text(const struct ktb_topology *topology, bool is_named)
{
	const bool is_cpuset =
		is_named ||
		hwloc_bitmap_isequal(topology->affinity, topology->cpuset);
	char *path = cgroup_path();
	char *list = NULL, *text;

	hwloc_bitmap_list_asprintf(&list, is_named ? topology->cpuset :
						     topology->affinity);
	text = is_cpuset ? ktb_alloc_text("CPUs %s (the cpuset of cgroup %s)",
					  list ? list : "", path) :
			   ktb_alloc_text("CPUs %s (its affinity: taskset)",
					  list ? list : "");
	free(list);
	free(path);
	return text;
}

bool ktb_allowed_is_online(uint32_t cpu)
{
	hwloc_bitmap_t online = hwloc_bitmap_alloc();
	char text[KTB_SYSFS_LEN];
	bool is_online;

	is_online = !ktb_sysfs_read(ONLINE, text) && *text &&
		    !hwloc_bitmap_list_sscanf(online, text) &&
		    hwloc_bitmap_isset(online, cpu);
	hwloc_bitmap_free(online);
	return is_online;
}
