// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Copies SVG files into a page. It knows SVG as gnuplot and lstopo write it,
 * and nothing of what they show.
 */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "svg.h"

/* Where a name is given or used; the prefix goes right behind. */
static const char *const svg_names[] = {
	" id=\"", " id='", "href=\"#", "href='#", "url(#",
};

/* Elements that the page writes itself. */
static const struct {
	const char *begin;
	const char *end;
} svg_dropped[] = {
	{ "<title>", "</title>" },
	{ "<desc>", "</desc>" },
};

static char *svg_read(const char *path)
{
	char *text = NULL;
	size_t size = 0;
	FILE *from;

	from = fopen(path, "re");
	if (!from)
		return NULL;
	if (getdelim(&text, &size, '\0', from) < 0) {
		free(text);
		text = NULL;
	}
	fclose(from);
	return text;
}

/* The tag's attributes; lstopo's viewBox has units, which viewBox may not. */
static void svg_write_tag(FILE *to, const char *tag, const char *end, int width,
			  const char *prefix)
{
	const char *box = strstr(tag, "viewBox=");
	bool in_box = false;
	char quote = 0;

	fprintf(to, "<svg role=\"img\" aria-labelledby=\"%s-t %s-d\"", prefix,
		prefix);
	if (width)
		fprintf(to, " style=\"width:%dpx\"", width);
	for (tag += strlen("<svg"); tag < end; tag++) {
		if (tag == box) {
			in_box = true;
			quote = 0;
		}
		if (in_box && (*tag == '"' || *tag == '\'')) {
			in_box = !quote;
			quote = *tag;
		}
		if (in_box && quote && !strncmp(tag, "px", 2)) {
			tag++;
			continue;
		}
		fputc(*tag, to);
	}
	fputc('>', to);
}

/* The length of an element at @at that is left out, 0 for none. */
static size_t svg_drop(const char *at)
{
	const char *end;
	size_t i;

	for (i = 0; i < sizeof(svg_dropped) / sizeof(svg_dropped[0]); i++) {
		if (strncmp(at, svg_dropped[i].begin,
			    strlen(svg_dropped[i].begin)))
			continue;
		end = strstr(at, svg_dropped[i].end);
		if (end)
			return (size_t)(end - at) + strlen(svg_dropped[i].end);
	}
	return 0;
}

/* The length of what stands at @at when a name follows it, 0 if none does. */
static size_t svg_name(const char *at)
{
	size_t i;

	for (i = 0; i < sizeof(svg_names) / sizeof(svg_names[0]); i++)
		if (!strncmp(at, svg_names[i], strlen(svg_names[i])))
			return strlen(svg_names[i]);
	return 0;
}

static void svg_write_body(FILE *to, const char *at, const char *prefix)
{
	size_t length;

	while (*at) {
		length = *at == '<' ? svg_drop(at) : 0;
		if (length) {
			at += length;
			continue;
		}
		length = svg_name(at);
		if (length) {
			fwrite(at, 1, length, to);
			fprintf(to, "%s-", prefix);
			at += length;
			continue;
		}
		fputc(*at++, to);
	}
}

bool ktb_svg_inline(FILE *to, const char *path, int width, const char *prefix,
		    const char *title, const char *description)
{
	char *text = svg_read(path);
	char *tag = text ? strstr(text, "<svg") : NULL;
	char *end = tag ? strchr(tag, '>') : NULL;

	if (!end || !strstr(end, "</svg>")) {
		free(text);
		return false;
	}
	svg_write_tag(to, tag, end, width, prefix);
	fprintf(to, "\n<title id=\"%s-t\">", prefix);
	ktb_html_text(to, title);
	fprintf(to, "</title>\n<desc id=\"%s-d\">", prefix);
	ktb_html_text(to, description);
	fputs("</desc>", to);
	svg_write_body(to, end + 1, prefix);
	free(text);
	return true;
}
