// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Shares and rates of the harness. It may not know where they are printed.
 */
#include <stdio.h>

#include "burden.h"

#define NS_PER_S 1000000000LL

/* Values of all distributions: each was recorded. */
static uint64_t burden_values(const struct ktb_summary *summary)
{
	uint64_t values = 0;
	size_t i;

	for (i = 0; i < summary->workload->nr_hists; i++)
		values += summary->figures[i].count;
	/* That of the whole schedule is made of two others, by the reader. */
	if (summary->workload->served)
		values -=
			ktb_summary_figures(summary, summary->workload->primary)
				->count;
	return values;
}

static int64_t burden_part(__int128_t part, __int128_t whole, int64_t unit)
{
	return whole > 0 ? (int64_t)((part * unit + whole / 2) / whole) : -1;
}

static int64_t burden_recording(const struct ktb_findings *findings,
				const struct ktb_summary *summary)
{
	const int64_t record_ps = ktb_ledger_mean(
		&findings->reader.ledger,
		summary->workload->is_user ? "user_record" : "record");
	const __int128_t cpu_ns =
		(__int128_t)summary->window_ns * (int64_t)summary->nr_cpus;

	if (record_ps < 0)
		return -1;
	return burden_part((__int128_t)burden_values(summary) * record_ps,
			   cpu_ns * 1000, NS_PER_S);
}

struct ktb_burden ktb_burden_of(const struct ktb_findings *findings,
				const struct ktb_summary *summary)
{
	const struct ktb_ledger *ledger = &findings->reader.ledger;
	const struct ktb_spent *spent = &summary->spent;

	return (struct ktb_burden){
		.recording_ppb = burden_recording(findings, summary),
		.irqs = burden_part(spent->irqs, spent->cpu_ns,
				    1000 * NS_PER_S),
		.idle_irqs = ledger->has_idle ? burden_part(ledger->idle_irqs,
							    ledger->idle_ns,
							    1000 * NS_PER_S) :
						-1,
		.wakeups = burden_part(spent->reader_wakeups, spent->nr, 1000),
		.reader_ppb = burden_part(spent->reader_cpu_ns,
					  spent->elapsed_ns, NS_PER_S),
		.kernel_bytes = summary->memory_bytes,
		.reader_bytes = spent->nr ? spent->reader_memory_bytes : -1,
	};
}

static void burden_raise(int64_t *most, int64_t value)
{
	if (value > *most)
		*most = value;
}

/* The most of each share and rate that a job's good cells have. */
static struct ktb_burden burden_most(const struct ktb_findings *findings,
				     const struct ktb_job *job)
{
	struct ktb_burden most = { -1, -1, -1, -1, -1, -1, -1 };
	struct ktb_burden one;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		if (!findings->summaries[i].is_valid)
			continue;
		one = ktb_burden_of(findings, &findings->summaries[i]);
		burden_raise(&most.recording_ppb, one.recording_ppb);
		burden_raise(&most.irqs, one.irqs);
		burden_raise(&most.idle_irqs, one.idle_irqs);
		burden_raise(&most.wakeups, one.wakeups);
		burden_raise(&most.reader_ppb, one.reader_ppb);
	}
	return most;
}

static struct ktb_text burden_unknown(void)
{
	static const struct ktb_text text = { "not known" };

	return text;
}

struct ktb_text ktb_burden_share(int64_t ppb)
{
	/* A thousandth of a percent. */
	const int64_t least = NS_PER_S / 100000;
	struct ktb_text text;

	if (ppb < 0)
		return burden_unknown();
	snprintf(text.s, sizeof(text.s), "%s%.40s %%",
		 ppb && ppb < least ? "< " : "",
		 ppb < least ? (ppb ? "0.001" : "0") :
			       ktb_scale_in(NS_PER_S / 100, ppb).s);
	return text;
}

struct ktb_text ktb_burden_rate(int64_t milli)
{
	if (milli < 0)
		return burden_unknown();
	return milli % 1000 ? ktb_scale_in(1000, milli) :
			      ktb_scale_count((uint64_t)milli / 1000);
}

const char *ktb_burden_sentence(const struct ktb_findings *findings,
				const struct ktb_job *job, char *text,
				size_t size)
{
	const struct ktb_burden most = burden_most(findings, job);
	FILE *to = fmemopen(text, size, "w");

	*text = '\0';
	if (!to)
		return text;
	if (most.recording_ppb >= 0)
		fprintf(to, "recording took %s of the CPUs' time at most",
			ktb_burden_share(most.recording_ppb).s);
	if (most.recording_ppb >= 0 && most.irqs >= 0)
		fputs(", ", to);
	if (most.irqs >= 0)
		fprintf(to, "%s interrupts a second and CPU (%s when idle)",
			ktb_burden_rate(most.irqs).s,
			ktb_burden_rate(most.idle_irqs).s);
	if (most.wakeups >= 0)
		fprintf(to,
			", wake-ups of the runner a repetition: %s (%s of a "
			"CPU)",
			ktb_burden_rate(most.wakeups).s,
			ktb_burden_share(most.reader_ppb).s);
	fclose(to);
	return text;
}
