// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which facts must not differ, as a table, and the differences that are there. It may
 * not know figures.
 */
#include <stdlib.h>
#include <string.h>

#include "fingerprint_parts.h"
#include "shape.h"

/* What a fact's difference means; OF_KERNEL only where the kernels differ. */
#define REFUSED	  KTB_DIFFERENCE_REFUSED
#define OF_KERNEL KTB_DIFFERENCE_OF_KERNEL
#define TOLD	  KTB_DIFFERENCE_TOLD

/**
 * struct row - one fact
 * @name: member of the environment, unless @take says else
 * @kind: what it means where kernels are the same
 * @kind_else: what it means where they differ
 * @take: how it is read; NULL: as it is
 */
struct row {
	const char *name;
	enum ktb_difference_kind kind;
	enum ktb_difference_kind kind_else;
	char *(*take)(const struct ktb_reader *reader, const char *name);
};

static char *copy(const char *text)
{
	return strdup(text ? text : "");
}

static char *from_environment(const struct ktb_reader *reader, const char *name)
{
	return copy(ktb_reader_fact(reader, name));
}

static char *from_result(const struct ktb_reader *reader, const char *name)
{
	return copy(ktb_reader_string(reader, name));
}

/* Of a plan of user space alone there is no module. */
static char *from_module(const struct ktb_reader *reader, const char *name)
{
	const json_t *value =
		json_object_get(json_object_get(reader->root, "module"), name);

	if (json_is_string(value))
		return copy(json_string_value(value));
	return value ? json_dumps(value, JSON_ENCODE_ANY) : copy("");
}

/* "COMMIT/COMPILER", and what the module was built with besides. */
static char *from_commit(const struct ktb_reader *reader, const char *name)
{
	char *build = from_module(reader, "build");

	if (build && strchr(build, '/'))
		*strchr(build, '/') = '\0';
	return build;
}

static char *from_compiler(const struct ktb_reader *reader, const char *name)
{
	char *build = from_module(reader, "build");
	const char *slash = build ? strchr(build, '/') : NULL;

	if (slash)
		memmove(build, slash + 1, strlen(slash));
	return build;
}

/* A's decide, whatever B's are. */
static char *from_gates(const struct ktb_reader *reader, const char *name)
{
	const json_t *gates = json_object_get(reader->root, name);

	return gates ? json_dumps(gates, JSON_COMPACT | JSON_SORT_KEYS) :
		       copy("");
}

static char *from_align(const struct ktb_reader *reader, const char *name)
{
	char *text = NULL;

	/* Results that do not say it were not aligned. */
	if (asprintf(&text, "%" JSON_INTEGER_FORMAT,
		     json_integer_value(json_object_get(reader->root, name))) <
	    0)
		return NULL;
	return text;
}

static char *from_topology(const struct ktb_reader *reader, const char *name)
{
	return json_dumps(json_object_get(reader->root, "cpus"),
			  JSON_COMPACT | JSON_SORT_KEYS);
}

/* Words that name the kernel's own files differ with each kernel. */
static char *from_cmdline(const struct ktb_reader *reader, const char *name)
{
	char *words = from_environment(reader, name), *at, *word, *end;

	if (!words)
		return NULL;
	for (at = end = words; (word = strsep(&at, " "));) {
		if (!*word || !strncmp(word, "BOOT_IMAGE=", 11) ||
		    !strncmp(word, "initrd=", 7))
			continue;
		if (end != words)
			*end++ = ' ';
		memmove(end, word, strlen(word) + 1);
		end += strlen(end);
	}
	*end = '\0';
	return words;
}

static const struct row rows[] = {
	{ "kernel", OF_KERNEL, OF_KERNEL, NULL },
	{ "kernel_version", OF_KERNEL, OF_KERNEL, NULL },
	{ "lane_detail", REFUSED, REFUSED, from_result },
	{ "align_s", REFUSED, REFUSED, from_align },
	{ "hostname", REFUSED, REFUSED, NULL },
	{ "vendor", REFUSED, REFUSED, NULL },
	{ "product", REFUSED, REFUSED, NULL },
	{ "cpu_model", REFUSED, REFUSED, NULL },
	{ "microcode", REFUSED, REFUSED, NULL },
	{ "hypervisor", REFUSED, REFUSED, NULL },
	{ "cpus_online", REFUSED, REFUSED, NULL },
	{ "topology", REFUSED, REFUSED, from_topology },
	{ "cmdline", REFUSED, REFUSED, from_cmdline },
	{ "isolated", REFUSED, REFUSED, NULL },
	{ "nohz_full", REFUSED, REFUSED, NULL },
	{ "smt", REFUSED, REFUSED, NULL },
	{ "mitigations", REFUSED, OF_KERNEL, NULL },
	{ "clocksource", REFUSED, REFUSED, NULL },
	{ "clocksources", TOLD, OF_KERNEL, NULL },
	{ "governor", REFUSED, REFUSED, NULL },
	{ "cpufreq_driver", REFUSED, REFUSED, NULL },
	{ "cpuidle_driver", REFUSED, REFUSED, NULL },
	{ "preempt", REFUSED, REFUSED, NULL },
	{ "timer_migration", REFUSED, REFUSED, NULL },
	{ "rt_runtime_us", REFUSED, REFUSED, NULL },
	{ "nmi_watchdog", REFUSED, REFUSED, NULL },
	{ "gates", TOLD, TOLD, from_gates },
	{ "huge_pages", TOLD, TOLD, NULL },
	{ "memory_bytes", TOLD, OF_KERNEL, NULL },
	{ "swap_bytes", TOLD, TOLD, NULL },
	{ "tainted", TOLD, TOLD, NULL },
	{ "libc", REFUSED, REFUSED, NULL },
	{ "runner_version", REFUSED, REFUSED, NULL },
	{ "runner_compiler", REFUSED, REFUSED, NULL },
	{ "module_commit", REFUSED, REFUSED, from_commit },
	{ "module_compiler", REFUSED, OF_KERNEL, from_compiler },
	{ "hz", REFUSED, OF_KERNEL, from_module },
	{ "irq_counts", REFUSED, OF_KERNEL, from_module },
	{ "switches", REFUSED, REFUSED, from_module },
};

