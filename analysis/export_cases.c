// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lists the test cases that a result is. It may not know formats.
 */
#include <stdlib.h>
#include <string.h>

#include "export_cases.h"
#include "schedule.h"

#define NO_JOB	"left out"
#define THE_RUN "run"

/* The job that a sentence of left_out speaks of: what stands in brackets. */
static char *job_of_sentence(const char *sentence)
{
	const char *open = strchr(sentence, '[');
	size_t length = open ? strcspn(open + 1, "]") : 0;

	if (!length || open[length + 1] != ']')
		return strdup(NO_JOB);
	return strndup(open + 1, length);
}

/* Takes @job, even when it fails. */
static bool add(struct ktb_export_cases *cases, char *job, const char *cell,
		enum ktb_export_outcome outcome, const char *reason)
{
	struct ktb_export_case *one = &cases->at[cases->nr++];

	*one = (struct ktb_export_case){
		.job = job,
		.cell = strdup(cell),
		.outcome = outcome,
		.reason = strdup(reason),
	};
	cases->counts[outcome]++;
	if (!job ||
	    asprintf(&one->name, "%s%s%s", job, *cell ? " " : "", cell) < 0)
		one->name = NULL;
	return one->name && one->cell && one->reason;
}

/* Good repetitions of a cell come first, then its invalid ones. */
static bool add_cell(struct ktb_export_cases *cases,
		     const struct ktb_summary *first, size_t nr)
{
	const struct ktb_summary *good = first->is_valid ? first : NULL;
	const struct ktb_summary *bad = nr > 1 ? first + 1 : first;
	enum ktb_export_outcome outcome = KTB_EXPORT_PASSED;
	const char *reason = "";
	char cell[256];
	bool fine;

	bad = bad->is_valid ? NULL : bad;
	if (bad) {
		outcome = KTB_EXPORT_INVALID;
		reason = bad->reason;
	} else if (good->nr_interrupted) {
		outcome = KTB_EXPORT_INTERRUPTED;
		reason = good->reason;
	}
	ktb_summary_label(first, NULL, cell, sizeof(cell));
	fine = add(cases, strdup(first->job), cell, outcome, reason);
	cases->at[cases->nr - 1].good = good;
	cases->at[cases->nr - 1].bad = bad;
	return fine;
}

static bool add_left_out(struct ktb_export_cases *cases, const char *job,
			 const char *sentence)
{
	return add(cases, strdup(job), NO_JOB, KTB_EXPORT_LEFT_OUT, sentence);
}

/* Sentences that speak of one job; each is told once. */
static bool add_left_out_of(struct ktb_export_cases *cases, const char *job,
			    char *const *jobs, bool *told,
			    const json_t *sentences)
{
	const json_t *sentence;
	size_t i;

	json_array_foreach(sentences, i, sentence) {
		if (told[i] || strcmp(jobs[i], job))
			continue;
		told[i] = true;
		if (!add_left_out(cases, job, json_string_value(sentence)))
			return false;
	}
	return true;
}

static bool add_job(struct ktb_export_cases *cases,
		    const struct ktb_findings *result,
		    const struct ktb_job *job)
{
	const struct ktb_summary *first = &result->summaries[job->first];
	size_t i, nr;

	for (i = 0; i < job->nr; i += nr) {
		nr = i + 1 < job->nr && first[i].cell == first[i + 1].cell ? 2 :
									     1;
		if (!add_cell(cases, &first[i], nr))
			return false;
	}
	return true;
}

static bool add_all(struct ktb_export_cases *cases,
		    const struct ktb_findings *result, char *const *jobs,
		    bool *told)
{
	const struct ktb_reader *reader = &result->reader;
	const json_t *sentences = json_object_get(reader->root, "left_out");
	const char *state = ktb_reader_string(reader, "state");
	const char *why = ktb_reader_string(reader, "state_reason");
	size_t i;

	for (i = 0; i < result->nr_jobs; i++)
		if (!add_job(cases, result, &result->jobs[i]) ||
		    !add_left_out_of(cases, result->jobs[i].name, jobs, told,
				     sentences))
			return false;
	for (i = 0; i < json_array_size(sentences); i++)
		if (!add_left_out_of(cases, jobs[i], jobs, told, sentences))
			return false;
	return !strcmp(state, "complete") ||
	       add(cases, strdup(THE_RUN), "complete", KTB_EXPORT_INTERRUPTED,
		   *why ? why : "the run has not ended, or died");
}

