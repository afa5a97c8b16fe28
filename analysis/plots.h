/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pictures of a report. A kind of picture is a line in PLOT_KINDS(), a
 * plot_<kind>.c that writes its data and a plots/<kind>.gp that draws them. It
 * knows findings and gnuplot, and nothing of the page that shows the pictures.
 */
#ifndef KTB_PLOTS_H
#define KTB_PLOTS_H

#include <stdio.h>

#include "findings.h"

/* More pictures than this are not drawn, and that is said. */
#define KTB_PLOTS_MAX	  300
/* Pictures of one kind in one job. */
#define KTB_PLOTS_PER_JOB 3
/* Of calls: series, each in as many pictures as its calls need. */
#define KTB_PLOTS_CALLS	  2
/* Points of a curve. */
#define KTB_PLOTS_POINTS  500
/* Curves in one picture. */
#define KTB_PLOTS_CURVES  8

/**
 * KTB_PLOT_SCRIPT() - make plots/KIND.gp part of the program
 * @kind: in its name
 *
 * So that the program runs from anywhere. At file scope; plot_script_KIND is the text.
 */
#define KTB_PLOT_SCRIPT(kind)                               \
	__asm__(".pushsection .rodata\n"                    \
		"plot_script_" #kind ":\n"                  \
		".incbin \"analysis/plots/" #kind ".gp\"\n" \
		".byte 0\n"                                 \
		".popsection\n");                           \
	extern const char plot_script_##kind[]              \
		__attribute__((visibility("hidden")));

struct ktb_plots;

/**
 * struct ktb_plot_kind - one kind of picture
 * @name: in file names
 * @script: the gnuplot script that draws it
 * @collect: writes the data of all pictures of this kind that a job calls for;
 *	returns 0, or a KTB_FAULT_* that ends the report
 */
struct ktb_plot_kind {
	const char *name;
	const char *script;
	int (*collect)(struct ktb_plots *plots,
		       const struct ktb_plot_kind *kind,
		       const struct ktb_job *job);
};

/**
 * struct ktb_plot - one picture
 * @kind: what kind
 * @job: whose
 * @name: of its files without the ending, in the plots' directory
 * @title: what it shows
 * @remark: counts, losses, and how to read it
 * @skipped: why there is no picture, NULL if there is one
 * @width: pixels
 * @height: pixels
 * @data: the .dat file while it is written
 * @settings: gnuplot assignments, a string that grows while data are written
 * @settings_text: that string
 * @settings_size: its length
 */
struct ktb_plot {
	const struct ktb_plot_kind *kind;
	const struct ktb_job *job;
	char name[128];
	char *title;
	char *remark;
	char *skipped;
	int width;
	int height;
	FILE *data;
	FILE *settings;
	char *settings_text;
	size_t settings_size;
};

/**
 * struct ktb_plots - all pictures of a report
 * @findings: what they show
 * @dir: where they lie once all are drawn
 * @work: a directory in it that nobody else has, where they are made
 * @leftover: of that directory
 * @items: the pictures
 * @nr: entries there
 * @nr_left_out: pictures that were one too many
 * @fault: where a sentence goes
 */
struct ktb_plots {
	const struct ktb_findings *findings;
	char *dir;
	char *work;
	int leftover;
	struct ktb_plot **items;
	size_t nr;
	size_t nr_left_out;
	struct ktb_fault *fault;
};

/**
 * ktb_plots_make() - write the data of all pictures and draw them
 * @plots: filled in; free it in any case
 * @findings: what to show
 * @gnuplot: the program, NULL for the one in PATH
 * @fault: on failure, the sentence
 *
 * A picture that gnuplot cannot draw is marked as skipped and told on stderr;
 * its data stay. That is no failure.
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_plots_make(struct ktb_plots *plots, const struct ktb_findings *findings,
		   const char *gnuplot, struct ktb_fault *fault);

/**
 * ktb_plots_open() - begin pictures that somebody else collects and draws
 * @plots: filled in; free it in any case
 * @findings: their jobs and lane, and the directory that plots/ is made in
 * @fault: on failure, the sentence
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_plots_open(struct ktb_plots *plots, const struct ktb_findings *findings,
		   struct ktb_fault *fault);

/**
 * ktb_plots_kind() - a kind of picture, for its script
 * @name: of the kind
 *
 * Return: its row; NULL if there is none.
 */
