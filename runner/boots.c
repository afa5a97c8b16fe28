// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The plan of boots. It may not know files, kernels or machines.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ktb_random.h"

#include "alloc.h"
#include "boots.h"

#define BLOCK 4
#define NAME  "boot-"

const char *const ktb_boots_side_names[KTB_BOOTS_NR_SIDES] = { "A", "B" };

size_t ktb_boots_total(const struct ktb_boots *plan)
{
	return KTB_BOOTS_NR_SIDES * plan->boots;
}

void ktb_boots_order(struct ktb_boots *plan)
{
	/* ABBA; the other block is its mirror, and its first half stands for two. */
	static const uint8_t block[BLOCK] = { 0, 1, 1, 0 };
	__u64 state = plan->seed;
	uint8_t turned = 0;
	size_t i;

	free(plan->order);
	plan->order = ktb_alloc_zeroed(ktb_boots_total(plan), 1);
	for (i = 0; i < ktb_boots_total(plan); i++) {
		if (i % BLOCK == 0)
			turned = (uint8_t)ktb_random_below(&state,
							   KTB_BOOTS_NR_SIDES);
		plan->order[i] = block[i % BLOCK] ^ turned;
	}
}

bool ktb_boots_is_order(const struct ktb_boots *plan)
{
	struct ktb_boots again = { .seed = plan->seed, .boots = plan->boots };
	bool is_same;

	ktb_boots_order(&again);
	is_same = !memcmp(again.order, plan->order, ktb_boots_total(plan));
	free(again.order);
	return is_same;
}

int ktb_boots_looks(struct ktb_boots *plan, const char *text,
		    struct ktb_error *err)
{
	const int ret = ktb_looks_read(&plan->looks, text, err);
	size_t last;

	if (ret)
		return ret;
	last = plan->looks.boots[plan->looks.nr - 1];
	if (!plan->boots)
		plan->boots = last;
	if (plan->boots == last)
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"--looks '%s': the last look is the plan's end, and that is %zu boots a side by --boots: make them agree, or leave --boots out",
		text, plan->boots);
}

size_t ktb_boots_next(const struct ktb_boots *plan, const bool *is_done)
{
	size_t i;

	for (i = 0; i < ktb_boots_total(plan); i++)
		if (!is_done[i])
			return i + 1;
	return 0;
}

size_t ktb_boots_look(const struct ktb_boots *plan, const bool *is_done)
{
	const size_t next = ktb_boots_next(plan, is_done);
	size_t i;

	if (!next)
		return 0;
	for (i = next; i < ktb_boots_total(plan); i++)
		if (is_done[i])
			return 0;
	for (i = 0; i < plan->looks.nr; i++)
		if (KTB_BOOTS_NR_SIDES * plan->looks.boots[i] == next - 1)
			return plan->looks.boots[i];
	return 0;
}

size_t ktb_boots_side(const struct ktb_boots *plan, size_t boot)
{
	return plan->order[boot - 1];
}

uint32_t ktb_boots_seed(const struct ktb_boots *plan, size_t boot)
{
	const uint32_t seed =
		(uint32_t)ktb_random_place(plan->seed, (uint32_t)boot);

	return seed ? seed : 1;
}

char *ktb_boots_name(size_t boot)
{
	return ktb_alloc_text(NAME "%02zu", boot);
}

size_t ktb_boots_number(const char *name)
{
	const char *at = strstr(name, "-" NAME);
	uintmax_t number;
	char *end;

	if (!at)
		return 0;
	at += strlen("-" NAME);
	if (*at < '0' || *at > '9')
		return 0;
	number = strtoumax(at, &end, 10);
	/* Of two results of one second the second one has a number more. */
	if (*end == '-' && end[1] >= '1' && end[1] <= '9')
		strtoumax(end + 1, &end, 10);
	if (*end || number > KTB_BOOTS_NR_SIDES * KTB_BOOTS_MAX)
		return 0;
	return (size_t)number;
}

void ktb_boots_free(struct ktb_boots *plan)
{
	size_t i;

	for (i = 0; i < plan->nr_jobs; i++) {
		free(plan->jobs[i].path);
		free(plan->jobs[i].text);
	}
	for (i = 0; i < plan->nr_sets; i++)
		free(plan->sets[i]);
	for (i = 0; i < KTB_BOOTS_NR_SIDES; i++)
		free(plan->kernels[i]);
	free(plan->jobs);
	free(plan->sets);
	free(plan->module);
	free(plan->created);
	free(plan->order);
	memset(plan, 0, sizeof(*plan));
}
