// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Missed periods of cells. It knows summaries and nothing of formats.
 */
#include "schedule.h"

uint64_t ktb_schedule_missed(const struct ktb_summary *summary)
{
	uint64_t missed = 0;

	ktb_summary_counter(summary, "missed", &missed);
	return missed;
}

uint64_t ktb_schedule_served(const struct ktb_summary *summary)
{
	const struct ktb_workload *workload = summary->workload;
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, ktb_reader_taken(workload));
	uint64_t served = figures ? figures->count : 0;

	ktb_summary_counter(summary, "operations", &served);
	return served;
}

bool ktb_schedule_is_of_served(const struct ktb_summary *summary)
{
	return summary->workload->is_of_served && ktb_schedule_missed(summary);
}

bool ktb_schedule_tells(const struct ktb_summary *summary,
			const struct ktb_metric *metric)
{
	const struct ktb_metric *missed = summary->workload->missed;

	if (!metric->is_served && !metric->is_missed)
		return true;
	return ktb_summary_figures(summary, missed)->count;
}

const char *ktb_schedule_over(const struct ktb_summary *summary,
			      const struct ktb_metric *metric)
{
	const struct ktb_workload *workload = summary->workload;

	if (!workload->missed && !workload->is_of_served)
		return "samples";
	if (metric->is_missed)
		return "missed";
	if (metric != workload->primary || ktb_schedule_is_of_served(summary))
		return "served";
	return "schedule";
}

bool ktb_schedule_is_same(const struct ktb_summary *a,
			  const struct ktb_summary *b)
{
	if (a->workload->is_of_served == b->workload->is_of_served)
		return true;
	return !ktb_schedule_is_of_served(a) && !ktb_schedule_is_of_served(b);
}

/* In parts per million of what was due. */
static uint64_t schedule_share_ppm(const struct ktb_summary *summary)
{
	const uint64_t missed = ktb_schedule_missed(summary);
	const unsigned __int128 due =
		(unsigned __int128)ktb_schedule_served(summary) + missed;

	return missed ? (uint64_t)(missed * (unsigned __int128)1000000 / due) :
			0;
}

uint64_t ktb_schedule_most_ppm(const struct ktb_findings *findings)
{
	uint64_t most = 0, ppm;
	size_t i;

	for (i = 0; i < findings->nr_summaries; i++) {
		ppm = schedule_share_ppm(&findings->summaries[i]);
		most = ppm > most ? ppm : most;
	}
	return most;
}

const char *ktb_schedule_sentence(const struct ktb_findings *findings,
				  char *text, size_t size)
{
	const struct ktb_summary *summary, *worst = NULL;
	uint64_t ppm, most = KTB_SCHEDULE_MISSED_PPM;
	size_t nr = 0, i;
	char title[160];

	*text = '\0';
	for (i = 0; i < findings->nr_summaries; i++) {
		summary = &findings->summaries[i];
		ppm = schedule_share_ppm(summary);
		if (ppm <= KTB_SCHEDULE_MISSED_PPM)
			continue;
		nr++;
		if (worst && ppm <= most)
			continue;
		worst = summary;
		most = ppm;
	}
	if (!worst)
		return text;
	ktb_summary_title(worst, title, sizeof(title));
	snprintf(
		text, size,
		"more than 1 %% of the schedule was missed in %zu of %zu cells, most in %.80s %.80s: %s of %s %s, %.3g %%%s%s",
		nr, findings->nr_summaries, worst->job, title,
		ktb_scale_count(ktb_schedule_missed(worst)).s,
		ktb_scale_count(ktb_schedule_missed(worst) +
				ktb_schedule_served(worst))
			.s,
		ktb_reader_metric(worst->workload, "operations") ?
			"operations" :
			"periods",
		(double)most / 10000,
		ktb_schedule_is_of_served(worst) ? "; its " : "",
		ktb_schedule_is_of_served(worst) ? KTB_SCHEDULE_OF_SERVED : "");
	return text;
}

const char *ktb_schedule_remark(const struct ktb_summary *cells, size_t nr,
				char *text, size_t size)
{
	uint64_t missed = 0;
	size_t of_served = 0, i;

	*text = '\0';
	for (i = 0; i < nr; i++) {
		if (!ktb_schedule_is_of_served(&cells[i]))
			continue;
		of_served++;
		missed += ktb_schedule_missed(&cells[i]);
	}
	if (of_served)
		snprintf(
			text, size,
			"%s: %s periods were missed in %zu of %zu cells, and the result does not tell how late",
			KTB_SCHEDULE_OF_SERVED, ktb_scale_count(missed).s,
			of_served, nr);
	return text;
}
