// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison as Markdown that fits a comment on a pull request: hosts refuse more
 * than 65,536 characters, so what does not fit is left out row by row, and counted.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "out_compare.h"
#include "told.h"

/* Bytes, so that it is never more characters. */
#define MARKDOWN_MAX	     59000
/* Kept for what must be said at the end of each part. */
#define MARKDOWN_RESERVE     1500
#define MARKDOWN_ROWS	     60
#define MARKDOWN_NAME_MAX    240
#define MARKDOWN_DIFFERS_MAX 1600

/**
 * struct markdown - a page that must not get too long
 * @to: where to
 * @left: bytes that it may still have
 */
struct markdown {
	FILE *to;
	size_t left;
};

/* Writes a row, or all of nothing if it does not fit. */
static bool __attribute__((format(printf, 3, 4)))
markdown_add(struct markdown *page, size_t reserve, const char *fmt, ...)
{
	char row[8192];
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(row, sizeof(row), fmt, args);
	va_end(args);
	if (length < 0 || (size_t)length >= sizeof(row) ||
	    (size_t)length + reserve > page->left)
		return false;
	fputs(row, page->to);
	page->left -= (size_t)length;
	return true;
}

/* What would end a cell or be taken for markup is escaped. */
static struct ktb_told markdown_text(const char *text, size_t room)
{
	struct ktb_told clean = ktb_told_clean(text, room), told;
	const char *from = clean.s;
	size_t at = 0;

	for (; *from && at + 8 < sizeof(told.s); from++) {
		if (*from == '<' || *from == '&') {
			strcpy(told.s + at, *from == '<' ? "&lt;" : "&amp;");
			at += strlen(told.s + at);
			continue;
		}
		if (strchr("|*_\\`[]#~", *from))
			told.s[at++] = '\\';
		told.s[at++] = *from;
	}
	strcpy(told.s + at, *from ? "..." : "");
	return told;
}

static void markdown_head(const struct ktb_comparison *comparison,
			  struct markdown *page)
{
	const enum ktb_verdict verdict = comparison->outcome.verdict;
	struct ktb_told told;
	size_t at = 0, i;

	markdown_add(page, 0, "### ktbench: %s **%s**\n\n%s\n\n",
		     ktb_told_glyph(verdict),
		     ktb_quantity_verdict_name(verdict),
		     ktb_told_verdict(comparison).s);
	for (i = 0; i < 2; i++)
		markdown_add(
			page, 0, "* %c: %s\n", "AB"[i],
			markdown_text(ktb_told_side(comparison, i).s, 1500).s);
	while (ktb_told_remark(comparison, &at, &told))
		markdown_add(page, 0, "* %s\n", markdown_text(told.s, 1900).s);
}

/* The notes that a row has no column for. */
static struct ktb_told markdown_notes(const struct ktb_comparison *comparison,
				      const struct ktb_quantity *quantity)
{
	struct ktb_told notes = { "" }, told;
	size_t at = 0, length = 0;

	while (ktb_told_note(comparison, quantity, &at, &told)) {
		if (length + strlen(told.s) + 8 > sizeof(notes.s) / 2)
			break;
		length += (size_t)snprintf(notes.s + length,
					   sizeof(notes.s) - length, "%s%s",
					   length ? "; " : "", told.s);
	}
	return markdown_text(notes.s, sizeof(notes.s) / 2);
}

static bool markdown_row(const struct ktb_comparison *comparison,
			 const struct ktb_quantity *quantity,
			 struct markdown *page)
{
	return markdown_add(
		page, MARKDOWN_RESERVE, "| %s %s | %s | %s | %s |\n",
		ktb_told_glyph(quantity->verdict),
		ktb_quantity_verdict_name(quantity->verdict),
		markdown_text(ktb_told_name(quantity).s, MARKDOWN_NAME_MAX).s,
		ktb_told_effect(comparison, quantity).s,
		markdown_notes(comparison, quantity).s);
}

static const char markdown_columns[] =
	"| verdict | figure | B against A | found |\n|---|---|---|---|\n";

