// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs gnuplot. Before each picture the script prints a mark on stderr, so that
 * what follows can be told of that picture. It knows nothing of what the
 * pictures show.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "draw.h"
#include "utf8.h"

#define DRAW_MARK      "ktbench picture "
#define DRAW_SCRIPT    "plots.gp"
#define DRAW_TIMEOUT_S 120

__asm__(".pushsection .rodata\n"
	"draw_style:\n"
	".incbin \"analysis/plots/style.gp\"\n"
	".byte 0\n"
	".popsection\n");
extern const char draw_style[] __attribute__((visibility("hidden")));

void ktb_draw_quote(FILE *to, const char *text)
{
	size_t size = strlen(text), length;
	bool is_fit;

	fputc('\'', to);
	for (; size; text += length, size -= length) {
		length = ktb_utf8_length(text, size, &is_fit);
		if (*text == '\'')
			fputs("\'\'", to);
		else if ((unsigned char)*text < ' ')
			fputc(' ', to);
		else if (is_fit)
			fwrite(text, 1, length, to);
		else
			fputc('?', to);
	}
	fputc('\'', to);
}

static void draw_write_one(FILE *to, const struct ktb_plot *plot, size_t number,
			   enum ktb_lane lane)
{
	fprintf(to, "\n# ---- %s ----\nprint '" DRAW_MARK "%zu'\n", plot->name,
		number);
	fprintf(to, "reset session\ndat = '%s.dat'\nout = '%s.svg'\n",
		plot->name, plot->name);
	fprintf(to, "width = %d\nheight = %d\ntitle = ", plot->width,
		plot->height);
	ktb_draw_quote(to, plot->title);
	fputs("\nlane = ", to);
	ktb_draw_quote(to, ktb_reader_lane_remark(lane));
	fprintf(to, "\n%s%s\n%s\nset output\n", plot->settings_text, draw_style,
		plot->kind->script);
}

static int draw_write(const struct ktb_plots *plots, size_t first)
{
	bool bad = true;
	char *path;
	FILE *to;
	size_t i;

	if (asprintf(&path, "%s/" DRAW_SCRIPT, plots->work) < 0)
		return ktb_fault_memory(plots->fault);
	to = fopen(path, "we");
	if (to) {
		fputs("# Draws every picture of this directory from its .dat: "
		      "gnuplot -d " DRAW_SCRIPT "\n",
		      to);
		for (i = first; i < plots->nr; i++)
			draw_write_one(to, plots->items[i], i,
				       plots->findings->reader.lane);
		bad = ferror(to);
		bad |= fclose(to) != 0;
	}
	if (bad)
		ktb_fault_set(plots->fault, KTB_FAULT_SYSTEM,
			      "cannot write %s: %s; make room and report again",
			      path, strerror(errno));
	free(path);
	return bad ? KTB_FAULT_SYSTEM : 0;
}

static void draw_skip(struct ktb_plot *plot, const char *why)
{
	if (plot->skipped)
		return;
	plot->skipped = strdup(why);
	ktb_fault_note("picture %s.svg is skipped: %s; its data are in %s.dat",
		       plot->name, why, plot->name);
}

/* One cause, told once, and every picture that it costs. */
static void draw_skip_rest(struct ktb_plots *plots, size_t first,
			   const char *why)
{
	size_t i;

	fprintf(stderr,
		"ktbench: %zu pictures are skipped: %s; their data are "
		"in %s:",
		plots->nr - first, why, plots->dir);
	for (i = first; i < plots->nr; i++) {
		if (plots->items[i]->skipped)
			continue;
		plots->items[i]->skipped = strdup(why);
		fprintf(stderr, " %s.svg", plots->items[i]->name);
	}
	fputc('\n', stderr);
}

/* gnuplot 6 tells of a series without a value, which an empty column is. */
static bool draw_is_remark(const char *line)
{
	return strstr(line, "warning: Skipping data file with no valid points");
}

/*
 * Blame what gnuplot said on the pictures that it was drawing.
 * Returns the last picture that it began, @first if none.
 */
static size_t draw_blame(struct ktb_plots *plots, size_t first, char *said)
{
	size_t mark = strlen(DRAW_MARK);
	size_t at = first;
	char *line, *rest;

	for (line = strtok_r(said, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, DRAW_MARK, mark)) {
			at = strtoul(line + mark, NULL, 10);
			continue;
		}
		line += strspn(line, " \t^");
		if (*line && at < plots->nr && !draw_is_remark(line))
			draw_skip(plots->items[at], line);
	}
	return at;
}

