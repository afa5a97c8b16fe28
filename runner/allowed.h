/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The CPUs that this process may use, of those that are there: by its cgroup's
 * cpuset, and by the affinity that it was started with. What is placed in user
 * space has to keep to them; threads of the kernel are in no cgroup and do not.
 */
#ifndef KTB_ALLOWED_H
#define KTB_ALLOWED_H

#include <stdbool.h>

#include "topology.h"

/**
 * ktb_allowed_read() - ask the kernel
 * @topology: this machine, loaded; @affinity and @cpuset are filled in
 *
 * What the cpuset allows is told by a thread that asks for all CPUs, and not by
 * files, which a container may not show.
 */
void ktb_allowed_read(struct ktb_topology *topology);

/**
 * ktb_allowed_view() - a machine as user space may use it
 * @view: to be filled in; ktb_allowed_view_free() frees it
 * @topology: the machine; outlives the view
 *
 * The view has the CPUs of the affinity only. It is the machine itself if that
 * is all of them.
 */
void ktb_allowed_view(struct ktb_topology *view,
		      const struct ktb_topology *topology);

/** ktb_allowed_view_free() - free a view; not the machine */
void ktb_allowed_view_free(struct ktb_topology *view);

/**
 * ktb_allowed_machine() - the machine that a view is of
 * @topology: a view or a machine
 */
const struct ktb_topology *
ktb_allowed_machine(const struct ktb_topology *topology);

/**
 * ktb_allowed_may_use() - may a CPU be used that a user names?
 * @topology: a view, which asks the cpuset, or a machine: all may
 * @cpu: online
 */
bool ktb_allowed_may_use(const struct ktb_topology *topology, uint32_t cpu);

/**
 * ktb_allowed_text() - which CPUs are allowed, and who says so
 * @topology: a view or a machine
 * @is_named: of CPUs that a user names: by the cpuset; else by the affinity
 *
 * Return: "CPUs 1-3 (the cpuset of cgroup /x)", for free().
 */
char *ktb_allowed_text(const struct ktb_topology *topology, bool is_named);

/**
 * ktb_allowed_is_online() - is a CPU online now?
 * @cpu: the kernel's number
 */
bool ktb_allowed_is_online(uint32_t cpu);

#endif /* KTB_ALLOWED_H */
