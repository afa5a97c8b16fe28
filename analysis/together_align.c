// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which columns are of one kernel, and which cells of several results are the
 * same cell. It knows findings and nothing of files.
 */
#include <stdlib.h>
#include <string.h>

#include "shape.h"
#include "together.h"

typedef char align_label[KTB_TOGETHER_LABEL];

/* What makes a machine, of the environment. */
static const char *const align_machine[] = { "cpu_model", "hostname" };

static const json_t *align_environment(const struct ktb_column *column)
{
	return json_object_get(column->findings->reader.root, "environment");
}

static bool align_is_machine(const struct ktb_column *a,
			     const struct ktb_column *b)
{
	const json_t *x = align_environment(a), *y = align_environment(b);
	size_t i;

	for (i = 0; i < sizeof(align_machine) / sizeof(align_machine[0]); i++)
		if (strcmp(ktb_shape_string(x, align_machine[i]),
			   ktb_shape_string(y, align_machine[i])))
			return false;
	return json_array_size(
		       json_object_get(a->findings->reader.root, "cpus")) ==
		       json_array_size(json_object_get(b->findings->reader.root,
						       "cpus")) &&
	       !strcmp(ktb_shape_string(a->findings->reader.root,
					"lane_detail"),
		       ktb_shape_string(b->findings->reader.root,
					"lane_detail"));
}

static int align_compare(const void *left, const void *right)
{
	const struct ktb_column *a = left, *b = right;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return a->letter - b->letter;
}

/* Groups in the order of their first column; letters in that of all. */
static void align_columns(struct ktb_together *together)
{
	struct ktb_column *columns = together->columns;
	const char *kernel;
	bool is_new_machine;
	size_t i, j;

	for (i = 0; i < together->nr; i++) {
		kernel = ktb_shape_string(align_environment(&columns[i]),
					  "kernel");
		columns[i].kernel = *kernel ? kernel : "unknown";
		/* Until they are sorted, in the order that they were given. */
		columns[i].letter = (char)i;
		columns[i].group = together->nr_groups;
		is_new_machine = true;
		for (j = 0; j < i; j++) {
			if (!align_is_machine(&columns[j], &columns[i]))
				continue;
			is_new_machine = false;
			if (!strcmp(columns[j].kernel, columns[i].kernel))
				columns[i].group = columns[j].group;
		}
		together->nr_groups += columns[i].group == together->nr_groups;
		together->nr_machines += is_new_machine;
	}
	qsort(columns, together->nr, sizeof(*columns), align_compare);
	for (i = 0; i < together->nr; i++)
		columns[i].letter = (char)('A' + i);
}

static const struct ktb_summary *
align_foreground(const struct ktb_findings *findings, int64_t cell)
{
	size_t i;

	for (i = 0; i < findings->nr_summaries; i++)
		if (findings->summaries[i].cell == cell)
			return &findings->summaries[i];
	return NULL;
}

/* What is swept; and, of a load, beside what: numbers of a plan say nothing. */
static void align_label_make(const struct ktb_findings *findings,
			     const struct ktb_summary *summary, char *label)
{
	struct ktb_summary plain = *summary;
	const struct ktb_summary *other;
	char beside[100];
	size_t length;

	plain.beside = -1;
	ktb_summary_label(&plain, NULL, label, KTB_TOGETHER_LABEL / 2);
	if (summary->beside < 0)
		return;
	other = align_foreground(findings, summary->beside);
	*beside = '\0';
	if (other)
		ktb_summary_label(other, NULL, beside, sizeof(beside));
	length = strlen(label);
	snprintf(label + length, KTB_TOGETHER_LABEL / 2 + 100 - length,
		 "%sbeside %s%s%s", length ? " " : "",
		 other ? other->job : "a cell that is not there",
		 *beside ? " " : "", beside);
}

/* The cells of one job in one result, and their labels. */
struct align_cells {
	const struct ktb_summary *at;
	align_label *labels;
	size_t nr;
};

/* Does some result have two cells of the job with this label? */
static bool align_is_shared(const struct align_cells *columns, size_t nr,
			    const char *label)
{
	int64_t cell;
	size_t column, i;

	for (column = 0; column < nr; column++) {
		cell = -1;
		for (i = 0; i < columns[column].nr; i++) {
			if (strcmp(columns[column].labels[i], label))
				continue;
			if (cell >= 0 && columns[column].at[i].cell != cell)
				return true;
			cell = columns[column].at[i].cell;
		}
	}
	return false;
}

