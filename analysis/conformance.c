// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What checks found in several kernels. It may not know how it is shown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conformance.h"
#include "encoding.h"
#include "shape.h"

static const struct ktb_shape document_shape[] = {
	{ "schema", KTB_SHAPE_STRING },
	{ "schema_version", KTB_SHAPE_COUNT },
	{ "kernel", KTB_SHAPE_OBJECT },
	{ "lane", KTB_SHAPE_STRING },
	{ "lane_detail", KTB_SHAPE_STRING },
	{ "checks", KTB_SHAPE_OBJECTS },
	{ "cpus_online", KTB_SHAPE_COUNT },
	{ NULL, KTB_SHAPE_STRING },
};

static const struct ktb_shape kernel_shape[] = {
	{ "release", KTB_SHAPE_STRING },
	{ "version", KTB_SHAPE_STRING },
	{ "preempt_rt", KTB_SHAPE_BOOL },
	{ NULL, KTB_SHAPE_STRING },
};

static const struct ktb_shape check_shape[] = {
	{ "name", KTB_SHAPE_STRING },	{ "contract", KTB_SHAPE_STRING },
	{ "source", KTB_SHAPE_STRING }, { "verdict", KTB_SHAPE_STRING },
	{ "reason", KTB_SHAPE_STRING }, { "evidence", KTB_SHAPE_STRINGS },
	{ NULL, KTB_SHAPE_STRING },
};

static bool is_whole(const json_t *root, char *why, size_t size)
{
	const json_t *checks, *check;
	size_t i;

	if (!ktb_shape_check(root, document_shape, why, size) ||
	    !ktb_shape_check(json_object_get(root, "kernel"), kernel_shape, why,
			     size))
		return false;
	if (!ktb_shape_is_schema(root, KTB_CONFORMANCE_SCHEMA,
				 KTB_CONFORMANCE_SCHEMA_VERSION, why, size))
		return false;
	checks = json_object_get(root, "checks");
	json_array_foreach(checks, i, check)
		if (!ktb_shape_check(check, check_shape, why, size))
			return false;
	return true;
}

/* Major and minor number are what people call a kernel by. */
static void make_label(struct ktb_kernel *kernel)
{
	const json_t *info = json_object_get(kernel->root, "kernel");
	const char *release = ktb_shape_string(info, "release");
	size_t length = strspn(release, "0123456789");

	if (release[length] == '.')
		length += 1 + strspn(release + length + 1, "0123456789");
	snprintf(kernel->label, sizeof(kernel->label), "%.*s%s", (int)length,
		 release,
		 json_is_true(json_object_get(info, "preempt_rt")) ? " RT" :
								     "");
}

static void tell_apart(struct ktb_conformance *conformance)
{
	struct ktb_kernel *a, *b;
	size_t i, j;

	for (i = 0; i < conformance->nr; i++)
		for (j = i + 1; j < conformance->nr; j++) {
			a = &conformance->kernels[i];
			b = &conformance->kernels[j];
			if (strcmp(a->label, b->label))
				continue;
			snprintf(a->label, sizeof(a->label), "%s",
				 ktb_shape_string(json_object_get(a->root,
								  "kernel"),
						  "release"));
			snprintf(b->label, sizeof(b->label), "%s",
				 ktb_shape_string(json_object_get(b->root,
								  "kernel"),
						  "release"));
		}
}

static bool is_known(const struct ktb_conformance *conformance,
		     const char *name)
{
	size_t i;

	for (i = 0; i < conformance->nr_names; i++)
		if (!strcmp(conformance->names[i], name))
			return true;
	return false;
}

static int gather_names(struct ktb_conformance *conformance,
			struct ktb_fault *fault)
{
	size_t i, j, room = 0;
	const json_t *checks;
	const char *name;

	for (i = 0; i < conformance->nr; i++)
		room += json_array_size(json_object_get(
			conformance->kernels[i].root, "checks"));
	conformance->names = calloc(room + 1, sizeof(*conformance->names));
	if (!conformance->names)
		return ktb_fault_memory(fault);
	for (i = conformance->nr; i-- > 0;) {
		checks =
			json_object_get(conformance->kernels[i].root, "checks");
		for (j = 0; j < json_array_size(checks); j++) {
			name = ktb_shape_string(json_array_get(checks, j),
						"name");
			if (!is_known(conformance, name))
				conformance->names[conformance->nr_names++] =
					name;
		}
	}
	return 0;
}

static int read_kernel(struct ktb_kernel *kernel, const char *path,
		       struct ktb_fault *fault)
{
	json_error_t jerr;
	char why[256];

	kernel->root = ktb_encoding_json(path, &jerr);
	if (!kernel->root)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: not what `ktbench check --json` prints: %s", path,
			jerr.text);
	if (!is_whole(kernel->root, why, sizeof(why)))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: not what `ktbench check --json` prints: %s", path,
			why);
	kernel->lane = ktb_shape_string(kernel->root, "lane");
	make_label(kernel);
	return 0;
}

int ktb_conformance_read(struct ktb_conformance *conformance,
			 char *const *paths, size_t nr, struct ktb_fault *fault)
{
	int ret = 0;

	*conformance = (struct ktb_conformance){ 0 };
	conformance->kernels = calloc(nr, sizeof(*conformance->kernels));
	if (!conformance->kernels)
		return ktb_fault_memory(fault);
	while (!ret && conformance->nr < nr) {
		ret = read_kernel(&conformance->kernels[conformance->nr],
				  paths[conformance->nr], fault);
		conformance->nr++;
	}
	if (ret)
		return ret;
	tell_apart(conformance);
	return gather_names(conformance, fault);
}

const json_t *ktb_conformance_check(const struct ktb_kernel *kernel,
				    const char *name)
{
	const json_t *checks = json_object_get(kernel->root, "checks");
	const json_t *check;
	size_t i;

	json_array_foreach(checks, i, check)
		if (!strcmp(ktb_shape_string(check, "name"), name))
			return check;
	return NULL;
}

const json_t *ktb_conformance_any(const struct ktb_conformance *conformance,
				  const char *name)
{
	const json_t *check = NULL;
	size_t i;

	for (i = conformance->nr; !check && i-- > 0;)
		check = ktb_conformance_check(&conformance->kernels[i], name);
	return check;
}

enum ktb_standing ktb_conformance_standing(const json_t *check)
{
	static const struct {
		const char *verdict;
		enum ktb_standing standing;
	} rows[] = {
		{ "holds", KTB_STANDING_HOLDS },
		{ "changed", KTB_STANDING_CHANGED },
		{ "skipped", KTB_STANDING_SKIPPED },
		{ "fails", KTB_STANDING_FAILS },
	};
	size_t i;

	if (!check)
		return KTB_STANDING_UNKNOWN;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(ktb_shape_string(check, "verdict"),
			    rows[i].verdict))
			return rows[i].standing;
	return KTB_STANDING_UNKNOWN;
}

void ktb_conformance_free(struct ktb_conformance *conformance)
{
	size_t i;

	for (i = 0; i < conformance->nr; i++)
		json_decref(conformance->kernels[i].root);
	free(conformance->kernels);
	free(conformance->names);
	*conformance = (struct ktb_conformance){ 0 };
}
