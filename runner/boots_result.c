// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A result as a boot of a plan. It may not know where results are kept.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "boots_result.h"
#include "text.h"

static char *copy(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return ktb_alloc_text("%s", text ? text : "");
}

int ktb_boots_result_read(struct ktb_boots_result *result, const char *path,
			  struct ktb_error *err)
{
	const char *name = strrchr(path, '/');
	char *file = ktb_alloc_text("%s/result.json", path);
	const json_t *environment;
	json_error_t error;
	json_t *head;
	int ret = 0;

	memset(result, 0, sizeof(*result));
	result->path = ktb_alloc_text("%s", path);
	result->boot = ktb_boots_number(name ? name + 1 : path);
	head = ktb_text_json(file, &error);
	free(file);
	if (!head)
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is no result: its result.json cannot be read: %s; move it away",
			path, error.text);
	else if (!result->boot)
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is no boot of a plan: its name does not end in boot-NN; move it away",
			path);
	environment = json_object_get(head, "environment");
	result->state = copy(head, "state");
	result->kernel = copy(environment, "kernel");
	result->boot_id = copy(environment, "boot_id");
	json_decref(head);
	return ret;
}

int ktb_boots_result_check(const struct ktb_boots_result *result,
			   const struct ktb_boots *plan, struct ktb_error *err)
{
	const char *kernel;

	if (result->boot > ktb_boots_total(plan))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is no boot of this plan, which has %zu: move it away",
			result->path, ktb_boots_total(plan));
	if (strcmp(result->state, "complete"))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is not a complete result: its state is '%s'; move it away, so that boot %zu is done again",
			result->path, result->state, result->boot);
	kernel = plan->kernels[ktb_boots_side(plan, result->boot)];
	/* A kernel with a slash is a tree, whose release the plan does not know. */
	if (strchr(kernel, '/') || !strcmp(kernel, result->kernel))
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"%s was measured on kernel '%s', and boot %zu is one of '%s': move it away",
		result->path, result->kernel, result->boot, kernel);
}

void ktb_boots_result_free(struct ktb_boots_result *result)
{
	free(result->path);
	free(result->state);
	free(result->kernel);
	free(result->boot_id);
	memset(result, 0, sizeof(*result));
}
