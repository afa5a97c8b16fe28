// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The key `gate`: METRIC QUANTILE [DELTA], parted by commas, or none. Which
 * metrics there are it learns from the catalogue. It may not know the machine,
 * the device, or how a comparison judges.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "environment.h"
#include "gate.h"
#include "nearest.h"

#define GATE_NONE	 "none"
#define GATE_AUTO	 "auto"
#define GATE_BLANKS	 " \t"

/* A change is said in thousandths of a percent, each 10 ppm. */
#define PPM_OF_STEP	 10
#define STEPS_OF_PERCENT 1000

/* Those of analysis/quantile.c that a boot has samples enough for. */
static const char *const gate_quantiles[] = { "p50", "p90", "p99", "p99.9" };

#define NR_QUANTILES (sizeof(gate_quantiles) / sizeof(gate_quantiles[0]))

static bool is_primary(const struct ktb_metric *metric)
{
	return metric->primary;
}

static bool is_call(const struct ktb_metric *metric)
{
	return metric->call;
}

/* Words that mean metrics by what they are. */
static const struct gate_word {
	const char *word;
	const char *what;
	bool (*is_meant)(const struct ktb_metric *metric);
} gate_words[] = {
	{ "primary", "primary distribution", is_primary },
	{ "calls", "call whose cost it measures", is_call },
};

#define NR_WORDS (sizeof(gate_words) / sizeof(gate_words[0]))

/* One METRIC QUANTILE [DELTA], and whom it is said of. */
struct gate_wish {
	const struct ktb_jobs *jobs;
	bool is_for_all;
	const char *metric;
	const char *quantile;
	int64_t delta_ppm;
};

const char *ktb_gate_quantile(size_t index)
{
	return index < NR_QUANTILES ? gate_quantiles[index] : NULL;
}

static const struct gate_word *find_word(const char *text)
{
	size_t i;

	for (i = 0; i < NR_WORDS; i++)
		if (!strcmp(gate_words[i].word, text))
			return &gate_words[i];
	return NULL;
}

static bool is_meant(const char *text, const struct ktb_metric *metric)
{
	const struct gate_word *word = find_word(text);

	if (metric->what != KTB_METRIC_WHAT_DISTRIBUTION)
		return false;
	return word ? word->is_meant(metric) : !strcmp(metric->name, text);
}

static bool has_metric(const struct ktb_workload *workload, const char *word)
{
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++)
		if (is_meant(word, &workload->metrics[i]))
			return true;
	return false;
}

/* Whether a line of a job file is said of this job too, and is of meaning. */
static bool shares_gate(const struct ktb_job *job, const struct ktb_job *other)
{
	return !other->is_load && other->gate.text &&
	       !strcmp(other->gate.where, job->gate.where);
}

static void offer_metrics(struct ktb_nearest *nearest,
			  const struct ktb_workload *workload)
{
	size_t i;

	for (i = 0; i < NR_WORDS; i++)
		if (has_metric(workload, gate_words[i].word))
			ktb_nearest_offer(nearest, gate_words[i].word);
	for (i = 0; i < workload->nr_metrics; i++)
		if (workload->metrics[i].what == KTB_METRIC_WHAT_DISTRIBUTION)
			ktb_nearest_offer(nearest, workload->metrics[i].name);
}

/* A metric that the job which names it lacks. */
static int lacks_own(const struct ktb_workload *workload, const char *text,
		     struct ktb_nearest *nearest, struct ktb_error *err)
{
	const struct gate_word *word = find_word(text);

	if (word)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"workload %s has no %s; name a distribution, `ktbench list %s` shows all",
			workload->name, word->what, workload->name);
	if (ktb_catalog_metric(workload, text))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"'%s' is a counter and has no quantiles; name a distribution, `ktbench list %s` shows all",
			text, workload->name);
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"workload %s has no distribution '%s'%s; `ktbench list %s` shows all",
		workload->name, text, ktb_nearest_hint(nearest),
		workload->name);
}