/* Is there a picture, and is it whole? */
static bool draw_is_whole(const struct ktb_plots *plots,
			  const struct ktb_plot *plot)
{
	char tail[64] = "";
	bool whole = false;
	char *path;
	FILE *from;

	if (asprintf(&path, "%s/%s.svg", plots->work, plot->name) < 0)
		return false;
	from = fopen(path, "re");
	free(path);
	if (!from)
		return false;
	if (!fseek(from, -(long)(sizeof(tail) - 1), SEEK_END) &&
	    fread(tail, 1, sizeof(tail) - 1, from) > 0)
		whole = strstr(tail, "</svg>") != NULL;
	fclose(from);
	return whole;
}

/*
 * Put a file where readers look for it. What was not drawn takes its old picture along,
 * which is one of other data.
 */
static bool draw_publish_one(const struct ktb_plots *plots, const char *name,
			     const char *suffix, bool is_there)
{
	char *from = NULL, *to = NULL;
	bool fine = false;

	if (asprintf(&from, "%s/%s%s", plots->work, name, suffix) < 0)
		from = NULL;
	if (asprintf(&to, "%s/%s%s", plots->dir, name, suffix) < 0)
		to = NULL;
	if (!from || !to)
		ktb_fault_memory(plots->fault);
	else if (is_there ? !rename(from, to) : !unlink(to) || errno == ENOENT)
		fine = true;
	else
		ktb_fault_set(
			plots->fault, KTB_FAULT_SYSTEM,
			"cannot write %s: %s; report as a user who may, or copy the directory",
			to, strerror(errno));
	free(from);
	free(to);
	return fine;
}

static int draw_publish(const struct ktb_plots *plots)
{
	const struct ktb_plot *plot;
	bool fine = true;
	size_t i;

	for (i = 0; fine && i < plots->nr; i++) {
		plot = plots->items[i];
		fine = draw_publish_one(plots, plot->name, ".dat", true) &&
		       draw_publish_one(plots, plot->name, ".svg",
					!plot->skipped);
	}
	fine = fine && draw_publish_one(plots, DRAW_SCRIPT, "", true);
	return fine ? 0 : plots->fault->code;
}

/* One process from picture @first on; returns where the next one begins. */
static size_t draw_run(struct ktb_plots *plots, size_t first,
		       const char *gnuplot)
{
	const char *const argv[] = { gnuplot, "-d", DRAW_SCRIPT, NULL };
	struct ktb_child child;
	char why[256];
	size_t last;
	bool fine;

	fine = ktb_child_run(&child, argv, plots->work, DRAW_TIMEOUT_S);
	if (!child.is_started) {
		snprintf(why, sizeof(why),
			 "%.80s cannot be run (%s); install gnuplot (Debian: "
			 "apt-get install gnuplot-nox)",
			 gnuplot, strerror(child.status));
		draw_skip_rest(plots, first, why);
		return plots->nr;
	}
	last = draw_blame(plots, first,
			  child.said ? child.said : (char[]){ 0 });
	if (child.is_late)
		snprintf(why, sizeof(why), "%.80s took longer than %d s",
			 gnuplot, DRAW_TIMEOUT_S);
	else
		snprintf(why, sizeof(why), "%.80s exited with %d", gnuplot,
			 child.status);
	ktb_child_free(&child);
	if (fine)
		return plots->nr;
	if (child.is_late) {
		draw_skip_rest(plots, last, why);
		return plots->nr;
	}
	if (last < plots->nr)
		draw_skip(plots->items[last], why);
	return last + 1;
}

int ktb_draw_all(struct ktb_plots *plots, const char *gnuplot)
{
	char *program = NULL;
	size_t first = 0;
	size_t i;
	int ret;

	if (!gnuplot)
		gnuplot = "gnuplot";
	/* It will run in the pictures' directory. */
	if (strchr(gnuplot, '/'))
		program = realpath(gnuplot, NULL);
	for (ret = 0; first < plots->nr && !ret;) {
		ret = draw_write(plots, first);
		if (!ret)
			first = draw_run(plots, first,
					 program ? program : gnuplot);
	}
	free(program);
	if (ret)
		return ret;
	for (i = 0; i < plots->nr; i++)
		if (!plots->items[i]->skipped &&
		    !draw_is_whole(plots, plots->items[i]))
			draw_skip(plots->items[i],
				  "gnuplot left no whole picture");
	ret = draw_write(plots, 0);
	return ret ? ret : draw_publish(plots);
}
