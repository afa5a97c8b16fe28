// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Small pieces of HTML. It knows how things look and nothing of what is told.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "utf8.h"

void ktb_html_text(FILE *to, const char *text)
{
	size_t size = strlen(text), length;
	bool is_fit;

	for (; size; text += length, size -= length) {
		length = ktb_utf8_length(text, size, &is_fit);
		switch (is_fit ? *text : '?') {
		case '&':
			fputs("&amp;", to);
			break;
		case '<':
			fputs("&lt;", to);
			break;
		case '>':
			fputs("&gt;", to);
			break;
		case '"':
			fputs("&quot;", to);
			break;
		case '?':
			fputc('?', to);
			break;
		default:
			fwrite(text, 1, length, to);
		}
	}
}

void ktb_html_element(FILE *to, const char *name, const char *text)
{
	fprintf(to, "<%s>", name);
	ktb_html_text(to, text);
	fprintf(to, "</%.*s>", (int)strcspn(name, " "), name);
}

void ktb_html_count(FILE *to, uint64_t count)
{
	fprintf(to, "<td>%s</td>", ktb_scale_count(count).s);
}

void ktb_html_loss(FILE *to, uint64_t count)
{
	if (count)
		fprintf(to, "<td class=\"bad\">%s&nbsp;!</td>",
			ktb_scale_count(count).s);
	else
		fputs("<td>0</td>", to);
}

void ktb_html_figure(FILE *to, enum ktb_scale scale, int64_t value)
{
	fprintf(to, "<td title=\"%s\">%s</td>", ktb_scale_exact(scale, value).s,
		ktb_scale_text(scale, value).s);
}

static void html_bound(FILE *to, enum ktb_scale scale,
		       const struct ktb_bound *bound)
{
	ktb_html_text(to, ktb_summary_bound(scale, bound).s);
}

void ktb_html_quantile(FILE *to, enum ktb_scale scale,
		       const struct ktb_figures *figures, enum ktb_quantile q)
{
	const struct ktb_estimate *estimate = &figures->at[q];
	const struct ktb_range *range = &figures->range[q];

	if (!estimate->is_supported) {
		fputs("<td class=\"no\">n too small</td>", to);
		return;
	}
	fprintf(to, "<td title=\"%s to %s\">",
		ktb_scale_exact(scale, estimate->value.low).s,
		ktb_scale_exact(scale, estimate->value.high).s);
	html_bound(to, scale, &estimate->value);
	fputs("<small>[", to);
	html_bound(to, scale, &estimate->low);
	fputs(", ", to);
	html_bound(to, scale, &estimate->high);
	fputs("]</small>", to);
	if (figures->nr_ranged[q] > 1) {
		fputs("<small>runs ", to);
		html_bound(to, scale, &range->low);
		fputs(" to ", to);
		html_bound(to, scale, &range->high);
		fputs("</small>", to);
	}
	fputs("</td>", to);
}

static void html_data_row(FILE *to, char *line, const char *tag)
{
	char *field;

	fputs("<tr>", to);
	while ((field = strsep(&line, "\t"))) {
		/* What gnuplot reads as missing. */
		ktb_html_element(to, tag, strcmp(field, "?") ? field : "");
	}
	fputs("</tr>\n", to);
}

void ktb_html_data(FILE *to, const char *path, size_t max)
{
	bool is_open = false, is_title = true;
	size_t lines = 0, room = 0;
	char *line = NULL;
	FILE *from;

	from = fopen(path, "re");
	if (!from)
		return;
	while (getline(&line, &room, from) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line) {
			is_title = true;
			continue;
		}
		if (*line == '#' && is_title) {
			fputs(is_open ? "</table>\n<table>\n" : "<table>\n",
			      to);
			ktb_html_element(to, "caption", line + 2);
			is_open = true;
			is_title = false;
		} else if (*line == '#') {
			html_data_row(to, line + 2, "th");
		} else if (lines++ < max) {
			html_data_row(to, line, "td");
		}
	}
	if (is_open)
		fputs("</table>\n", to);
	if (lines > max)
		fprintf(to,
			"<p>%zu of %zu lines; all are in the .dat file."
			"</p>\n",
			max, lines);
	free(line);
	fclose(from);
}