#define NR_ROWS (sizeof(rows) / sizeof(rows[0]))

static bool compare_row(const struct ktb_fingerprint_scope *scope,
			const struct row *row, const struct ktb_reader *a,
			const struct ktb_reader *b, bool is_other_kernel)
{
	enum ktb_difference_kind kind = is_other_kernel ? row->kind_else :
							  row->kind;
	char *value[2];

	value[0] = (row->take ? row->take : from_environment)(a, row->name);
	value[1] = (row->take ? row->take : from_environment)(b, row->name);
	if (value[0] && value[1] && !strcmp(value[0], value[1])) {
		free(value[0]);
		free(value[1]);
		return true;
	}
	return ktb_fingerprint_add(scope, row->name, kind, value[0], value[1]);
}

static bool is_different(const struct ktb_reader *a, const struct ktb_reader *b,
			 const char *name)
{
	return strcmp(ktb_reader_fact(a, name), ktb_reader_fact(b, name));
}

static bool compare_environments(const struct ktb_fingerprint_scope *scope,
				 const struct ktb_reader *a,
				 const struct ktb_reader *b)
{
	const bool is_other = is_different(a, b, "kernel") ||
			      is_different(a, b, "kernel_version");
	size_t i;

	for (i = 0; i < NR_ROWS; i++)
		if (!compare_row(scope, &rows[i], a, b, is_other))
			return false;
	return true;
}

/* All results of a side, those of one boot too, against its first one. */
static bool compare_within(const struct ktb_fingerprint_scope *scope,
			   const struct ktb_side *side)
{
	size_t i, k;

	for (i = 0; i < side->nr_boots; i++)
		for (k = 0; k < side->boots[i].nr; k++)
			if (!compare_environments(
				    scope, ktb_side_first(side),
				    &side->boots[i].findings[k]->reader))
				return false;
	return ktb_fingerprint_settings(scope, side, side);
}

/* Those that are refused come first. */
static int by_kind(const void *one, const void *other)
{
	const struct ktb_difference *a = one, *b = other;

	if (a->kind != b->kind)
		return a->kind > b->kind ? -1 : 1;
	if (a->within != b->within)
		return a->within - b->within;
	return strcmp(a->name, b->name);
}

static int check_expected(const char *expected, struct ktb_fault *fault)
{
	const char *at = expected, *end;
	size_t i, length;

	while (at && *at) {
		end = strchrnul(at, ',');
		length = (size_t)(end - at);
		for (i = 0; i < NR_ROWS; i++)
			if (strlen(rows[i].name) == length &&
			    !strncmp(rows[i].name, at, length))
				break;
		/* Settings are JOB.PARAMETER. */
		if (i == NR_ROWS && !memchr(at, '.', length))
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"--expect '%.*s': there is no such fact; those that are refused are named as in what is printed, settings as JOB.PARAMETER",
				(int)length, at);
		at = *end ? end + 1 : end;
	}
	return 0;
}

int ktb_fingerprint_compare(struct ktb_differences *differences,
			    const struct ktb_side side[2], const char *expected,
			    struct ktb_fault *fault)
{
	struct ktb_fingerprint_scope scope = { differences, expected, 0 };
	size_t i;
	int ret;

	memset(differences, 0, sizeof(*differences));
	ret = check_expected(expected, fault);
	if (ret)
		return ret;
	if (!compare_environments(&scope, ktb_side_first(&side[0]),
				  ktb_side_first(&side[1])) ||
	    !ktb_fingerprint_settings(&scope, &side[0], &side[1]))
		return ktb_fault_memory(fault);
	for (i = 0; i < 2; i++) {
		scope.within = "AB"[i];
		if (!compare_within(&scope, &side[i]))
			return ktb_fault_memory(fault);
	}
	if (differences->nr)
		qsort(differences->items, differences->nr,
		      sizeof(*differences->items), by_kind);
	return 0;
}

void ktb_fingerprint_free(struct ktb_differences *differences)
{
	size_t i;

	for (i = 0; i < differences->nr; i++) {
		free(differences->items[i].name);
		free(differences->items[i].value[0]);
		free(differences->items[i].value[1]);
	}
	free(differences->items);
	memset(differences, 0, sizeof(*differences));
}
