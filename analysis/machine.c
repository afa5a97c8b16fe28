// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture of the machine. It knows lstopo, topology.xml and the list of
 * CPUs in result.json, and nothing of cells.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "html.h"
#include "leftover.h"
#include "machine.h"
#include "shape.h"

#define MACHINE_TIMEOUT_S 60

static const char *const machine_programs[] = { "lstopo-no-graphics",
						"lstopo" };

/* @svg: where to, from the reader's directory. */
static bool machine_run(const struct ktb_reader *reader, const char *program,
			const char *svg, struct ktb_child *child)
{
	const char *const argv[] = { program,	"--input",   "topology.xml",
				     "--of",	"nativesvg", "--no-legend",
				     "--force", svg,	     NULL };

	return ktb_child_run(child, argv, reader->dir, MACHINE_TIMEOUT_S);
}

/* Returns why there is no picture, NULL when there is one. */
static char *machine_try(const struct ktb_reader *reader, const char *svg)
{
	struct ktb_child child = { 0 };
	char *why = NULL;
	size_t i;

	for (i = 0; i < sizeof(machine_programs) / sizeof(machine_programs[0]);
	     i++) {
		if (machine_run(reader, machine_programs[i], svg, &child)) {
			ktb_child_free(&child);
			return NULL;
		}
		if (child.is_started)
			break;
	}
	if (!child.is_started)
		why = strdup("lstopo cannot be run; install hwloc (Debian: "
			     "apt-get install hwloc-nox)");
	else if (asprintf(&why, "lstopo exited with %d: %.*s", child.status,
			  (int)strcspn(child.said ? child.said : "", "\n"),
			  child.said ? child.said : "") < 0)
		why = NULL;
	ktb_child_free(&child);
	return why ? why : strdup("there is no memory to run lstopo");
}

static char *machine_path(const struct ktb_reader *reader, const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", reader->dir, name) < 0 ? NULL : path;
}

/* Drawn where nobody else draws, and put into its place as a whole. */
static char *machine_make(const struct ktb_reader *reader)
{
	char *work = machine_path(reader, "plots/.new-XXXXXX");
	char *svg = machine_path(reader, "plots/topology.svg");
	char *drawn = NULL, *why = NULL;
	int leftover = KTB_LEFTOVER_NONE;

	if (work && svg)
		leftover = ktb_leftover_directory(work);
	if (leftover == KTB_LEFTOVER_NONE ||
	    asprintf(&drawn, "%s/topology.svg", work) < 0)
		drawn = NULL;
	if (drawn)
		why = machine_try(reader, drawn + strlen(reader->dir) + 1);
	if (!drawn || (!why && rename(drawn, svg)))
		why = strdup(strerror(errno));
	ktb_leftover_remove(leftover);
	free(drawn);
	free(svg);
	free(work);
	return why;
}

void ktb_machine_draw(struct ktb_machine *machine,
		      const struct ktb_reader *reader, bool no_plots)
{
	char *xml = machine_path(reader, "topology.xml");
	char *dir = machine_path(reader, "plots");

	memset(machine, 0, sizeof(*machine));
	if (no_plots) {
		machine->skipped = strdup("pictures were not asked for");
	} else if (!xml || !dir || access(xml, R_OK)) {
		machine->skipped = strdup("topology.xml is missing or cannot "
					  "be read");
	} else {
		mkdir(dir, 0777);
		machine->skipped = machine_make(reader);
	}
	if (!machine->skipped)
		machine->svg = machine_path(reader, "plots/topology.svg");
	else if (!no_plots)
		ktb_fault_note("picture topology.svg is skipped: %s",
			       machine->skipped);
	free(xml);
	free(dir);
}

void ktb_machine_free(struct ktb_machine *machine)
{
	free(machine->svg);
	free(machine->skipped);
	memset(machine, 0, sizeof(*machine));
}

/* The levels of boxes, outermost first; -1 means that there is no such box. */
static const struct {
	const char *member;
	const char *name;
} machine_levels[] = {
	{ "node", "NUMA node" },
	{ "package", "Package" },
	{ "l3", "L3" },
	{ "core", "Core" },
};

#define MACHINE_LEVELS (sizeof(machine_levels) / sizeof(machine_levels[0]))

/* Does this CPU stand in the same boxes as the other, down to a level? */
static bool machine_is_together(const json_t *a, const json_t *b, size_t level)
{
	size_t i;

	for (i = 0; i <= level; i++)
		if (ktb_shape_integer(a, machine_levels[i].member) !=
		    ktb_shape_integer(b, machine_levels[i].member))
			return false;
	return true;
}

/* Everything that stands in one box with @first, from @level on inwards. */
static void machine_box(FILE *to, const json_t *cpus, const json_t *first,
			size_t level)
{
	const json_t *cpu, *other;
	size_t i, j;
	int number;

	json_array_foreach(cpus, i, cpu) {
		if (level && !machine_is_together(cpu, first, level - 1))
			continue;
		if (level == MACHINE_LEVELS) {
			fprintf(to, "<span class=\"cpu\">CPU %lld</span>",
				(long long)ktb_shape_integer(cpu, "cpu"));
			continue;
		}
		/* Each box once, for the first CPU that stands in it. */
		json_array_foreach(cpus, j, other)
			if (machine_is_together(cpu, other, level))
				break;
		if (j != i)
			continue;
		number = (int)ktb_shape_integer(cpu,
						machine_levels[level].member);
		fputs("<div class=\"box\">", to);
		if (number >= 0)
			fprintf(to, "<b>%s %d</b>", machine_levels[level].name,
				number);
		machine_box(to, cpus, cpu, level + 1);
		fputs("</div>", to);
	}
}

void ktb_machine_boxes(FILE *to, const struct ktb_reader *reader)
{
	const json_t *cpus = json_object_get(reader->root, "cpus");

	fputs("<div class=\"machine\">", to);
	machine_box(to, cpus, NULL, 0);
	fputs("</div>\n", to);
}