bool ktb_export_cases_list(struct ktb_export_cases *cases,
			   const struct ktb_findings *result)
{
	const json_t *sentences =
		json_object_get(result->reader.root, "left_out");
	const size_t nr = json_array_size(sentences);
	char **jobs = calloc(nr + 1, sizeof(*jobs));
	bool *told = calloc(nr + 1, sizeof(*told));
	const json_t *sentence;
	bool fine = true;
	size_t i;

	*cases = (struct ktb_export_cases){
		.at = calloc(result->nr_summaries + nr + 1, sizeof(*cases->at)),
	};
	if (!jobs || !told || !cases->at) {
		fine = false;
		goto out;
	}
	for (i = 0; fine && i < nr; i++) {
		sentence = json_array_get(sentences, i);
		jobs[i] = job_of_sentence(json_string_value(sentence));
		fine = jobs[i] != NULL;
	}
	fine = fine && add_all(cases, result, jobs, told);
	for (i = 0; i < nr; i++)
		free(jobs[i]);
out:
	free(jobs);
	free(told);
	return fine;
}

void ktb_export_cases_free(struct ktb_export_cases *cases)
{
	size_t i;

	for (i = 0; i < cases->nr; i++) {
		free(cases->at[i].job);
		free(cases->at[i].name);
		free(cases->at[i].cell);
		free(cases->at[i].reason);
	}
	free(cases->at);
	*cases = (struct ktb_export_cases){ 0 };
}

size_t ktb_export_cases_of_job(const struct ktb_export_cases *cases,
			       size_t first)
{
	size_t end = first + 1;

	while (end < cases->nr &&
	       !strcmp(cases->at[end].job, cases->at[first].job))
		end++;
	return end - first;
}

uint64_t ktb_export_cases_lost(const struct ktb_export_case *one)
{
	return (one->good ? ktb_summary_lost(one->good) : 0) +
	       (one->bad ? ktb_summary_lost(one->bad) : 0);
}

uint64_t ktb_export_cases_missed(const struct ktb_export_case *one)
{
	return (one->good ? ktb_schedule_missed(one->good) : 0) +
	       (one->bad ? ktb_schedule_missed(one->bad) : 0);
}

static void metric_line(FILE *to, const struct ktb_summary *summary,
			const struct ktb_metric *metric)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);
	const struct ktb_estimate *at;
	char counts[256];
	unsigned int q;

	for (q = 0; q < KTB_NR_QUANTILES; q++) {
		at = &figures->at[q];
		if (!at->is_supported)
			continue;
		fprintf(to, " %s %s [%s, %s],", ktb_quantile_name(q),
			ktb_summary_bound(metric->scale, &at->value).s,
			ktb_summary_bound(metric->scale, &at->low).s,
			ktb_summary_bound(metric->scale, &at->high).s);
	}
	ktb_summary_counts(summary, metric, counts, sizeof(counts));
	fprintf(to, " max %s, %s",
		ktb_scale_text(metric->scale, figures->max).s, counts);
	if (ktb_scale_is_instructions(metric->scale))
		fputs(" (instructions)", to);
}

void ktb_export_cases_figures(FILE *to, const struct ktb_export_case *one,
			      const char *before)
{
	const struct ktb_workload *workload;
	const struct ktb_metric *metric;
	char counts[256], remark[256];
	size_t i;

	if (one->bad) {
		ktb_summary_counts(one->bad, NULL, counts, sizeof(counts));
		fprintf(to, "%sinvalid repetitions: %s\n", before, counts);
	}
	if (!one->good)
		return;
	if (*ktb_schedule_remark(one->good, 1, remark, sizeof(remark)))
		fprintf(to, "%s%s\n", before, remark);
	workload = one->good->workload;
	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (!metric->is_distribution ||
		    !ktb_summary_figures(one->good, metric)->count ||
		    !ktb_schedule_tells(one->good, metric))
			continue;
		fprintf(to, "%s%s:", before, metric->title);
		metric_line(to, one->good, metric);
		fputc('\n', to);
	}
}