/* How many cells before this one, and that one, have its label and its CPU. */
static size_t align_number(const struct align_cells *cells, size_t at)
{
	const struct ktb_summary *cell = &cells->at[at], *other;
	int64_t before = -1;
	size_t number = 1, i;

	for (i = 0; i < at; i++) {
		other = &cells->at[i];
		if (other->cell == cell->cell || other->cell == before ||
		    strcmp(cells->labels[i], cells->labels[at]))
			continue;
		if (cell->nr_cpus && other->nr_cpus &&
		    other->briefs->arm_cpu != cell->briefs->arm_cpu)
			continue;
		before = other->cell;
		number++;
	}
	return number;
}

/* Cells that differ in who arms for whom, or in nothing that is known. */
static void align_tell_apart(const struct align_cells *cells, size_t at,
			     char *label)
{
	const struct ktb_brief *brief = cells->at[at].briefs;
	size_t length = strlen(label), number = align_number(cells, at);

	if (cells->at[at].nr_cpus && brief->arm_cpu >= 0)
		length += (size_t)snprintf(label + length,
					   KTB_TOGETHER_LABEL - length,
					   "%sCPU %d from %d",
					   length ? ", " : "", brief->cpu,
					   brief->arm_cpu);
	if (number > 1)
		snprintf(label + length, KTB_TOGETHER_LABEL - length,
			 "%sno. %zu", length ? ", " : "", number);
}

static struct ktb_shared *align_job(struct ktb_together *together,
				    const struct ktb_job *job)
{
	struct ktb_shared *jobs = together->jobs;
	size_t i;

	for (i = 0; i < together->nr_jobs; i++)
		if (!strcmp(jobs[i].first->name, job->name) &&
		    !strcmp(jobs[i].first->workload->name, job->workload->name))
			return &jobs[i];
	jobs = reallocarray(jobs, together->nr_jobs + 1, sizeof(*jobs));
	if (!jobs)
		return NULL;
	together->jobs = jobs;
	memset(&jobs[together->nr_jobs], 0, sizeof(*jobs));
	jobs[together->nr_jobs].first = job;
	return &jobs[together->nr_jobs++];
}

static struct ktb_row *align_row(struct ktb_shared *shared, const char *label)
{
	struct ktb_row *rows = shared->rows;
	size_t i;

	for (i = 0; i < shared->nr; i++)
		if (!strcmp(rows[i].label, label))
			return &rows[i];
	rows = reallocarray(rows, shared->nr + 1, sizeof(*rows));
	if (!rows)
		return NULL;
	shared->rows = rows;
	memset(&rows[shared->nr], 0, sizeof(*rows));
	strcpy(rows[shared->nr].label, label);
	return &rows[shared->nr++];
}

static bool align_labels(struct align_cells *cells,
			 const struct ktb_findings *findings,
			 const struct ktb_job *job)
{
	size_t i;

	cells->at = &findings->summaries[job->first];
	cells->labels = calloc(job->nr + 1, sizeof(*cells->labels));
	if (!cells->labels)
		return false;
	cells->nr = job->nr;
	for (i = 0; i < job->nr; i++)
		align_label_make(findings, &cells->at[i], cells->labels[i]);
	return true;
}

static bool align_column(struct ktb_shared *shared,
			 const struct align_cells *columns, size_t nr,
			 size_t column)
{
	const struct align_cells *cells = &columns[column];
	align_label label;
	struct ktb_row *row;
	size_t i;

	for (i = 0; i < cells->nr; i++) {
		strcpy(label, cells->labels[i]);
		if (align_is_shared(columns, nr, label))
			align_tell_apart(cells, i, label);
		row = align_row(shared, label);
		if (!row)
			return false;
		if (cells->at[i].is_valid)
			row->at[column].good = &cells->at[i];
		else
			row->at[column].bad = &cells->at[i];
	}
	return true;
}

static bool align_rows(const struct ktb_together *together,
		       struct ktb_shared *shared)
{
	struct align_cells cells[KTB_TOGETHER_MAX] = { { .nr = 0 } };
	bool fine = true;
	size_t i;

	for (i = 0; i < together->nr && fine; i++)
		if (shared->in[i])
			fine = align_labels(&cells[i],
					    together->columns[i].findings,
					    shared->in[i]);
	for (i = 0; i < together->nr && fine; i++)
		fine = align_column(shared, cells, together->nr, i);
	for (i = 0; i < together->nr; i++)
		free(cells[i].labels);
	return fine;
}

bool ktb_together_align(struct ktb_together *together)
{
	const struct ktb_findings *findings;
	struct ktb_shared *shared;
	size_t column, i;

	align_columns(together);
	for (column = 0; column < together->nr; column++) {
		findings = together->columns[column].findings;
		for (i = 0; i < findings->nr_jobs; i++) {
			shared = align_job(together, &findings->jobs[i]);
			if (!shared)
				return false;
			shared->in[column] = &findings->jobs[i];
		}
	}
	for (i = 0; i < together->nr_jobs; i++)
		if (!align_rows(together, &together->jobs[i]))
			return false;
	return true;
}
