// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Readings, cell by cell: no more than one cell's histograms are in memory for each
 * boot that is being read. It may not compare.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gather.h"

/* What is told of each distribution besides what is gated. */
static const enum ktb_quantile told[] = { KTB_QUANTILE_P50, KTB_QUANTILE_P90,
					  KTB_QUANTILE_P99 };

/**
 * struct gathering - one cell, being read
 * @all: grows
 * @side: A and B
 * @used: boots of each
 * @key: of the cell
 * @job: of the cell; the first half of @key
 * @cell: its label; the second half
 * @first: index of the cell's first quantity
 * @lost: samples of the cell that were lost, by side
 * @missed: periods of the cell that were missed, by side
 * @is_of_served: the quantiles of the boot that is being read leave those out
 * @bad_boot: number of the first boot whose cell is invalid, from 1, by side
 * @bad_lost: samples of it that were lost there
 * @fault: where a sentence goes
 */
struct gathering {
	struct ktb_gathered *all;
	const struct ktb_side *side;
	const size_t *used;
	const char *key;
	char *job;
	char *cell;
	size_t first;
	uint64_t lost[2];
	uint64_t missed[2];
	bool is_of_served;
	size_t bad_boot[2];
	uint64_t bad_lost[2];
	struct ktb_fault *fault;
};

static bool is_same(const struct ktb_quantity *quantity, const char *metric,
		    enum ktb_quantile quantile, int cpu)
{
	return quantity->quantile == quantile && quantity->cpu == cpu &&
	       !strcmp(quantity->metric, metric);
}

static double step_of(const struct gathering *gathering, enum ktb_scale scale)
{
	double step = 1, told_step;
	size_t i;

	if (scale != KTB_SCALE_NS)
		return 1;
	for (i = 0; i < 2; i++) {
		told_step = strtod(
			ktb_reader_fact(ktb_side_first(&gathering->side[i]),
					"clock_step_ns"),
			NULL);
		if (told_step > step)
			step = told_step;
	}
	return step;
}

static struct ktb_quantity *make(struct gathering *gathering,
				 const struct ktb_metric *metric,
				 enum ktb_quantile quantile, int cpu)
{
	struct ktb_gathered *all = gathering->all;
	struct ktb_quantity *grown, *quantity;

