// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Comparisons that are filled in by hand: their numbers are like real ones and are
 * judged by nobody.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/analysis/made_comparison.h"

#define BOOTS 5

/* One figure; numbers are percent of A but for @a, which is in ns. */
struct made_row {
	const char *job;
	const char *cell;
	const char *metric;
	enum ktb_quantile quantile;
	int cpu;
	bool is_gated;
	enum ktb_verdict verdict;
	double a;
	double effect;
	double half;
	double p;
	size_t boots_needed;
	size_t modes;
	const char *reason;
};

#define ALL KTB_QUANTITY_ALL_CPUS

/* clang-format off */
static const struct made_row plain_rows[] = {
	{ "wheel", "timers=100", "lateness", KTB_QUANTILE_P50, ALL, true,
	  KTB_VERDICT_UNCHANGED, 45310, .3, .8, .5, 0, 0, "" },
	{ "wheel", "timers=100", "lateness", KTB_QUANTILE_P99, ALL, true,
	  KTB_VERDICT_REGRESSED, 61200, 5.2, 2.1, .0003, 0, 2, "" },
	{ "wheel", "timers=1000", "lateness", KTB_QUANTILE_P99, ALL, true,
	  KTB_VERDICT_NOISY, 1234567, 4.1, 9.3, .21, 24, 0, "" },
	{ "hrtimer", "", "latency", KTB_QUANTILE_P99_9, ALL, true,
	  KTB_VERDICT_IMPROVED, 8120, -12.5, 3.3, .000012, 0, 0, "" },
	{ "hrtimer", "", "latency", KTB_QUANTILE_P50, ALL, true,
	  KTB_VERDICT_NONE, 0, 0, 0, 0, 0, 0,
	  "12 samples were lost in boot 3 of B" },
	{ "wheel", "timers=100", "lateness", KTB_QUANTILE_P99, 0, false,
	  KTB_VERDICT_UNCHANGED, 60100, .4, .9, .6, 0, 0, "" },
	{ "wheel", "timers=100", "lateness", KTB_QUANTILE_P99, 3, false,
	  KTB_VERDICT_REGRESSED, 61900, 19.5, 2.3, .00002, 0, 0, "" },
	{ "wheel", "timers=1000", "lateness", KTB_QUANTILE_P99, 1, false,
	  KTB_VERDICT_NOISY, 1300000, 2.5, 19.3, .8, SIZE_MAX, 0, "" },
};
/* clang-format on */

static double percent(double value)
{
	return log1p(value / 100);
}

static void make_readings(struct ktb_quantity *quantity)
{
	static const double noise[BOOTS] = { .993, 1.004, .999, 1.007, .997 };
	struct ktb_reading *reading;
	size_t side, i;

	for (side = 0; side < 2; side++) {
		quantity->nr[side] = BOOTS;
		reading = calloc(BOOTS, sizeof(*reading));
		if (!reading)
			abort();
		quantity->readings[side] = reading;
		for (i = 0; i < BOOTS; i++)
			reading[i] = (struct ktb_reading){
				i, quantity->center[side] * noise[i], 40000
			};
	}
}

static void make_quantity(struct ktb_quantity *quantity,
			  const struct made_row *row)
{
	*quantity = (struct ktb_quantity){
		.job = strdup(row->job),
		.cell = strdup(row->cell),
		.metric = strdup(row->metric),
		.scale = KTB_SCALE_NS,
		.quantile = row->quantile,
		.cpu = row->cpu,
		.is_gated = row->is_gated,
		.delta_ppm = KTB_QUANTITY_AUTO,
		.step = 1,
		.center = { row->a, row->a * (1 + row->effect / 100) },
		.p = row->p,
		.alpha = .0025,
		.low = percent(row->effect - row->half),
		.high = percent(row->effect + row->half),
		.delta = percent(1),
		.margin = percent(2),
		.verdict = row->verdict,
		.boots_needed = row->boots_needed,
		.modes = { row->modes, 0 },
		.missed = { 0, row->modes * 31 },
	};
	quantity->effect = (struct ktb_effect){
		.estimate = percent(row->effect),
		.se = percent(row->half) / 3,
		.df = 8,
		.p = row->p / 4,
		.p_permutation = row->p / 3,
		.is_permutation_exact = row->quantile == KTB_QUANTILE_P99,
		.shift = percent(row->effect * .98),
		.sd = { percent(.61), percent(.74) },
	};
	snprintf(quantity->reason, sizeof(quantity->reason), "%s", row->reason);
	/* What has no verdict was not measured, or not estimated. */
	if (row->verdict == KTB_VERDICT_NONE)
		quantity->lost[1] = 12;
	else
		make_readings(quantity);
}

