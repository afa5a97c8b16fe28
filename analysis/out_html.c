// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The page: the order of its sections.
 */
#include "html.h"
#include "html_parts.h"

void ktb_out_html(const struct ktb_page *page, FILE *to)
{
	const struct ktb_findings *findings = page->findings;
	size_t i;

	ktb_html_begin(to, ktb_reader_string(&findings->reader, "run"));
	ktb_html_opening(page, to);
	ktb_html_worst(page, to);
	for (i = 0; i < findings->nr_jobs; i++)
		ktb_html_job(page, &findings->jobs[i], to);
	ktb_html_ledger(page, to);
	ktb_html_closing(page, to);
	ktb_html_end(to);
}
