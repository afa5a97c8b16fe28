// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes a result directory of invented figures, for the tests of the analysis:
 *
 *	make_result --cells 26 --cpus 4 DIR
 *
 * The same options make the same bytes on every machine.
 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <hwloc.h>

#include "fake.h"
#include "fake_packed.h"
#include "ktb_hist.h"

struct make_arguments {
	struct fake_options opt;
	bool is_packed;
	const char *dir;
};

static const struct argp_option make_options[] = {
	{ "compare", 'b', NULL, 0, "the plan is bench/compare.ini's", 0 },
	{ "cells", 'c', "N", 0, "cells (those of the plan)", 0 },
	{ "cpus", 'p', "N", 0, "CPUs (4)", 0 },
	{ "repetitions", 'r', "N", 0, "repetitions of each cell (1)", 0 },
	{ "samples", 'n', "N", 0, "samples of a cell on a CPU (2000)", 0 },
	{ "seed", 's', "N", 0, "of everything that is random (1)", 0 },
	{ "lane", 'l', "LANE", 0, "metal, vm or exact (metal)", 0 },
	{ "state", 'S', "STATE", 0, "of the run (complete)", 0 },
	{ "losses", 'L', NULL, 0, "every third cell loses samples", 0 },
	{ "kernel", 'k', "RELEASE", 0, "of the kernel (6.1.0-invented)", 0 },
	{ "created", 'C', "WHEN", 0, "UTC (2026-01-02T03:04:05Z)", 0 },
	{ "noise", 'N', "PPM", 0, "deviation between boots (0)", 0 },
	{ "slower", 'w', "PPM", 0, "samples take longer by that (0)", 0 },
	{ "slower-job", 'j', "JOB", 0, "those of this job (all)", 0 },
	{ "slower-cpu", 'P', "N", 0, "those of this CPU (all)", 0 },
	{ "packed", 'z', NULL, 0, "as the runner writes it today", 0 },
	{ "missed", 'm', "N", 0, "periods missed in a cell on a CPU (0)", 0 },
	{ "older", 'O', NULL, 0, "nothing tells how late those were", 0 },
	{ "odd", 'o', NULL, 0, "early samples, overflow, odd names", 0 },
	{ 0 },
};