static void count(struct ktb_comparison *comparison,
		  const struct ktb_quantity *quantity)
{
	struct ktb_outcome *outcome = &comparison->outcome;

	(quantity->is_gated ? outcome->gated :
			      outcome->rest)[quantity->verdict]++;
	if (quantity->is_gated &&
	    quantity->boots_needed > outcome->boots_needed)
		outcome->boots_needed = quantity->boots_needed;
	outcome->verdict = ktb_judge_sum_up(outcome->gated);
}

static void add(struct ktb_comparison *comparison, const struct made_row *row)
{
	comparison->quantities = reallocarray(comparison->quantities,
					      comparison->nr + 1,
					      sizeof(*comparison->quantities));
	make_quantity(&comparison->quantities[comparison->nr], row);
	count(comparison, &comparison->quantities[comparison->nr++]);
}

static void add_difference(struct ktb_comparison *comparison, const char *name,
			   enum ktb_difference_kind kind, const char *a,
			   const char *b)
{
	struct ktb_differences *differences = &comparison->differences;

	differences->items = reallocarray(differences->items,
					  differences->nr + 1,
					  sizeof(*differences->items));
	if (!differences->items)
		abort();
	differences->items[differences->nr++] = (struct ktb_difference){
		.name = strdup(name),
		.kind = kind,
		.value = { strdup(a), strdup(b) },
	};
	differences->nr_refused += kind == KTB_DIFFERENCE_REFUSED;
}

/* All but the figures. */
static void frame(struct ktb_comparison *comparison, enum ktb_lane lane,
		  const char *a, const char *b)
{
	size_t i;

	memset(comparison, 0, sizeof(*comparison));
	comparison->title[0] = strdup(a);
	comparison->title[1] = strdup(b);
	comparison->kernel[0] = strdup("6.1.0-made");
	comparison->kernel[1] = strdup("6.12.0-made");
	comparison->lane = lane;
	comparison->lane_detail = strdup("made by hand");
	comparison->options.alpha = KTB_JUDGE_ALPHA;
	for (i = 0; i < 2 && lane != KTB_LANE_EXACT; i++) {
		/* Boots without a result: nobody reads them again. */
		comparison->side[i].boots =
			calloc(BOOTS + 1, sizeof(struct ktb_boot));
		comparison->side[i].nr_boots = BOOTS + 1;
		comparison->side[i].nr_machine_boots = BOOTS + 1;
		comparison->side[i].nr_results = 2 * BOOTS + 2;
		comparison->used[i] = BOOTS;
		comparison->samples[i] = 800000;
		comparison->lost[i] = i * 12;
		comparison->missed[i] = i * 31;
	}
}

static void add_rows(struct ktb_comparison *comparison,
		     const struct made_row *rows, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		add(comparison, &rows[i]);
}

static void make_plain(struct ktb_comparison *comparison)
{
	static const size_t looks[] = { 5, 10, 15 };

	frame(comparison, KTB_LANE_VM, "results/A", "results/B");
	add_rows(comparison, plain_rows,
		 sizeof(plain_rows) / sizeof(plain_rows[0]));
	memcpy(comparison->options.looks, looks, sizeof(looks));
	comparison->options.nr_looks = 3;
	comparison->look = 1;
	comparison->is_between_looks = true;
	comparison->options.is_forced = true;
	add_difference(comparison, "governor", KTB_DIFFERENCE_REFUSED,
		       "performance", "schedutil");
	add_difference(comparison, "kernel", KTB_DIFFERENCE_OF_KERNEL,
		       "6.1.0-made", "6.12.0-made");
	add_difference(comparison, "hostname", KTB_DIFFERENCE_TOLD, "a", "b");
}

static void make_calm(struct ktb_comparison *comparison)
{
	frame(comparison, KTB_LANE_METAL, "a", "b");
	add(comparison, &plain_rows[0]);
}

/* As `ktbench figures` writes them. */
static json_t *make_figure(const struct ktb_quantity *quantity, size_t side)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}", "job", quantity->job,
			 "cell", quantity->cell, "metric", quantity->metric,
			 "unit",
			 quantity->scale == KTB_SCALE_INSTRUCTIONS ?
				 "instructions" :
				 "milli-instructions",
			 "min", (json_int_t)quantity->least[side], "p50",
			 (json_int_t)quantity->center[side]);
}