	grown = realloc(all->quantities, (all->nr + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	all->quantities = grown;
	quantity = &grown[all->nr];
	*quantity = (struct ktb_quantity){
		.job = strdup(gathering->job),
		.cell = strdup(gathering->cell),
		.metric = strdup(metric->name),
		.scale = metric->scale,
		.is_rate = metric->is_rate,
		.is_served = metric->is_served,
		.quantile = quantile,
		.cpu = cpu,
		.delta_ppm = KTB_QUANTITY_AUTO,
		.step = step_of(gathering, metric->scale),
	};
	quantity->readings[0] =
		calloc(gathering->used[0] + 1, sizeof(struct ktb_reading));
	quantity->readings[1] =
		calloc(gathering->used[1] + 1, sizeof(struct ktb_reading));
	all->nr++;
	return quantity->job && quantity->cell && quantity->metric &&
			       quantity->readings[0] && quantity->readings[1] ?
		       quantity :
		       NULL;
}

/* The figure's place; made when it is not there yet. */
static struct ktb_quantity *find(struct gathering *gathering,
				 const struct ktb_metric *metric,
				 enum ktb_quantile quantile, int cpu)
{
	struct ktb_gathered *all = gathering->all;
	size_t i;

	for (i = gathering->first; i < all->nr; i++)
		if (is_same(&all->quantities[i], metric->name, quantile, cpu))
			return &all->quantities[i];
	return make(gathering, metric, quantile, cpu);
}

/* Another module may count in another unit, or the other way round. */
static bool is_of_kind(const struct ktb_quantity *quantity,
		       const struct ktb_metric *metric)
{
	return quantity->scale == metric->scale &&
	       quantity->is_rate == metric->is_rate;
}

static bool take(struct gathering *gathering, size_t side, size_t boot,
		 const struct ktb_metric *metric, const struct ktb_histogram *h,
		 enum ktb_quantile quantile, int cpu)
{
	struct ktb_quantity *quantity;
	double value;

	if (h->count < ktb_quantile_min_samples(quantile))
		return true;
	quantity = find(gathering, metric, quantile, cpu);
	if (!quantity)
		return false;
	if (!*quantity->reason && !is_of_kind(quantity, metric))
		snprintf(
			quantity->reason, sizeof(quantity->reason),
			"boot %zu of %c has another unit, or another direction, of it than the first boot, so they have no ratio",
			boot + 1, "AB"[side]);
	/* Early and overflowing readings are kept: they forbid a ratio. */
	if (!ktb_quantity_read(h, ktb_quantile_ppm(quantile), &value)) {
		value = NAN;
		snprintf(
			quantity->reason, sizeof(quantity->reason),
			"in boot %zu of %c it is below zero or past the last bucket, and has no ratio",
			boot + 1, "AB"[side]);
	}
	if (metric->is_primary)
		quantity->is_of_served[side] |= gathering->is_of_served;
	quantity->readings[side][quantity->nr[side]++] =
		(struct ktb_reading){ boot, value, h->count };
	return true;
}

static bool is_told(enum ktb_quantile quantile)
{
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (told[i] == quantile)
			return true;
	return false;
}

/* One distribution of one boot. */
static bool take_metric(struct gathering *gathering, size_t side, size_t boot,
			const struct ktb_metric *metric,
			const struct ktb_cell_data *data)
{
	const struct ktb_histogram *all = &data->hists[metric->slot];
	struct ktb_gate gates[KTB_NR_QUANTILES];
	size_t nr_gates = 0, i, k;

	/* What is gated is A's to say. */
	if (!data->is_load)
		nr_gates = ktb_gates_of(ktb_side_first(&gathering->side[0]),
					gathering->job, metric, gates);
	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (!take(gathering, side, boot, metric, all, told[i],
			  KTB_QUANTITY_ALL_CPUS))
			return false;
	for (i = 0; i < nr_gates; i++) {
		if (!is_told(gates[i].quantile) &&
		    !take(gathering, side, boot, metric, all, gates[i].quantile,
			  KTB_QUANTITY_ALL_CPUS))
			return false;
		for (k = 0; data->nr_cpus > 1 && k < data->nr_cpus; k++)
			if (!take(gathering, side, boot, metric,
				  &data->cpus[k].hists[metric->slot],
				  gates[i].quantile, data->cpus[k].cpu))
				return false;
	}
	return true;
}

static int take_boot(struct gathering *gathering, size_t side, size_t boot)
{
	const struct ktb_workload *workload;
	struct ktb_cell_data data;
	size_t i;
	int ret;

	ret = ktb_side_load(&gathering->side[side], boot, gathering->key, &data,
			    gathering->fault);
	workload = ret ? NULL : data.workload;
	gathering->is_of_served = !ret && data.is_of_served;
	for (i = 0; !ret && workload && i < workload->nr_metrics; i++)
		/* How late the missed ones were is in the primary one. */
		if (workload->metrics[i].is_distribution &&
		    !workload->metrics[i].is_missed &&
		    !take_metric(gathering, side, boot, &workload->metrics[i],
				 &data))
			ret = ktb_fault_memory(gathering->fault);
	if (!ret && workload && workload->primary)
		gathering->all->samples[side] +=
			data.hists[workload->primary->slot].count;
	gathering->lost[side] += data.lost;
	gathering->all->lost[side] += data.lost;
	gathering->missed[side] += data.missed;
	gathering->all->missed[side] += data.missed;
	if (!data.is_valid && !gathering->bad_boot[side]) {
		gathering->bad_boot[side] = boot + 1;
		gathering->bad_lost[side] = data.lost;
	}
	ktb_side_unload(&data);
	return ret;
}

/* Gates that no boot has a reading of are figures too: they have no verdict. */
static bool add_gates(struct gathering *gathering,
		      const struct ktb_workload *workload)
{
	const struct ktb_reader *reader = ktb_side_first(&gathering->side[0]);
	struct ktb_gate gates[KTB_NR_QUANTILES];
	const struct ktb_metric *metric;
	struct ktb_quantity *quantity;
	size_t i, k, nr;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (!metric->is_distribution)
			continue;
		nr = ktb_gates_of(reader, gathering->job, metric, gates);
		for (k = 0; k < nr; k++) {
			quantity = find(gathering, metric, gates[k].quantile,
					KTB_QUANTITY_ALL_CPUS);
			if (!quantity)
				return false;
			quantity->is_gated = true;
			quantity->delta_ppm = gates[k].delta_ppm;
		}
	}
	return true;
}

static void tell_bad_boot(const struct gathering *gathering,
			  struct ktb_quantity *quantity, size_t side)
{
	char what[96] = "a repetition was cut short or is invalid";

