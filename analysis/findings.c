// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Gathers what a result has to say, cell by cell, so that no more than one
 * cell's histograms are in memory. It knows nothing of formats and pictures.
 */
#include <stdlib.h>
#include <string.h>

#include "findings.h"
#include "jobs.h"
#include "schedule.h"

/* The lines of one cell that are pooled: all good, or all invalid. */
static size_t findings_group(const struct ktb_reader *reader, size_t first)
{
	const struct ktb_line *line = &reader->lines[first];
	size_t end = first + 1;

	while (end < reader->nr_lines && line[end - first].cell == line->cell &&
	       line[end - first].is_valid == line->is_valid)
		end++;
	return end - first;
}

static bool findings_count(uint64_t *sum, uint64_t count)
{
	return !__builtin_add_overflow(*sum, count, sum) && *sum <= INT64_MAX;
}

/* Returns false if they add up to more than can be told. */
static bool findings_tally(struct ktb_findings *findings,
			   const struct ktb_summary *summary)
{
	const struct ktb_workload *workload = summary->workload;
	struct ktb_tally *tally =
		&findings->tallies[workload - findings->reader.workloads];
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, ktb_reader_taken(workload));
	const struct ktb_summary *last =
		findings->nr_summaries ?
			&findings->summaries[findings->nr_summaries - 1] :
			NULL;
	size_t i;

	if (!last || last->cell != summary->cell)
		tally->nr_cells++;
	tally->nr_repetitions += summary->nr_repetitions;
	tally->nr_interrupted += summary->nr_interrupted;
	if (!summary->is_valid)
		tally->nr_invalid += summary->nr_repetitions;
	for (i = 0; i < workload->nr_counters; i++)
		if (!findings_count(&tally->counters[i], summary->counters[i]))
			return false;
	return findings_count(&tally->lost, ktb_summary_lost(summary)) &&
	       findings_count(&tally->missed, ktb_schedule_missed(summary)) &&
	       findings_count(&tally->raw_dropped, summary->raw_dropped) &&
	       (!figures ||
		(findings_count(&tally->samples, figures->count) &&
		 findings_count(&tally->early, figures->early) &&
		 findings_count(&tally->overflow, figures->overflow)));
}

static bool findings_is_alike(const struct ktb_sample *a,
			      const struct ktb_sample *b)
{
	return a->cell == b->cell && a->repetition == b->repetition &&
	       a->cpu == b->cpu &&
	       llabs(a->fired_ns - b->fired_ns) < KTB_FINDINGS_INCIDENT_NS;
}

/* Workloads tell their samples in ns, or a share of a batch in ps. */
static int64_t findings_excess(const struct ktb_findings *findings,
			       const struct ktb_sample *sample)
{
	const struct ktb_metric *primary =
		ktb_findings_summary(findings, sample)->workload->primary;

	return primary ? ktb_scale_whole(primary->scale, sample->excess) :
			 sample->excess;
}

/* A cell's samples come here in order, the worst first. */
static void findings_rank(struct ktb_findings *findings,
			  const struct ktb_sample *sample)
{
	int64_t excess = findings_excess(findings, sample);
	size_t at = findings->nr_worst;
	size_t i;

	for (i = 0; i < findings->nr_worst; i++) {
		if (!findings_is_alike(&findings->worst[i], sample))
			continue;
		findings->worst[i].nr_alike++;
		return;
	}
	while (at &&
	       findings_excess(findings, &findings->worst[at - 1]) < excess)
		at--;
	if (at == KTB_FINDINGS_WORST)
		return;
	if (findings->nr_worst < KTB_FINDINGS_WORST)
		findings->nr_worst++;
	memmove(&findings->worst[at + 1], &findings->worst[at],
		(findings->nr_worst - at - 1) * sizeof(*sample));
	findings->worst[at] = *sample;
}

static int findings_add(struct ktb_findings *findings, size_t first, size_t nr,
			const struct ktb_pool *pool, struct ktb_ranks *ranks,
			struct ktb_fault *fault)
{
	struct ktb_summary *summary =
		&findings->summaries[findings->nr_summaries];
	size_t i;