const struct ktb_plot_kind *ktb_plots_kind(const char *name);

/**
 * ktb_plots_free() - free everything
 * @plots: made, or tried to, or all zero
 */
void ktb_plots_free(struct ktb_plots *plots);

/**
 * ktb_plots_begin() - begin a picture
 * @plots: being made
 * @kind: what kind
 * @job: whose
 *
 * Return: the picture, whose data can be written; NULL with no fault when there
 * are enough of them, NULL with a fault when its file cannot be made.
 */
struct ktb_plot *ktb_plots_begin(struct ktb_plots *plots,
				 const struct ktb_plot_kind *kind,
				 const struct ktb_job *job);

/**
 * ktb_plots_end() - end a picture's data
 * @plots: being made
 * @plot: begun
 *
 * Return: 0, or KTB_FAULT_SYSTEM when its data could not be written.
 */
int ktb_plots_end(struct ktb_plots *plots, struct ktb_plot *plot);

/**
 * ktb_plots_title() - say what a picture shows
 * @plot: begun
 * @fmt: as printf()
 */
void ktb_plots_title(struct ktb_plot *plot, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * ktb_plots_remark() - say how a picture is read, with counts and losses
 * @plot: begun
 * @fmt: as printf()
 */
void ktb_plots_remark(struct ktb_plot *plot, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * ktb_plots_set() - give the script a number
 * @plot: begun
 * @name: of the gnuplot variable
 * @value: its value
 */
void ktb_plots_set(struct ktb_plot *plot, const char *name, int64_t value);

/**
 * ktb_plots_set_text() - give the script a string
 * @plot: begun
 * @name: of the gnuplot variable
 * @text: its value, any characters
 */
void ktb_plots_set_text(struct ktb_plot *plot, const char *name,
			const char *text);

/**
 * ktb_plots_label() - write a cell's label as part of a gnuplot string
 * @to: where to
 * @label: "timers=100 slack=8 ms": one setting a line; what would end a string
 *	is left out
 * @letters: raised to those of its longest line
 *
 * Return: its lines.
 */
int ktb_plots_label(FILE *to, const char *label, int *letters);

/**
 * ktb_plots_set_axis() - give the script an axis' label
 * @plot: begun
 * @name: of the gnuplot variable
 * @metric: what is on the axis
 * @divisor: by what its values are divided; 0 when its tics carry units
 */
void ktb_plots_set_axis(struct ktb_plot *plot, const char *name,
			const struct ktb_metric *metric, int64_t divisor);

/**
 * ktb_plots_set_tics() - give the script labelled tics for a logarithmic axis
 * @plot: begun
 * @name: of the gnuplot variable, which is for "set ?tics"; NAME_from and
 *	NAME_to get the two values
 * @scale: what the axis counts
 * @from: smallest value on it, above 0
 * @to: largest value on it
 */
void ktb_plots_set_tics(struct ktb_plot *plot, const char *name,
			enum ktb_scale scale, int64_t from, int64_t to);

/**
 * ktb_plots_load() - read the histograms of a cell again
 * @plots: being made
 * @summary: the cell
 * @pool: filled in, to be freed in any case
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_plots_load(struct ktb_plots *plots, const struct ktb_summary *summary,
		   struct ktb_pool *pool);

/**
 * ktb_plots_pick() - choose cells when there are more than curves
 * @nr: cells
 * @max: curves
 * @index: from 0
 *
 * Return: the cell of the index'th curve, evenly spread, the first and the last
 * among them; @nr when there is no such curve.
 */
size_t ktb_plots_pick(size_t nr, size_t max, size_t index);

#endif /* KTB_PLOTS_H */