/* Those that are @is_changed, or those that are unchanged; returns rows written. */
static size_t markdown_rows(const struct ktb_comparison *comparison,
			    bool is_unchanged, size_t room,
			    struct markdown *page)
{
	struct ktb_told_walk walk = { .comparison = comparison,
				      .is_gated = true };
	const struct ktb_quantity *quantity;
	size_t rows = 0;

	while (rows < room && (quantity = ktb_told_walk(&walk))) {
		if (is_unchanged !=
		    (quantity->verdict == KTB_VERDICT_UNCHANGED))
			continue;
		if (!rows)
			markdown_add(page, 0, "\n%s", markdown_columns);
		if (!markdown_row(comparison, quantity, page))
			break;
		rows++;
	}
	return rows;
}

static void markdown_left(size_t nr, size_t rows, const char *what,
			  struct markdown *page)
{
	if (nr > rows)
		markdown_add(page, 0, "\nand %zu %s, which do not fit here\n",
			     nr - rows, what);
}

static void markdown_gated(const struct ktb_comparison *comparison,
			   struct markdown *page)
{
	const size_t unchanged =
		comparison->outcome.gated[KTB_VERDICT_UNCHANGED];
	const size_t others = ktb_told_gated(comparison) - unchanged;
	size_t rows, more;

	rows = markdown_rows(comparison, false, MARKDOWN_ROWS, page);
	markdown_left(others, rows, "more that are not unchanged", page);
	if (!unchanged)
		return;
	markdown_add(page, 0, "\n<details><summary>%s%zu unchanged</summary>\n",
		     others ? "and " : "", unchanged);
	more = markdown_rows(comparison, true, MARKDOWN_ROWS - rows, page);
	markdown_left(unchanged, more, "more that are unchanged", page);
	markdown_add(page, 0, "\n</details>\n");
}

static void markdown_rest(const struct ktb_comparison *comparison,
			  struct markdown *page)
{
	struct ktb_told_walk walk = { .comparison = comparison };
	const struct ktb_quantity *quantity;
	size_t rows = 0;

	markdown_add(page, 0, "\n%s.\n", ktb_told_rest(comparison).s);
	while ((quantity = ktb_told_walk_changed(&walk))) {
		if (!rows)
			markdown_add(page, 0, "\n");
		if (!markdown_add(page, MARKDOWN_RESERVE, "* %s %s, %s: %s\n",
				  ktb_told_glyph(quantity->verdict),
				  ktb_quantity_verdict_name(quantity->verdict),
				  ktb_told_effect(comparison, quantity).s,
				  markdown_text(ktb_told_name(quantity).s,
						MARKDOWN_NAME_MAX)
					  .s))
			break;
		rows++;
	}
	markdown_left(comparison->outcome.rest[KTB_VERDICT_REGRESSED] +
			      comparison->outcome.rest[KTB_VERDICT_IMPROVED],
		      rows, "more of them that have changed", page);
}

static void markdown_differences(const struct ktb_comparison *comparison,
				 struct markdown *page)
{
	const struct ktb_differences *differences = &comparison->differences;
	size_t i;

	if (!differences->nr) {
		markdown_add(page, 0, "\nThe environments do not differ.\n");
		return;
	}
	markdown_add(
		page, 0,
		"\n<details><summary>What differs between the environments: %zu</summary>\n\n",
		differences->nr);
	for (i = 0; i < differences->nr; i++)
		if (!markdown_add(page, MARKDOWN_RESERVE, "* %s\n",
				  markdown_text(ktb_told_difference(
							&differences->items[i])
							.s,
						MARKDOWN_DIFFERS_MAX)
					  .s))
			break;
	markdown_left(differences->nr, i, "more facts", page);
	markdown_add(page, 0, "\n</details>\n");
}

void ktb_out_compare_markdown(const struct ktb_comparison *comparison, FILE *to)
{
	struct markdown page = { to, MARKDOWN_MAX };

	markdown_head(comparison, &page);
	markdown_gated(comparison, &page);
	markdown_rest(comparison, &page);
	markdown_differences(comparison, &page);
}
