// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A compared figure: what it is called, what it holds, how it is read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quantity.h"
#include "reader.h"

void ktb_quantity_free(struct ktb_quantity *quantity)
{
	free(quantity->job);
	free(quantity->cell);
	free(quantity->metric);
	free(quantity->readings[0]);
	free(quantity->readings[1]);
}

size_t ktb_quantity_drop_served(struct ktb_quantity *quantities, size_t nr)
{
	size_t left = 0, i;

	for (i = 0; i < nr; i++)
		if (quantities[i].is_served)
			ktb_quantity_free(&quantities[i]);
		else
			quantities[left++] = quantities[i];
	return left;
}

void ktb_quantity_name(const struct ktb_quantity *quantity, char *text,
		       size_t size)
{
	size_t length = strlen(quantity->metric);
	char cpu[24] = "";

	if (quantity->is_served)
		length -= strlen(KTB_READER_SERVED);
	if (quantity->cpu != KTB_QUANTITY_ALL_CPUS)
		snprintf(cpu, sizeof(cpu), ", CPU %d", quantity->cpu);
	snprintf(text, size, "%s%s%s: %.*s%s %s%s", quantity->job,
		 *quantity->cell ? " " : "", quantity->cell, (int)length,
		 quantity->metric, quantity->is_served ? " (served only)" : "",
		 ktb_quantile_name(quantity->quantile), cpu);
}

const char *ktb_quantity_verdict_name(enum ktb_verdict verdict)
{
	static const char *const names[] = {
		[KTB_VERDICT_UNCHANGED] = "unchanged",
		[KTB_VERDICT_IMPROVED] = "improved",
		[KTB_VERDICT_NOISY] = "too noisy",
		[KTB_VERDICT_REGRESSED] = "regressed",
		[KTB_VERDICT_NONE] = "no verdict",
	};

	return names[verdict];
}

/* Where in a bucket the rank lies, half a sample away from its edges at least. */
static double within(uint64_t rank, uint64_t before, uint64_t inside,
		     double width)
{
	return ((double)(rank - before) - 0.5) / (double)inside * width;
}

bool ktb_quantity_read(const struct ktb_histogram *h, uint32_t ppm,
		       double *value)
{
	uint64_t before = h->early, rank;
	uint32_t i;

	if (!h->count)
		return false;
	rank = ktb_quantile_rank(h->count, ppm);
	if (rank <= before)
		return false;
	/* There is nothing below the bucket of the least sample. */
	for (i = h->min > 0 ? ktb_hist_index(h->min) : 0; i < KTB_HIST_NR;
	     i++) {
		if (rank <= before + h->bucket[i]) {
			*value = (double)ktb_hist_low(i) +
				 within(rank, before, h->bucket[i],
					(double)(ktb_hist_low(i + 1) -
						 ktb_hist_low(i)));
			return true;
		}
		before += h->bucket[i];
	}
	return false;
}
