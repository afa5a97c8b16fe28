// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The end of the page: the machine and its fitness, how to measure again, how
 * to read the figures.
 */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "html_parts.h"
#include "shape.h"
#include "svg.h"

static void closing_machine(const struct ktb_page *page, FILE *to)
{
	const struct ktb_machine *machine = page->machine;

	fputs("<h2>The machine</h2>\n<figure>\n", to);
	if (!machine->svg ||
	    !ktb_svg_inline(to, machine->svg, 0, "topology",
			    "The machine's packages, caches, cores and CPUs",
			    "Drawn by lstopo; CPUs that were measured are "
			    "marked.")) {
		ktb_machine_boxes(to, &page->findings->reader);
		fputs("<p class=\"note\">The picture topology.svg is "
		      "<b>skipped</b>: ",
		      to);
		ktb_html_text(to, machine->skipped ? machine->skipped :
						     "it cannot be read");
		fputs(".</p>\n", to);
	}
	fputs("<figcaption>Packages, caches, cores and CPUs; the CPUs that "
	      "were measured are marked in the picture.</figcaption>\n"
	      "</figure>\n",
	      to);
}

static void closing_value(const json_t *value, FILE *to)
{
	char *text;

	if (json_is_string(value)) {
		ktb_html_text(to, json_string_value(value));
		return;
	}
	text = json_dumps(value, JSON_ENCODE_ANY);
	if (text)
		ktb_html_text(to, text);
	free(text);
}

static void closing_object(const struct ktb_reader *reader, const char *member,
			   const char *caption, FILE *to)
{
	json_t *object = json_object_get(reader->root, member);
	const char *name;
	json_t *value;

	fprintf(to, "<details><summary>%s</summary><table>\n", caption);
	json_object_foreach(object, name, value) {
		fputs("<tr><td class=\"t\">", to);
		ktb_html_text(to, name);
		fputs("</td><td class=\"t\">", to);
		closing_value(value, to);
		fputs("</td></tr>\n", to);
	}
	fputs("</table></details>\n", to);
}

static void closing_fitness(const struct ktb_reader *reader, FILE *to)
{
	const json_t *fitness = json_object_get(reader->root, "fitness");
	const json_t *check;
	const char *state;
	size_t i, unfit = 0;

	json_array_foreach(fitness, i, check) {
		state = ktb_shape_string(check, "state");
		unfit += !strcmp(state, "warn") || !strcmp(state, "unfit");
	}
	fprintf(to,
		"<h2>Is it fit to measure on?</h2>\n<p>%zu of %zu checks "
		"found something that disturbs measurements.</p>\n<table>\n"
		"<tr><th class=\"t\">check<th class=\"t\">state<th class=\"t\">"
		"found<th class=\"t\">what to do</tr>\n",
		unfit, json_array_size(fitness));
	json_array_foreach(fitness, i, check) {
		state = ktb_shape_string(check, "state");
		fputs("<tr>", to);
		fputs("<td class=\"t\">", to);
		ktb_html_text(to, ktb_shape_string(check, "check"));
		fprintf(to, "</td><td class=\"t%s\">",
			strcmp(state, "unfit") ? "" : " bad");
		ktb_html_text(to, state);
		fputs("</td><td class=\"t\">", to);
		ktb_html_text(to, ktb_shape_string(check, "value"));
		fputs("</td><td class=\"t\">", to);
		ktb_html_text(to, ktb_shape_string(check, "advice"));
		fputs("</td></tr>\n", to);
	}
	fputs("</table>\n", to);
}

/* An argument as a shell takes it. */
static void closing_argument(const char *argument, FILE *to)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_./=,:+@%";
	char letter[2] = "";

	if (*argument && strspn(argument, plain) == strlen(argument)) {
		ktb_html_text(to, argument);
		return;
	}
	fputc('\'', to);
	for (; *argument; argument++) {
		letter[0] = *argument;
		if (*argument == '\'')
			fputs("'\\''", to);
		else
			ktb_html_text(to, letter);
	}
	fputc('\'', to);
}

void ktb_html_command(const struct ktb_reader *reader, const char *where,
		      FILE *to)
{
	const json_t *command = json_object_get(reader->root, "command");
	const json_t *jobs = json_object_get(reader->root, "jobs");
	const json_t *element;
	bool has_seed = false;
	size_t i;

	fputs("<pre>", to);
	json_array_foreach(command, i, element) {
		if (i)
			fputc(' ', to);
		closing_argument(json_string_value(element), to);
		if (!strncmp(json_string_value(element), "--seed", 6))
			has_seed = true;
	}
	if (!has_seed)
		fprintf(to, " --seed %lld",
			(long long)ktb_shape_integer(reader->root, "seed"));
	fprintf(to, "</pre>\n<p>%s</p>\n", where);
	json_array_foreach(jobs, i, element) {
		fputs("<details><summary>", to);
		ktb_html_text(to, ktb_shape_string(element, "path"));
		fputs("</summary><pre>", to);
		ktb_html_text(to, ktb_shape_string(element, "text"));
		fputs("</pre></details>\n", to);
	}
}

static void closing_reading(FILE *to)
{
	fputs("<h2>How to read the figures</h2>\n<ul>\n"
	      "<li>Lateness is fired minus due on an absolute schedule; early "
	      "is negative and counted apart, never filed as late.</li>\n"
	      "<li>Quantiles come from buckets at most 0.78 % wide, and the "
	      "bucket's upper end is told; minimum and maximum are exact."
	      "</li>\n"
	      "<li>Brackets are distribution-free 95 % intervals within this "
	      "run. Kernels are compared boot by boot, not by them; <i>runs "
	      "a to b</i> is the range over repetitions.</li>\n"
	      "<li><i>n too small</i>: the sample supports no interval for "
	      "that quantile (p50: 6, p90: 36, p99: 368, p99.9: 3,688, p99.99: "
	      "36,887, p99.999: 368,887).</li>\n"
	      "<li><i>&lt; 0</i>: among the early samples. <i>&gt; 17.18 s</i>: "
	      "past the last bucket.</li>\n"
	      "<li>A sample of what a call costs is its share of a batch of "
	      "calls: quantiles are those of batches.</li>\n"
	      "<li>The rows <i>null</i> and <i>user_null</i> are the harness with nothing in it; "
	      "they are never subtracted.</li>\n</ul>\n",
	      to);
}

void ktb_html_closing(const struct ktb_page *page, FILE *to)
{
	const struct ktb_reader *reader = &page->findings->reader;

	closing_machine(page, to);
	closing_fitness(reader, to);
	closing_object(reader, "environment", "The environment", to);
	if (json_is_null(json_object_get(reader->root, "module")))
		fputs("<p>There was no module: what was measured is user "
		      "space.</p>\n",
		      to);
	else
		closing_object(reader, "module", "The module", to);
	fputs("<h2>How to do it again</h2>\n", to);
	ktb_html_command(
		reader,
		reader->lane == KTB_LANE_METAL ?
			"On the same machine, with the same kernel." :
			"Inside a virtual machine like the one above; vm/run "
			"boots one.",
		to);
	closing_reading(to);
}