static error_t make_parse(int key, char *arg, struct argp_state *state)
{
	struct make_arguments *arguments = state->input;
	struct fake_options *opt = &arguments->opt;

	switch (key) {
	case 'b':
		opt->is_compare = true;
		break;
	case 'c':
		opt->cells = (unsigned int)strtoul(arg, NULL, 10);
		break;
	case 'p':
		opt->cpus = (unsigned int)strtoul(arg, NULL, 10);
		break;
	case 'r':
		opt->repetitions = (unsigned int)strtoul(arg, NULL, 10);
		break;
	case 'n':
		opt->samples = (unsigned int)strtoul(arg, NULL, 10);
		break;
	case 's':
		opt->seed = strtoull(arg, NULL, 10);
		break;
	case 'l':
		opt->lane = arg;
		break;
	case 'S':
		opt->state = arg;
		break;
	case 'k':
		opt->kernel = arg;
		break;
	case 'C':
		opt->created = arg;
		break;
	case 'N':
		opt->noise_ppm = strtoll(arg, NULL, 10);
		break;
	case 'w':
		opt->slower_ppm = strtoll(arg, NULL, 10);
		break;
	case 'j':
		opt->slower_job = arg;
		break;
	case 'P':
		opt->slower_cpu = (int)strtol(arg, NULL, 10);
		break;
	case 'L':
		opt->with_losses = true;
		break;
	case 'z':
		arguments->is_packed = true;
		break;
	case 'm':
		opt->missed = (unsigned int)strtoul(arg, NULL, 10);
		break;
	case 'O':
		opt->is_older = true;
		break;
	case 'o':
		opt->with_odd = true;
		break;
	case ARGP_KEY_ARG:
		arguments->dir = arg;
		break;
	case ARGP_KEY_END:
		if (!opt->cells)
			opt->cells = fake_cells(opt);
		if (!arguments->dir || !opt->cpus)
			argp_usage(state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static void make_die(const char *what)
{
	fprintf(stderr, "make_result: %s: %s\n", what, strerror(errno));
	exit(1);
}

static FILE *make_open(const char *dir, const char *name)
{
	char path[4096];
	FILE *to;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	to = fopen(path, "we");
	if (!to)
		make_die(path);
	return to;
}

static void make_close(FILE *to, const char *name)
{
	bool bad = ferror(to);

	bad |= fclose(to) != 0;
	if (bad)
		make_die(name);
}

static json_t *make_cpus(const struct fake_options *opt)
{
	json_t *cpus = json_array();
	unsigned int i;

	for (i = 0; i < opt->cpus; i++)
		json_array_append_new(cpus,
				      json_pack("{s:i,s:i,s:i,s:i,s:i}", "cpu",
						i, "core", i / 2, "package",
						i * 2 / opt->cpus, "l3",
						i * 2 / opt->cpus, "node",
						i * 2 / opt->cpus));
	return cpus;
}

static json_t *make_module(void)
{
	return json_pack("{s:i,s:s,s:i,s:I,s:i,s:b,s:I,s:b,s:b,s:b,"
			 "s:{s:i,s:i,s:i,s:i}}",
			 "abi_version", 1, "build", "ktbench 0 (invented)",
			 "hz", 250, "tick_ns", (json_int_t)4000000,
			 "hrtimer_resolution_ns", 1, "edge_known", 1,
			 "edge_remainder_ns", (json_int_t)0, "preempt_rt", 0,
			 "irq_counts", 1, "switches", 1, "clock_cost_ps",
			 "monotonic", 21000, "monotonic_fast", 20000,
			 "boottime", 22000, "cycles", 8000);
}

static json_t *make_environment(const struct fake_options *opt)
{
	return json_pack(
		"{s:s,s:s,s:s,s:s,s:s}", "kernel", opt->kernel, "cpu_model",
		opt->with_odd ? "CPU <i>&amp; \"co\"</i>" : "Invented CPU 9000",
		"hostname", "nowhere", "clocksource", "tsc", "cmdline",
		"quiet");
}

static json_t *make_ledger(const struct fake_options *opt)
{
	json_t *irqs = json_array();
	unsigned int i;

	for (i = 0; i < opt->cpus; i++)
		json_array_append_new(irqs, json_pack("[i,i]", i, 5));
	return json_pack(
		"{s:s,s:{s:i,s:o},s:[{s:s,s:s,s:s,s:s,s:i,s:i,s:i,s:i},"
		"{s:s,s:s,s:s,s:s,s:i,s:i,s:i,s:i}]}",
		"reason", opt->with_odd ? "user_null <could> not be run" : "",
		"idle", "elapsed_ns", 100000000, "irqs", irqs, "costs", "name",
		"clock_read", "what", "one read of the clock", "workload",
		"null", "metric", "clock_pair", "cpu", 0, "count", 1300,
		"min_ps", 20000, "mean_ps", 21500, "name", "record", "what",
		"recording one sample, and one read of the clock", "workload",
		"null", "metric", "record", "cpu", 0, "count", 1300, "min_ps",
		31000, "mean_ps", 42125);
}

static void make_result(const struct make_arguments *arguments)
{
	const struct fake_options *opt = &arguments->opt;
	FILE *to = make_open(arguments->dir, "result.json");
	char *text = fake_job_text(opt);
	json_t *root;

	root = json_pack(
		"{s:s,s:i,s:s,s:s,s:s?,s:s,s:s,s:s,s:s,s:[sss],s:[{s:s,s:s}],"
		"s:I,s:i,s:[s],s:o,s:o,s:[{s:s,s:s,s:s,s:s},{s:s,s:s,s:s,s:s}],s:[i],"
		"s:o,s:o,s:o,s:o,s:{s:s,s:i,s:i}}",
		"schema", "ktbench-result", "schema_version",
		arguments->is_packed ? 2 : 1, "run", "20260102-030405-invented",
		"created", opt->created, "ended",
		strcmp(opt->state, "running") ? "2026-01-02T03:06:00Z" : NULL,
		"state", opt->state, "state_reason",
		strcmp(opt->state, "complete") ? "Somebody stopped it." : "",
		"lane", opt->lane, "lane_detail",
		strcmp(opt->lane, "metal") ? "QEMU, TCG" : "", "command",
		"ktbench", "run", opt->with_odd ? "it's odd.ini" : "quick.ini",
		"jobs", "path", "quick.ini", "text", text, "seed",
		(json_int_t)opt->seed, "cells_planned",
		opt->cells * opt->repetitions, "left_out",
		"quick.ini:9: [x]: arm_on: 'other-node' cannot be placed: CPU 0 has no other NUMA node",
		"module", make_module(), "environment", make_environment(opt),
		"fitness", "check", "governor", "state", "warn", "value",
		"powersave", "advice", "set the governor to performance",
		"check", "clocksource", "state", "ok", "value", "tsc", "advice",
		"", "runner_cpus", 0, "cpus", make_cpus(opt), "workloads",
		fake_workloads(opt), "ledger", make_ledger(opt), "gates",
		fake_gates(opt), "histogram", "layout", KTB_HIST_LAYOUT,
		"sub_bucket_bits", KTB_HIST_SUB_BITS, "buckets", KTB_HIST_NR);
	json_dumpf(root, to, JSON_INDENT(1));
	json_decref(root);
	free(text);
	make_close(to, "result.json");
}

static void make_cells(const struct make_arguments *arguments)
{
	const struct fake_options *opt = &arguments->opt;
	const char *name = arguments->is_packed ? "cells.jsonl.zst" :
						  "cells.jsonl";
	FILE *to = make_open(arguments->dir, name);
	unsigned int cell, repetition;
	json_t *line;

	/* Repetitions outermost, as the runner does it. */
	for (repetition = 0; repetition < opt->repetitions; repetition++) {
		for (cell = 0; cell < opt->cells; cell++) {
			line = fake_cell(opt, cell, repetition);
			if (arguments->is_packed) {
				fake_pack(line, to);
			} else {
				json_dumpf(line, to, JSON_COMPACT);
				fputc('\n', to);
			}
			json_decref(line);
		}
	}
	make_close(to, name);
}

static void make_topology(const struct make_arguments *arguments)
{
	unsigned int cpus = arguments->opt.cpus;
	hwloc_topology_t topology;
	char synthetic[96];
	char path[4096];
	hwloc_obj_t pu;

	if (cpus % 4)
		snprintf(synthetic, sizeof(synthetic),
			 "package:1 l3:1 core:%u pu:1", cpus);
	else
		snprintf(synthetic, sizeof(synthetic),
			 "package:2 numa:1 l3:1 core:%u pu:2", cpus / 4);
	hwloc_topology_init(&topology);
	hwloc_topology_set_synthetic(topology, synthetic);
	hwloc_topology_load(topology);
	for (pu = NULL;
	     (pu = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PU, pu));)
		hwloc_obj_add_info(pu, "lstopoStyle", "Background=#d55e00");
	snprintf(path, sizeof(path), "%s/topology.xml", arguments->dir);
	if (hwloc_topology_export_xml(topology, path, 0))
		make_die(path);
	hwloc_topology_destroy(topology);
}

int main(int argc, char **argv)
{
	static const struct argp argp = {
		make_options, make_parse,
		"DIR",	      "Make an invented result directory.",
		NULL,	      NULL,
		NULL
	};
	struct make_arguments arguments = {
		.opt = { .cpus = 4,
			 .repetitions = 1,
			 .samples = 2000,
			 .seed = 1,
			 .lane = "metal",
			 .state = "complete",
			 .kernel = "6.1.0-invented",
			 .created = "2026-01-02T03:04:05Z",
			 .slower_cpu = -1 },
	};

	argp_parse(&argp, argc, argv, 0, NULL, &arguments);
	if (mkdir(arguments.dir, 0777) && errno != EEXIST)
		make_die(arguments.dir);
	make_result(&arguments);
	make_cells(&arguments);
	make_topology(&arguments);
	return 0;
}