static void make_exact(struct ktb_comparison *comparison)
{
	static const struct {
		const char *metric;
		enum ktb_scale scale;
		enum ktb_verdict verdict;
		double p50[2];
		double least[2];
		const char *reason;
	} rows[] = {
		{ "lateness",
		  KTB_SCALE_INSTRUCTIONS,
		  KTB_VERDICT_REGRESSED,
		  { 585, 12595 },
		  { 580, 590 },
		  "" },
		{ "delivery",
		  KTB_SCALE_INSTRUCTIONS,
		  KTB_VERDICT_IMPROVED,
		  { 100, 90 },
		  { 100, 90 },
		  "" },
		{ "early",
		  KTB_SCALE_INSTRUCTIONS,
		  KTB_VERDICT_REGRESSED,
		  { 0, 7 },
		  { 0, 7 },
		  "" },
		{ "mod_timer",
		  KTB_SCALE_MILLI_INSTRUCTIONS,
		  KTB_VERDICT_UNCHANGED,
		  { 45310, 45310 },
		  { 44000, 44000 },
		  "" },
		{ "gone",
		  KTB_SCALE_INSTRUCTIONS,
		  KTB_VERDICT_NONE,
		  { 12, 0 },
		  { 12, 0 },
		  "only A has it" },
	};
	json_t *figures[2] = { json_array(), json_array() };
	struct made_row row = plain_rows[0];
	struct ktb_quantity *quantity;
	struct ktb_fault fault;
	size_t i, k;

	frame(comparison, KTB_LANE_EXACT, "6.1.json", "6.12.json");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		row.metric = rows[i].metric;
		/* Then no boot has a reading. */
		row.verdict = KTB_VERDICT_NONE;
		comparison->quantities =
			reallocarray(comparison->quantities, i + 1,
				     sizeof(*comparison->quantities));
		quantity = &comparison->quantities[i];
		make_quantity(quantity, &row);
		quantity->verdict = rows[i].verdict;
		quantity->scale = rows[i].scale;
		memset(quantity->lost, 0, sizeof(quantity->lost));
		memcpy(quantity->center, rows[i].p50, sizeof(rows[i].p50));
		memcpy(quantity->least, rows[i].least, sizeof(rows[i].least));
		strcpy(quantity->reason, rows[i].reason);
		comparison->nr++;
		count(comparison, quantity);
		for (k = 0; k < 2 && (!k || !*quantity->reason); k++)
			json_array_append_new(figures[k],
					      make_figure(quantity, k));
	}
	for (i = 0; i < 2; i++)
		comparison->figures[i] =
			json_pack("{s:o}", "figures", figures[i]);
	if (ktb_changes_find(&comparison->changes, comparison->figures[0],
			     comparison->figures[1], 0, &fault))
		abort();
}

/* Nothing decides. */
static void make_empty(struct ktb_comparison *comparison)
{
	frame(comparison, KTB_LANE_METAL, "a", "b");
	add(comparison, &plain_rows[5]);
	comparison->options.is_forced = true;
}

/* More than any format can show, with names as long as they get. */
static void make_many(struct ktb_comparison *comparison)
{
	struct made_row row;
	char *long_value;
	char cell[200];
	size_t i;

	frame(comparison, KTB_LANE_METAL, "a", "b");
	for (i = 0; i < 5000; i++) {
		row = plain_rows[i % 4 == 3 ? 0 : i % 3];
		snprintf(cell, sizeof(cell), "%0150zu <&|>_*[x](y)`z`", i);
		row.cell = cell;
		add(comparison, &row);
	}
	for (i = 0; i < 100; i++)
		add(comparison, &plain_rows[6]);
	long_value = calloc(1, 4001);
	if (!long_value)
		abort();
	memset(long_value, '|', 4000);
	for (i = 0; i < 100; i++)
		add_difference(comparison, "cmdline", KTB_DIFFERENCE_OF_KERNEL,
			       long_value, "x");
	free(long_value);
}

/* Names that are markup somewhere, numbers that are none. */
static void make_odd(struct ktb_comparison *comparison)
{
	struct made_row row = plain_rows[1];
	struct ktb_quantity *quantity;

	frame(comparison, KTB_LANE_METAL, "a <b> & \"c\" | \xff\xfe d\n\tok 9",
	      "ünder/*_`#é");
	comparison->options.is_forced = true;
	add_difference(comparison, "cmd<line>", KTB_DIFFERENCE_REFUSED,
		       "a=\"<&|`#\"\nnot ok 7", "");
	row.job = "<script>&\"'|#`*_\x01";
	row.cell = "a # SKIP b\nok 8 x";
	add(comparison, &row);
	row.job = "nowhere";
	row.verdict = KTB_VERDICT_NOISY;
	row.boots_needed = SIZE_MAX;
	add(comparison, &row);
	quantity = &comparison->quantities[1];
	quantity->p = NAN;
	quantity->effect.estimate = INFINITY;
	quantity->effect.p = NAN;
	quantity->effect.p_permutation = NAN;
	quantity->effect.shift = -INFINITY;
	quantity->effect.sd[1] = NAN;
	quantity->center[1] = INFINITY;
	quantity->low = -INFINITY;
	quantity->high = INFINITY;
	quantity->delta = NAN;
	quantity->margin = INFINITY;
}

const struct made_case made_cases[] = {
	{ "plain", "one of each verdict, forced, sequential, in a guest",
	  make_plain },
	{ "calm", "one figure, unchanged", make_calm },
	{ "exact", "instructions", make_exact },
	{ "empty", "no figure is gated", make_empty },
	{ "many", "5,000 gated figures", make_many },
	{ "odd", "names that are markup, numbers that are none", make_odd },
	{ 0 },
};