/* A metric that the job lacks: 0 if the wish is meant for another one. */
static int lacks_metric(const struct ktb_job *job, const struct gate_wish *wish,
			struct ktb_error *err)
{
	const struct ktb_job *other;
	struct ktb_nearest nearest;
	size_t i;

	ktb_nearest_begin(&nearest, wish->metric);
	ktb_nearest_offer(&nearest, GATE_NONE);
	offer_metrics(&nearest, job->workload);
	for (i = 0; wish->is_for_all && i < wish->jobs->nr_jobs; i++) {
		other = &wish->jobs->jobs[i];
		if (!shares_gate(job, other))
			continue;
		if (has_metric(other->workload, wish->metric))
			return 0;
		offer_metrics(&nearest, other->workload);
	}
	if (wish->is_for_all)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"no job that it is said of has a distribution '%s'%s",
			wish->metric, ktb_nearest_hint(&nearest));
	return lacks_own(job->workload, wish->metric, &nearest, err);
}

static int add_gate(struct ktb_job *job, const struct ktb_metric *metric,
		    const struct gate_wish *wish, struct ktb_error *err)
{
	size_t i;

	for (i = 0; i < job->nr_gates; i++)
		if (job->gates[i].metric == metric &&
		    job->gates[i].quantile == wish->quantile)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"%s %s of workload %s is given twice",
				metric->name, wish->quantile,
				job->workload->name);
	job->gates =
		ktb_alloc_more(job->gates, job->nr_gates, sizeof(*job->gates));
	job->gates[job->nr_gates++] = (struct ktb_gate){
		.metric = metric,
		.quantile = wish->quantile,
		.delta_ppm = wish->delta_ppm,
	};
	return 0;
}

static int add_gates(struct ktb_job *job, const struct gate_wish *wish,
		     struct ktb_error *err)
{
	const struct ktb_workload *workload = job->workload;
	int ret = 0;
	size_t i;

	if (!has_metric(workload, wish->metric))
		return lacks_metric(job, wish, err);
	for (i = 0; !ret && i < workload->nr_metrics; i++)
		if (is_meant(wish->metric, &workload->metrics[i]))
			ret = add_gate(job, &workload->metrics[i], wish, err);
	return ret;
}

static int parse_quantile(struct gate_wish *wish, const char *text,
			  struct ktb_error *err)
{
	struct ktb_nearest nearest;
	size_t i;

	ktb_nearest_begin(&nearest, text);
	for (i = 0; i < NR_QUANTILES; i++) {
		wish->quantile = gate_quantiles[i];
		if (!strcmp(wish->quantile, text))
			return 0;
		ktb_nearest_offer(&nearest, wish->quantile);
	}
	return ktb_message_set(err, KTB_EXIT_USAGE,
			       "'%s' is not one of p50, p90, p99, p99.9%s",
			       text, ktb_nearest_hint(&nearest));
}

static int parse_delta(struct gate_wish *wish, const char *text,
		       struct ktb_error *err)
{
	const size_t len = strlen(text);
	const char *why = "";
	int64_t steps = 0;
	char *number;

	wish->delta_ppm = 0;
	if (!strcmp(text, GATE_AUTO))
		return 0;
	if (text[len - 1] == '%') {
		/* A thousand steps are a percent. */
		number = ktb_alloc_text("%.*sk", (int)len - 1, text);
		why = ktb_units_parse(number, KTB_UNIT_KIND_COUNT, &steps);
		free(number);
	}
	if (why)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"'%s' is no percentage of at most three decimals, such as 0.5%%, nor " GATE_AUTO,
			text);
	if (steps < 1 || steps > 100 * STEPS_OF_PERCENT)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s is out of range, which is 0.001%% to 100%%", text);
	wish->delta_ppm = steps * PPM_OF_STEP;
	return 0;
}

