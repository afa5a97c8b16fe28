// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The machine as hwloc sees it. It may not know jobs or placements.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "allowed.h"
#include "sysfs.h"
#include "text.h"
#include "topology.h"

/* Some kilobytes a CPU. */
#define MAX_XML_BYTES (256L << 20)

static int ancestor_index(hwloc_topology_t hwloc, hwloc_obj_t pu,
			  hwloc_obj_type_t type)
{
	hwloc_obj_t object = hwloc_get_ancestor_obj_by_type(hwloc, type, pu);

	return object ? (int)object->logical_index : KTB_TOPOLOGY_NONE;
}

static void list_cpus(struct ktb_topology *topology)
{
	hwloc_obj_t pu = NULL;

	while ((pu = hwloc_get_next_obj_by_type(topology->hwloc, HWLOC_OBJ_PU,
						pu))) {
		topology->cpus = ktb_alloc_more(topology->cpus,
						topology->nr_cpus,
						sizeof(*topology->cpus));
		topology->cpus[topology->nr_cpus++] = (struct ktb_cpu){
			.cpu = pu->os_index,
			.core = ancestor_index(topology->hwloc, pu,
					       HWLOC_OBJ_CORE),
			.l3 = ancestor_index(topology->hwloc, pu,
					     HWLOC_OBJ_L3CACHE),
			.package = ancestor_index(topology->hwloc, pu,
						  HWLOC_OBJ_PACKAGE),
			.node = KTB_TOPOLOGY_NONE,
		};
		if (pu->os_index >= topology->nr_index)
			topology->nr_index = pu->os_index + 1;
	}
}

/* The CPUs of a core stand side by side. */
static void find_smt(struct ktb_topology *topology)
{
	const struct ktb_cpu *cpu;
	size_t i;

	topology->smt_core = KTB_TOPOLOGY_NONE;
	for (i = 1; i < topology->nr_cpus; i++) {
		cpu = &topology->cpus[i];
		if (cpu->core == KTB_TOPOLOGY_NONE || cpu[-1].core != cpu->core)
			continue;
		topology->smt_core = cpu->core;
		return;
	}
}

void ktb_topology_index(struct ktb_topology *topology)
{
	size_t i;

	topology->index = ktb_alloc_zeroed(topology->nr_index + 1,
					   sizeof(*topology->index));
	for (i = 0; i < topology->nr_index; i++)
		topology->index[i] = SIZE_MAX;
	for (i = 0; i < topology->nr_cpus; i++)
		topology->index[topology->cpus[i].cpu] = i;
	find_smt(topology);
}

static int larger_first(const void *a, const void *b)
{
	const hwloc_obj_t one = *(const hwloc_obj_t *)a;
	const hwloc_obj_t other = *(const hwloc_obj_t *)b;
	const int left = hwloc_bitmap_weight(one->cpuset);
	const int right = hwloc_bitmap_weight(other->cpuset);

	if (left != right)
		return left < right ? 1 : -1;
	return one->logical_index < other->logical_index ? 1 : -1;
}

/* The node with the fewest CPUs that has one: memory-side nodes nest. */
static void find_nodes(struct ktb_topology *topology)
{
	hwloc_obj_t *nodes = NULL, node = NULL;
	unsigned int cpu;
	size_t nr = 0, i;

	while ((node = hwloc_get_next_obj_by_type(topology->hwloc,
						  HWLOC_OBJ_NUMANODE, node))) {
		nodes = ktb_alloc_more(nodes, nr, sizeof(hwloc_obj_t));
		nodes[nr++] = node;
	}
	topology->nr_nodes = (int)nr;
	if (nr)
		qsort(nodes, nr, sizeof(hwloc_obj_t), larger_first);
	for (i = 0; i < nr; i++) {
		hwloc_bitmap_foreach_begin(
			cpu,
			nodes[i]->cpuset) if (cpu < topology->nr_index &&
					      topology->index[cpu] != SIZE_MAX)
			topology->cpus[topology->index[cpu]]
				.node = (int)nodes[i]->logical_index;
		hwloc_bitmap_foreach_end();
	}
	free(nodes);
}

/* A kernel's list of CPUs; an empty file is an empty list. */
static void read_list(hwloc_bitmap_t cpus, const char *path)
{
	char text[KTB_SYSFS_LEN];

	if (ktb_sysfs_read(path, text) || !*text ||
	    hwloc_bitmap_list_sscanf(cpus, text))
		hwloc_bitmap_zero(cpus);
}

static int load(struct ktb_topology *topology, bool is_here,
		struct ktb_error *err)
{
	const unsigned long flags =
		HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED |
		(is_here ? HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM : 0);

	topology->present = hwloc_bitmap_alloc();
	topology->isolated = hwloc_bitmap_alloc();
	topology->affinity = hwloc_bitmap_alloc();
	topology->cpuset = hwloc_bitmap_alloc();
	hwloc_topology_set_flags(topology->hwloc, flags);
	hwloc_topology_set_io_types_filter(topology->hwloc,
					   HWLOC_TYPE_FILTER_KEEP_NONE);
	if (hwloc_topology_load(topology->hwloc))
		return ktb_message_set(
			err, is_here ? KTB_EXIT_DEVICE : KTB_EXIT_USAGE,
			"hwloc cannot load the topology: %s", strerror(errno));
	topology->is_loaded = true;
	list_cpus(topology);
	ktb_topology_index(topology);
	find_nodes(topology);
	hwloc_bitmap_copy(topology->present,
			  hwloc_topology_get_complete_cpuset(topology->hwloc));
	hwloc_bitmap_copy(topology->affinity, topology->present);
	hwloc_bitmap_copy(topology->cpuset, topology->present);
	if (is_here)
		ktb_allowed_read(topology);
	if (is_here)
		read_list(topology->isolated,
			  "/sys/devices/system/cpu/isolated");
	if (topology->nr_cpus)
		return 0;
	return ktb_message_set(err, KTB_EXIT_USAGE,
			       "the topology has no CPU that is online");
}

