// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads several results, and says what is not there and why. It knows nothing
 * of formats and pictures.
 */
#include <stdlib.h>
#include <string.h>

#include "same.h"
#include "schedule.h"
#include "shape.h"
#include "together.h"

/* Cells that are named when they are not there; the rest is counted. */
#define TOGETHER_NAMED 4

static int together_judge_pair(const struct ktb_reader *first,
			       const struct ktb_reader *other,
			       struct ktb_fault *fault)
{
	const char *same = ktb_same_run(first, other);

	if (other->lane != first->lane)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s is of lane %s and %s of lane %s: lanes are never mixed; give results of one lane",
			first->dir, ktb_reader_lane_name(first->lane),
			other->dir, ktb_reader_lane_name(other->lane));
	if (same)
		return ktb_fault_set(fault, KTB_FAULT_USAGE,
				     "%s and %s %s; name it once", first->dir,
				     other->dir, same);
	return 0;
}

static int together_judge(const struct ktb_together *together,
			  struct ktb_fault *fault)
{
	const struct ktb_column *columns = together->columns;
	size_t i, j;
	int ret = 0;

	for (i = 1; !ret && i < together->nr; i++)
		for (j = 0; !ret && j < i; j++)
			ret = together_judge_pair(&columns[j].findings->reader,
						  &columns[i].findings->reader,
						  fault);
	return ret;
}

int ktb_together_gather(struct ktb_together *together, char *const *dirs,
			size_t nr, struct ktb_fault *fault)
{
	struct ktb_findings *findings;
	int ret = 0;
	size_t i;

	memset(together, 0, sizeof(*together));
	if (nr < 2 || nr > KTB_TOGETHER_MAX)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%zu results cannot stand side by side; give 2 to %d",
			nr, KTB_TOGETHER_MAX);
	for (i = 0; i < nr && !ret; i++) {
		findings = calloc(1, sizeof(*findings));
		if (!findings)
			return ktb_fault_memory(fault);
		together->columns[together->nr++].findings = findings;
		ret = ktb_findings_gather(findings, dirs[i], fault);
	}
	if (!ret)
		ret = together_judge(together, fault);
	if (!ret && !ktb_together_align(together))
		ret = ktb_fault_memory(fault);
	return ret;
}

void ktb_together_free(struct ktb_together *together)
{
	size_t i;

	for (i = 0; i < together->nr_jobs; i++)
		free(together->jobs[i].rows);
	free(together->jobs);
	for (i = 0; i < together->nr; i++) {
		ktb_findings_free(together->columns[i].findings);
		free(together->columns[i].findings);
	}
	memset(together, 0, sizeof(*together));
}

enum ktb_lane ktb_together_lane(const struct ktb_together *together)
{
	return together->columns[0].findings->reader.lane;
}

const struct ktb_summary *ktb_together_summary(const struct ktb_place *place)
{
	return place->good ? place->good : place->bad;
}

const struct ktb_figures *
ktb_together_figures(const struct ktb_summary *summary,
		     const struct ktb_metric *metric)
{
	const struct ktb_metric *own;

	if (!summary)
		return NULL;
	own = ktb_reader_metric(summary->workload, metric->name);
	/* All that was measured was served, and has no second name. */
	if (!own && metric->is_served)
		own = ktb_reader_taken(summary->workload);
	if (!own || !own->is_distribution || own->scale != metric->scale)
		return NULL;
	return ktb_summary_figures(summary, own);
}

const char *ktb_together_label(const struct ktb_row *row)
{
	return *row->label ? row->label : "the only cell";
}

/* Is there a line that begins with the section's head? */
static bool together_asks(const struct ktb_reader *reader, const char *head)
{
	const json_t *files = json_object_get(reader->root, "jobs");
	const json_t *file;
	const char *text;
	size_t i;

	json_array_foreach(files, i, file) {
		text = ktb_shape_string(file, "text");
		while (text && *text) {
			text += strspn(text, " \t\r\n");
			if (!strncmp(text, head, strlen(head)))
				return true;
			text = strchr(text, '\n');
		}
	}
	return false;
}