/* The next word of a text, which is cut up; NULL if there is none. */
static char *next_word(char **rest)
{
	char *word;

	while ((word = strsep(rest, GATE_BLANKS)) && !*word)
		;
	return word;
}

static int take_item(struct ktb_job *job, struct gate_wish *wish, char *item,
		     struct ktb_error *err)
{
	char *whole = ktb_alloc_text("%s", item + strspn(item, GATE_BLANKS));
	const char *quantile, *delta;
	int ret;

	wish->metric = next_word(&item);
	quantile = next_word(&item);
	delta = next_word(&item);
	if (!wish->metric)
		ret = ktb_message_set(err, KTB_EXIT_USAGE,
				      "a value is missing in the list");
	else if (!strcmp(wish->metric, GATE_NONE))
		ret = ktb_message_set(err, KTB_EXIT_USAGE,
				      "'" GATE_NONE "' stands alone");
	else if (!quantile || next_word(&item))
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"'%s' is not METRIC QUANTILE [DELTA], such as primary p99 5%%",
			whole);
	else
		ret = parse_quantile(wish, quantile, err);
	if (!ret)
		ret = parse_delta(wish, delta ? delta : GATE_AUTO, err);
	free(whole);
	return ret ? ret : add_gates(job, wish, err);
}

static bool is_none(const char *text)
{
	const size_t len = strlen(GATE_NONE);

	text += strspn(text, GATE_BLANKS);
	return !strncmp(text, GATE_NONE, len) &&
	       !text[len + strspn(text + len, GATE_BLANKS)];
}

static int take_items(struct ktb_job *job, struct gate_wish *wish, char *text,
		      struct ktb_error *err)
{
	char *item;
	int ret = 0;

	if (!text[strspn(text, GATE_BLANKS)])
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"the value is missing; write METRIC QUANTILE [DELTA], or " GATE_NONE);
	while (!ret && (item = strsep(&text, ",")))
		ret = take_item(job, wish, item, err);
	return ret;
}

static int resolve(const struct ktb_jobs *jobs, struct ktb_job *job,
		   struct ktb_error *err)
{
	const bool is_own = ktb_jobfile_find(job->section, job->gate.key);
	struct gate_wish wish = {
		.jobs = jobs,
		.is_for_all = !is_own || job->gate.is_for_all,
	};
	char *text;
	int ret;

	if (job->gate.text) {
		if (is_none(job->gate.text))
			return 0;
		text = ktb_alloc_text("%s", job->gate.text);
		ret = take_items(job, &wish, text, err);
		free(text);
		if (ret)
			return ktb_message_prefix(err, "%s: [%s] %s",
						  job->gate.where,
						  is_own ? job->name : "global",
						  job->gate.key);
	}
	if (job->nr_gates || !ktb_catalog_primary(job->workload))
		return 0;
	wish.metric = gate_words[0].word;
	wish.quantile = gate_quantiles[0];
	wish.delta_ppm = 0;
	return add_gates(job, &wish, err);
}

int ktb_gate_resolve(struct ktb_jobs *jobs, struct ktb_error *err)
{
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < jobs->nr_jobs; i++)
		if (!jobs->jobs[i].is_load)
			ret = resolve(jobs, &jobs->jobs[i], err);
	return ret;
}

json_t *ktb_gate_json(const struct ktb_jobs *jobs)
{
	const struct ktb_gate *gate;
	json_t *all = json_array();
	size_t i, j;

	for (i = 0; i < jobs->nr_jobs; i++) {
		for (j = 0; j < jobs->jobs[i].nr_gates; j++) {
			gate = &jobs->jobs[i].gates[j];
			json_array_append_new(
				all,
				json_pack(
					"{s:o, s:s, s:s, s:o}", "job",
					ktb_environment_text(jobs->jobs[i].name),
					"metric", gate->metric->name,
					"quantile", gate->quantile, "delta_ppm",
					gate->delta_ppm ?
						json_integer(gate->delta_ppm) :
						json_null()));
		}
	}
	return all;
}