/* The number in `<topology version="3.0">`; 0 if it says none. */
static unsigned long version_of(const char *element)
{
	const char *end = element + strcspn(element, ">");
	const char *version = strstr(element, "version=\"");

	return version && version < end ?
		       strtoul(version + strlen("version=\""), NULL, 10) :
		       0;
}

/* Why hwloc took a text for no topology. */
static int explain(const char *xml, const char *text, struct ktb_error *err)
{
	const unsigned long ours = hwloc_get_api_version() >> 16;
	const char *element = strstr(text, "<topology");
	const char *begin = text + strspn(text, " \t\n");

	if (!*begin)
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "%s is not a topology: it is empty",
				       xml);
	if (*begin != '<')
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is not a topology: it is not XML; make one with `ktbench topology --output FILE`",
			xml);
	if (!element)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is not a topology: it is XML without <topology>; make one with `ktbench topology --output FILE`",
			xml);
	if (version_of(element) > ours)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is written by hwloc %lu, and this program has hwloc %lu; write it there in the form of hwloc %lu (lstopo --export-xml-flags v%lu)",
			xml, version_of(element), ours, ours, ours);
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"%s is a damaged topology: hwloc cannot read it; take it from where it was made",
		xml);
}

/* XML's line ends are LF, whatever the file's are; hwloc's reader wants that. */
static void drop_returns(char *text)
{
	char *to = text;

	for (; *text; text++)
		if (text[0] != '\r' || text[1] != '\n')
			*to++ = *text;
	*to = '\0';
}

static int load_xml(struct ktb_topology *topology, const char *xml,
		    struct ktb_error *err)
{
	char *text;
	int ret;

	ret = ktb_text_read(&text, xml, MAX_XML_BYTES, "topology", err);
	if (ret)
		return ret;
	drop_returns(text);
	if (hwloc_topology_set_xmlbuffer(topology->hwloc, text,
					 (int)strlen(text) + 1))
		ret = explain(xml, text, err);
	else if (load(topology, false, err))
		ret = topology->is_loaded ? ktb_message_prefix(err, "%s", xml) :
					    explain(xml, text, err);
	free(text);
	return ret;
}

int ktb_topology_load(struct ktb_topology *topology, const char *xml,
		      struct ktb_error *err)
{
	*topology = (struct ktb_topology){ 0 };
	if (hwloc_topology_init(&topology->hwloc))
		return ktb_message_set(err, KTB_EXIT_DEVICE,
				       "hwloc cannot be used: %s",
				       strerror(errno));
	return xml ? load_xml(topology, xml, err) : load(topology, true, err);
}

int ktb_topology_synthetic(struct ktb_topology *topology,
			   const char *description, struct ktb_error *err)
{
	*topology = (struct ktb_topology){ 0 };
	if (hwloc_topology_init(&topology->hwloc) ||
	    hwloc_topology_set_synthetic(topology->hwloc, description))
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "'%s' describes no topology",
				       description);
	return load(topology, false, err);
}

void ktb_topology_free(struct ktb_topology *topology)
{
	if (topology->hwloc)
		hwloc_topology_destroy(topology->hwloc);
	hwloc_bitmap_free(topology->present);
	hwloc_bitmap_free(topology->isolated);
	hwloc_bitmap_free(topology->affinity);
	hwloc_bitmap_free(topology->cpuset);
	free(topology->cpus);
	free(topology->index);
	memset(topology, 0, sizeof(*topology));
}

const struct ktb_cpu *ktb_topology_find(const struct ktb_topology *topology,
					uint32_t cpu)
{
	if (cpu >= topology->nr_index || topology->index[cpu] == SIZE_MAX)
		return NULL;
	return &topology->cpus[topology->index[cpu]];
}

char *ktb_topology_online(const struct ktb_topology *topology)
{
	hwloc_bitmap_t online = hwloc_bitmap_alloc();
	char *list = NULL;
	size_t i;

	for (i = 0; i < topology->nr_cpus; i++)
		hwloc_bitmap_set(online, topology->cpus[i].cpu);
	hwloc_bitmap_list_asprintf(&list, online);
	hwloc_bitmap_free(online);
	return list;
}

void ktb_topology_mark(struct ktb_topology *topology, hwloc_const_bitmap_t cpus)
{
	hwloc_obj_t pu = NULL;

	while ((pu = hwloc_get_next_obj_by_type(topology->hwloc, HWLOC_OBJ_PU,
						pu)))
		if (hwloc_bitmap_isset(cpus, pu->os_index))
			hwloc_obj_add_info(pu, "lstopoStyle",
					   "Background=#d55e00");
}

char *ktb_topology_xml(const struct ktb_topology *topology)
{
	char *buffer, *text;
	int bytes;

	if (hwloc_topology_export_xmlbuffer(topology->hwloc, &buffer, &bytes,
					    0))
		return NULL;
	text = ktb_alloc_text("%s", buffer);
	hwloc_free_xmlbuffer(topology->hwloc, buffer);
	return text;
}
