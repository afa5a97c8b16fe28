// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sorts summaries into jobs, and says which jobs ran at the same time. It knows
 * nothing of samples, formats and pictures.
 */
#include <stdlib.h>
#include <string.h>

#include "jobs.h"
#include "question.h"

/* The job of a summary: one that is there, or a new one; NULL: no memory. */
static struct ktb_job *jobs_find(struct ktb_findings *findings,
				 const struct ktb_summary *summary)
{
	struct ktb_job *jobs, *job;
	size_t i;

	for (i = 0; i < findings->nr_jobs; i++) {
		job = &findings->jobs[i];
		if (job->workload == summary->workload &&
		    !strcmp(job->name, summary->job))
			return job;
	}
	jobs = reallocarray(findings->jobs, findings->nr_jobs + 1,
			    sizeof(*jobs));
	if (!jobs)
		return NULL;
	findings->jobs = jobs;
	job = &jobs[findings->nr_jobs++];
	memset(job, 0, sizeof(*job));
	job->name = summary->job;
	job->workload = summary->workload;
	if (!ktb_question_find(&findings->reader, summary, &job->question,
			       &job->remark))
		return NULL;
	return job;
}

static void jobs_add(struct ktb_job *job, const struct ktb_summary *summary)
{
	job->nr++;
	if (!summary->has_worst ||
	    (job->has_worst && summary->worst.excess <= job->worst.excess))
		return;
	job->worst = summary->worst;
	job->has_worst = true;
}

/* Those of a job one after another, otherwise in the order that they have. */
static bool jobs_sort(struct ktb_findings *findings)
{
	struct ktb_summary *sorted =
		calloc(findings->reader.nr_lines + 1, sizeof(*sorted));
	size_t to = 0, i, j;
	struct ktb_job *job;

	if (!sorted)
		return false;
	for (i = 0; i < findings->nr_jobs; i++) {
		job = &findings->jobs[i];
		job->first = to;
		for (j = 0; j < findings->nr_summaries; j++)
			if (!strcmp(findings->summaries[j].job, job->name) &&
			    findings->summaries[j].workload == job->workload)
				sorted[to++] = findings->summaries[j];
	}
	free(findings->summaries);
	findings->summaries = sorted;
	return true;
}

static void jobs_gather(json_t *names, const char *name)
{
	const json_t *other;
	size_t i;

	json_array_foreach(names, i, other)
		if (!strcmp(json_string_value(other), name))
			return;
	json_array_append_new(names, json_string(name));
}

static void jobs_say(FILE *to, const char *before, const json_t *names,
		     const char *after)
{
	const json_t *name;
	size_t i;

	if (!json_array_size(names))
		return;
	fputs(ftell(to) ? " " : "", to);
	json_array_foreach(names, i, name)
		fprintf(to, "%s job %s", i ? "," : before,
			json_string_value(name));
	fprintf(to, "%s.", after);
}

/* The job that a cell was load for. */
static const char *jobs_foreground(const struct ktb_findings *findings,
				   int64_t cell)
{
	size_t i;

	for (i = 0; i < findings->nr_summaries; i++)
		if (findings->summaries[i].cell == cell)
			return findings->summaries[i].job;
	return "(its cell is not there)";
}

static bool jobs_company(const struct ktb_findings *findings,
			 struct ktb_job *job)
{
	json_t *beside = json_array(), *with = json_array();
	const struct ktb_summary *summary;
	const json_t *name;
	size_t size, i, j;
	FILE *to;

	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &findings->summaries[i];
		if (summary->beside >= 0)
			jobs_gather(beside,
				    jobs_foreground(findings, summary->beside));
		json_array_foreach(summary->with, j, name)
			jobs_gather(with, json_string_value(name));
	}
	to = open_memstream(&job->company, &size);
	if (to) {
		jobs_say(to, "Ran as load beside", beside, "");
		jobs_say(to, "With", with, " running beside it");
		fclose(to);
	}
	json_decref(beside);
	json_decref(with);
	return job->company != NULL;
}

bool ktb_jobs_make(struct ktb_findings *findings)
{
	struct ktb_job *job;
	size_t i;

	for (i = 0; i < findings->nr_summaries; i++) {
		job = jobs_find(findings, &findings->summaries[i]);
		if (!job)
			return false;
		jobs_add(job, &findings->summaries[i]);
	}
	if (!jobs_sort(findings))
		return false;
	for (i = 0; i < findings->nr_jobs; i++)
		if (!jobs_company(findings, &findings->jobs[i]))
			return false;
	return true;
}

void ktb_jobs_free(struct ktb_findings *findings)
{
	size_t i;

	for (i = 0; i < findings->nr_jobs; i++) {
		free(findings->jobs[i].question);
		free(findings->jobs[i].remark);
		free(findings->jobs[i].company);
	}
	free(findings->jobs);
}