	if (gathering->bad_lost[side])
		snprintf(what, sizeof(what), "%.40s samples were lost",
			 ktb_scale_count(gathering->bad_lost[side]).s);
	snprintf(quantity->reason, sizeof(quantity->reason),
		 "%s in boot %zu of %c: such a result gives no verdict", what,
		 gathering->bad_boot[side], "AB"[side]);
}

/* Why there is nothing to compare, if there is not. */
static void give_reason(const struct gathering *gathering,
			struct ktb_quantity *quantity)
{
	const struct ktb_side *side = gathering->side;
	size_t i;

	memcpy(quantity->lost, gathering->lost, sizeof(quantity->lost));
	memcpy(quantity->missed, gathering->missed, sizeof(quantity->missed));
	for (i = 0; i < 2; i++)
		if (gathering->bad_boot[i]) {
			tell_bad_boot(gathering, quantity, i);
			return;
		}
	if (*quantity->reason)
		return;
	for (i = 0; i < 2; i++) {
		if (quantity->nr[i])
			continue;
		snprintf(quantity->reason, sizeof(quantity->reason), "%s",
			 quantity->nr[!i] ?
				 (i ? "only A has it" : "only B has it") :
				 "no boot has samples enough for it");
		/* What this side's machine or kernel does not have was told. */
		if (!ktb_side_left_out(&side[i], quantity->job))
			continue;
		quantity->is_left_out = quantity->is_gated;
		quantity->is_gated = false;
	}
}

static int gather_cell(struct ktb_gathered *all, const struct ktb_side *side,
		       const size_t *used, const char *key,
		       struct ktb_fault *fault)
{
	const struct ktb_summary *summary = ktb_side_cell(&side[0], key);
	struct gathering gathering = {
		.all = all,
		.side = side,
		.used = used,
		.key = key,
		.job = strdup(key),
		.first = all->nr,
		.fault = fault,
	};
	size_t i, k;
	int ret = 0;

	if (!gathering.job)
		return ktb_fault_memory(fault);
	gathering.cell = strchr(gathering.job, '\n');
	*gathering.cell++ = '\0';
	for (i = 0; i < 2; i++)
		for (k = 0; !ret && k < used[i]; k++)
			ret = take_boot(&gathering, i, k);
	if (!ret && summary && summary->beside < 0 &&
	    !add_gates(&gathering, summary->workload))
		ret = ktb_fault_memory(fault);
	/* Where nothing was missed those served are all, and there already. */
	if (!gathering.missed[0] && !gathering.missed[1])
		all->nr = gathering.first +
			  ktb_quantity_drop_served(all->quantities +
							   gathering.first,
						   all->nr - gathering.first);
	for (i = gathering.first; !ret && i < all->nr; i++)
		give_reason(&gathering, &all->quantities[i]);
	free(gathering.job);
	return ret;
}

/* The keys of all cells of the boots that take part, A's first. */
static json_t *list_cells(const struct ktb_side side[2], const size_t used[2])
{
	json_t *keys = json_object(), *list;
	const struct ktb_boot *boot;
	const char *key;
	size_t i, k, n;

	for (i = 0; i < 2; i++)
		for (k = 0; k < used[i]; k++) {
			boot = &side[i].boots[k];
			for (n = 0; n < boot->nr; n++)
				json_object_foreach(boot->cells[n], key, list)
					if (!json_object_get(keys, key))
						json_object_set_new(
							keys, key, json_null());
		}
	return keys;
}

int ktb_gather(struct ktb_gathered *gathered, const struct ktb_side side[2],
	       const size_t used[2], struct ktb_fault *fault)
{
	json_t *keys = list_cells(side, used), *value;
	const char *key;
	int ret;

	memset(gathered, 0, sizeof(*gathered));
	ret = ktb_gates_check(ktb_side_first(&side[0]), fault);
	/* jansson keeps the order in which members were added. */
	json_object_foreach(keys, key, value)
		if (!ret)
			ret = gather_cell(gathered, side, used, key, fault);
	json_decref(keys);
	return ret;
}

void ktb_gather_free(struct ktb_gathered *gathered)
{
	size_t i;

	for (i = 0; i < gathered->nr; i++)
		ktb_quantity_free(&gathered->quantities[i]);
	free(gathered->quantities);
	memset(gathered, 0, sizeof(*gathered));
}