	if (!ktb_summary_make(summary, pool, ranks))
		return ktb_fault_memory(fault);
	summary->first_line = first;
	summary->nr_lines = nr;
	for (i = first; i < first + nr; i++)
		if (findings->reader.lines[i].is_interrupted)
			summary->nr_interrupted++;
	if (!findings_tally(findings, summary))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s/%s is damaged: counts of all cells of workload %s add up to more than 2^63; give another result directory",
			findings->reader.dir, findings->reader.cells_name,
			summary->workload->name);
	findings->nr_summaries++;
	for (i = 0; i < pool->nr_samples; i++)
		findings_rank(findings, &pool->samples[i]);
	return 0;
}

static bool findings_init(struct ktb_findings *findings)
{
	const struct ktb_reader *reader = &findings->reader;
	struct ktb_tally *tally;
	size_t i;

	findings->summaries =
		calloc(reader->nr_lines + 1, sizeof(*findings->summaries));
	findings->tallies =
		calloc(reader->nr_workloads + 1, sizeof(*findings->tallies));
	if (!findings->summaries || !findings->tallies)
		return false;
	for (i = 0; i < reader->nr_workloads; i++) {
		tally = &findings->tallies[i];
		tally->workload = &reader->workloads[i];
		tally->counters = calloc(tally->workload->nr_counters + 1,
					 sizeof(*tally->counters));
		if (!tally->counters)
			return false;
	}
	for (i = 0; i < reader->nr_lines; i++)
		if (!i || reader->lines[i].begin_ns < findings->begin_ns)
			findings->begin_ns = reader->lines[i].begin_ns;
	return true;
}

int ktb_findings_gather(struct ktb_findings *findings, const char *dir,
			struct ktb_fault *fault)
{
	struct ktb_ranks ranks = { 0 };
	struct ktb_pool pool;
	size_t first, nr;
	int ret;

	memset(findings, 0, sizeof(*findings));
	ret = ktb_reader_open(&findings->reader, dir, fault);
	if (ret)
		return ret;
	if (!findings_init(findings))
		return ktb_fault_memory(fault);
	for (first = 0; first < findings->reader.nr_lines; first += nr) {
		nr = findings_group(&findings->reader, first);
		ret = ktb_pool_load(&pool, &findings->reader, first, nr, fault);
		if (!ret)
			ret = findings_add(findings, first, nr, &pool, &ranks,
					   fault);
		ktb_pool_free(&pool);
		if (ret)
			return ret;
	}
	ktb_unpack_rest(findings->reader.cells);
	return ktb_jobs_make(findings) ? 0 : ktb_fault_memory(fault);
}

void ktb_findings_free(struct ktb_findings *findings)
{
	size_t i;

	ktb_jobs_free(findings);
	for (i = 0; findings->summaries && i <= findings->nr_summaries &&
		    i < findings->reader.nr_lines;
	     i++)
		ktb_summary_free(&findings->summaries[i]);
	free(findings->summaries);
	for (i = 0; findings->tallies && i < findings->reader.nr_workloads; i++)
		free(findings->tallies[i].counters);
	free(findings->tallies);
	ktb_reader_close(&findings->reader);
	memset(findings, 0, sizeof(*findings));
}

const struct ktb_summary *
ktb_findings_summary(const struct ktb_findings *findings,
		     const struct ktb_sample *sample)
{
	const struct ktb_summary *summary;
	size_t i;

	for (i = 0; i < findings->nr_summaries; i++) {
		summary = &findings->summaries[i];
		if (summary->cell == sample->cell &&
		    summary->is_valid == sample->is_valid)
			return summary;
	}
	return NULL;
}

const struct ktb_summary *ktb_findings_null(const struct ktb_findings *findings,
					    const struct ktb_workload *workload)
{
	const char *name = workload->is_user ? "user_null" : "null";
	const struct ktb_summary *summary;
	size_t i;

	for (i = 0; i < findings->nr_summaries; i++) {
		summary = &findings->summaries[i];
		if (!strcmp(summary->workload->name, name) &&
		    summary->workload != workload && summary->is_valid &&
		    summary->workload->primary)
			return summary;
	}
	return NULL;
}

bool ktb_findings_when(const struct ktb_findings *findings,
		       const struct ktb_sample *sample, struct ktb_text *text)
{
	/* A sample may fire after the window when it was due within it. */
	const int64_t grace_ns = 60LL * 1000000000;
	bool same_clock = sample->fired_ns >= sample->begin_ns &&
			  sample->fired_ns <= sample->end_ns + grace_ns;
	int64_t when_ns = same_clock ? sample->fired_ns : sample->begin_ns;

	*text = ktb_scale_text(KTB_SCALE_NS, when_ns - findings->begin_ns);
	return same_clock;
}
