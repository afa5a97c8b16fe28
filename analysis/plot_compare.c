// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The pictures of a comparison: which figures are drawn, and in which pictures. The
 * kinds know their data, draw.c knows gnuplot.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "plot_compare.h"

/* How clearly it stands out: the effect by half of its interval. */
static double versus_clarity(const struct ktb_quantity *quantity)
{
	const double half = (quantity->high - quantity->low) / 2;
	const double size = fabs(quantity->effect.estimate);

	return half > 0 ? size / half : size > 0 ? HUGE_VAL : 0;
}

static bool versus_is_drawn(const struct ktb_versus *versus,
			    const struct ktb_quantity *quantity)
{
	size_t i;

	for (i = 0; i < versus->nr_drawn; i++)
		if (versus->drawn[i] == quantity)
			return true;
	return false;
}

static const struct ktb_quantity *
versus_clearest(const struct ktb_versus *versus)
{
	const struct ktb_comparison *comparison = versus->comparison;
	const struct ktb_quantity *best = NULL, *one;
	size_t i;

	for (i = 0; i < comparison->nr; i++) {
		one = &comparison->quantities[i];
		if (!one->is_gated || one->verdict == KTB_VERDICT_NONE ||
		    versus_is_drawn(versus, one))
			continue;
		if (!best || versus_clarity(one) > versus_clarity(best))
			best = one;
	}
	return best;
}

bool ktb_versus_is_same(const struct ktb_quantity *a,
			const struct ktb_quantity *b)
{
	return a->cpu == b->cpu && !strcmp(a->job, b->job) &&
	       !strcmp(a->cell, b->cell) && !strcmp(a->metric, b->metric);
}

static void versus_choose(struct ktb_versus *versus)
{
	const size_t *gated = versus->comparison->outcome.gated;
	const struct ktb_quantity *one;
	size_t all = 0, i;

	for (i = 0; i < KTB_NR_VERDICTS; i++)
		all += i == KTB_VERDICT_NONE ? 0 : gated[i];
	while (versus->nr_drawn < KTB_COMPARE_DRAWN &&
	       (one = versus_clearest(versus))) {
		for (i = 0; i < versus->nr_metrics; i++)
			if (ktb_versus_is_same(
				    versus->drawn[versus->metrics[i]], one))
				break;
		if (i == versus->nr_metrics)
			versus->metrics[versus->nr_metrics++] =
				versus->nr_drawn;
		versus->drawn[versus->nr_drawn++] = one;
	}
	versus->nr_left_out = all - versus->nr_drawn;
}

static void versus_frame(struct ktb_versus *versus, const char *dir)
{
	struct ktb_findings *frame = &versus->frame;
	size_t i;

	for (i = 0; i < versus->nr_metrics; i++)
		versus->jobs[i].name = versus->drawn[versus->metrics[i]]->job;
	versus->jobs[versus->nr_metrics].name = "all";
	frame->jobs = versus->jobs;
	frame->nr_jobs = versus->nr_metrics + 1;
	frame->reader.dir = (char *)dir;
	frame->reader.lane = versus->comparison->lane;
}

static int versus_collect(struct ktb_versus *versus, struct ktb_fault *fault)
{
	const struct ktb_comparison *comparison = versus->comparison;
	struct ktb_shift *shift = malloc(sizeof(*shift));
	const struct ktb_quantity *quantity;
	const struct ktb_job *job;
	size_t i;
	int ret = 0;

	if (!shift)
		return ktb_fault_memory(fault);
	for (i = 0; !ret && i < versus->nr_metrics; i++) {
		quantity = versus->drawn[versus->metrics[i]];
		job = &versus->jobs[i];
		ret = ktb_compare_shift(comparison, quantity, shift, fault);
		if (!ret)
			ret = ktb_plot_shift(versus, job, quantity, shift);
		if (!ret)
			ret = ktb_plot_versus(versus, job, quantity, shift);
	}
	free(shift);
	return ret ? ret : ktb_plot_noise(versus, &versus->jobs[i]);
}

int ktb_versus_draw(struct ktb_versus *versus,
		    const struct ktb_comparison *comparison, const char *dir,
		    const char *gnuplot, struct ktb_fault *fault)
{
	int ret;

	memset(versus, 0, sizeof(*versus));
	versus->comparison = comparison;
	versus_choose(versus);
	versus_frame(versus, dir);
	ret = ktb_plots_open(&versus->plots, &versus->frame, fault);
	if (!ret && versus->nr_drawn)
		ret = versus_collect(versus, fault);
	return ret ? ret : ktb_draw_all(&versus->plots, gnuplot);
}

void ktb_versus_free(struct ktb_versus *versus)
{
	ktb_plots_free(&versus->plots);
}
