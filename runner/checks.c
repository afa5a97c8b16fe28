// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The checks of API contracts. It may not know ioctls, or who wants a check.
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "checks.h"
#include "nearest.h"

const char *const ktb_checks_found[KTB_NR_FOUNDS] = {
	[KTB_FOUND_HOLDS] = "holds",
	[KTB_FOUND_CHANGED] = "changed",
	[KTB_FOUND_SKIPPED] = "skipped",
	[KTB_FOUND_FAILS] = "fails",
};

int ktb_checks_read(struct ktb_checks *checks, struct ktb_device *device,
		    struct ktb_error *err)
{
	struct ktb_device_check is;
	int ret;

	*checks = (struct ktb_checks){ 0 };
	for (;;) {
		ret = ktb_device_check_info(device, (uint32_t)checks->nr, &is);
		if (ret == -ENOENT)
			return 0;
		if (ret)
			return ktb_message_set(
				err, KTB_EXIT_DEVICE,
				"the module does not tell its checks: %s",
				strerror(-ret));
		checks->check = ktb_alloc_more(checks->check, checks->nr,
					       sizeof(*checks->check));
		checks->check[checks->nr].is = is;
		checks->check[checks->nr++].subject = ktb_alloc_text(
			"%.*s", (int)strcspn(is.name, "."), is.name);
	}
}

bool ktb_checks_means(const struct ktb_check *check, const char *pattern)
{
	return !fnmatch(pattern, check->is.name, 0) ||
	       !fnmatch(pattern, check->subject, 0);
}

int ktb_checks_want(struct ktb_checks *checks, const char *pattern,
		    struct ktb_error *err)
{
	struct ktb_nearest nearest;
	struct ktb_check *check;
	size_t i, nr = 0;

	ktb_nearest_begin(&nearest, pattern);
	for (i = 0; i < checks->nr; i++) {
		check = &checks->check[i];
		ktb_nearest_offer(&nearest, check->is.name);
		ktb_nearest_offer(&nearest, check->subject);
		if (!ktb_checks_means(check, pattern))
			continue;
		check->is_wanted = true;
		nr++;
	}
	if (nr)
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"no check is meant by '%s'%s; `ktbench check --list` shows all",
		pattern, ktb_nearest_hint(&nearest));
}

int ktb_checks_perform(struct ktb_checks *checks, size_t index,
		       struct ktb_device *device, struct ktb_error *err)
{
	struct ktb_check *check = &checks->check[index];
	struct ktb_device_verdict verdict;
	int ret = ktb_device_check(device, (uint32_t)index, &verdict);

	if (ret == -EBUSY)
		return ktb_message_set(
			err, KTB_EXIT_DEVICE,
			"%s cannot be checked: a run or another check is in progress on this machine; wait for its end",
			check->is.name);
	if (ret)
		return ktb_message_set(err, KTB_EXIT_DEVICE,
				       "%s cannot be checked: %s",
				       check->is.name, strerror(-ret));
	free(check->verdict.reason);
	free(check->verdict.evidence);
	check->verdict = verdict;
	check->is_done = true;
	return 0;
}

size_t ktb_checks_count(const struct ktb_checks *checks, enum ktb_found found)
{
	size_t i, nr = 0;

	for (i = 0; i < checks->nr; i++)
		nr += checks->check[i].is_done &&
		      checks->check[i].verdict.found == found;
	return nr;
}

static json_t *lines_json(const char *text)
{
	json_t *lines = json_array();
	size_t length;

	for (; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		json_array_append_new(lines, json_stringn(text, length));
	}
	return lines;
}

static json_t *check_json(const struct ktb_check *check)
{
	const struct ktb_device_verdict *verdict = &check->verdict;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:I}", "name",
			 check->is.name, "contract", check->is.contract,
			 "source", check->is.source, "verdict",
			 ktb_checks_found[verdict->found], "reason",
			 verdict->reason, "evidence",
			 lines_json(verdict->evidence), "duration_ns",
			 (json_int_t)verdict->duration_ns);
}

json_t *ktb_checks_json(const struct ktb_checks *checks)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < checks->nr; i++)
		if (checks->check[i].is_done)
			json_array_append_new(array,
					      check_json(&checks->check[i]));
	return array;
}

void ktb_checks_free(struct ktb_checks *checks)
{
	struct ktb_check *check = checks->check;
	size_t i;

	for (i = 0; i < checks->nr; i++, check++) {
		free(check->is.name);
		free(check->is.contract);
		free(check->is.source);
		free(check->subject);
		free(check->verdict.reason);
		free(check->verdict.evidence);
	}
	free(checks->check);
	*checks = (struct ktb_checks){ 0 };
}