/* The first sentence that tells of this job, and how many more there are. */
static const char *together_left_out(const struct ktb_reader *reader,
				     const char *head, size_t *more)
{
	const json_t *list = json_object_get(reader->root, "left_out");
	const char *found = NULL;
	const json_t *sentence;
	size_t i;

	*more = 0;
	json_array_foreach(list, i, sentence) {
		if (!strstr(json_string_value(sentence), head))
			continue;
		if (found)
			++*more;
		else
			found = json_string_value(sentence);
	}
	return found;
}

const char *ktb_together_why(const struct ktb_together *together,
			     const struct ktb_shared *job, size_t column,
			     char *text, size_t size)
{
	const struct ktb_reader *reader =
		&together->columns[column].findings->reader;
	const char *state = ktb_reader_string(reader, "state");
	const char *left_out;
	char head[128];
	size_t more;

	snprintf(head, sizeof(head), "[%s]", job->first->name);
	left_out = together_left_out(reader, head, &more);
	if (left_out && more)
		snprintf(text, size, "left out: %s (and %zu more)", left_out,
			 more);
	else if (left_out)
		snprintf(text, size, "left out: %s", left_out);
	else if (!together_asks(reader, head))
		snprintf(text, size, "its job files have no %s", head);
	else if (strcmp(state, "complete"))
		snprintf(text, size, "its run is %s: %s", state,
			 ktb_reader_string(reader, "state_reason"));
	else if (job->in[column])
		snprintf(text, size, "its %s does not sweep that", head);
	else
		snprintf(
			text, size,
			"its job files have %s, and nothing says why it was not measured",
			head);
	return text;
}

const char *ktb_together_absence(const struct ktb_together *together,
				 const struct ktb_shared *job, size_t column,
				 char *text, size_t size)
{
	char why[512], names[TOGETHER_NAMED * KTB_TOGETHER_LABEL] = "";
	size_t missing = 0, length = 0, i;

	*text = '\0';
	for (i = 0; i < job->nr; i++) {
		if (ktb_together_summary(&job->rows[i].at[column]))
			continue;
		if (missing++ >= TOGETHER_NAMED)
			continue;
		length += (size_t)snprintf(names + length,
					   sizeof(names) - length, "%s%s",
					   length ? "; " : "",
					   ktb_together_label(&job->rows[i]));
	}
	if (!missing)
		return text;
	ktb_together_why(together, job, column, why, sizeof(why));
	if (!job->in[column])
		snprintf(text, size, "%c has no cell of it: %s.",
			 together->columns[column].letter, why);
	else
		snprintf(text, size, "%c lacks %zu of %zu cells (%s%s): %s.",
			 together->columns[column].letter, missing, job->nr,
			 names, missing > TOGETHER_NAMED ? "; ..." : "", why);
	return text;
}

const char *ktb_together_schedule(const struct ktb_together *together,
				  const struct ktb_shared *job, size_t column,
				  char *text, size_t size)
{
	const struct ktb_column *at = &together->columns[column];
	const struct ktb_job *own = job->in[column];
	char remark[256];

	*text = '\0';
	if (own && *ktb_schedule_remark(&at->findings->summaries[own->first],
					own->nr, remark, sizeof(remark)))
		snprintf(text, size, "%c: %s.", at->letter, remark);
	return text;
}

void ktb_together_total(const struct ktb_column *column,
			struct ktb_tally *total)
{
	const struct ktb_findings *findings = column->findings;
	const struct ktb_tally *tally;
	size_t i;

	memset(total, 0, sizeof(*total));
	for (i = 0; i < findings->reader.nr_workloads; i++) {
		tally = &findings->tallies[i];
		total->nr_cells += tally->nr_cells;
		total->nr_repetitions += tally->nr_repetitions;
		total->nr_invalid += tally->nr_invalid;
		total->samples += tally->samples;
		total->lost += tally->lost;
		total->missed += tally->missed;
	}
}
