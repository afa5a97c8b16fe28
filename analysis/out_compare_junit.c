// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison as JUnit XML: one suite, a case a gated figure. What has regressed is
 * a failure, what has no verdict an error, what is too noisy is skipped.
 */
#include "html.h"
#include "out_compare.h"
#include "told.h"

static void junit_attribute(const char *name, const char *value, FILE *to)
{
	fprintf(to, " %s=\"", name);
	ktb_html_text(to, value);
	fputc('"', to);
}

static void junit_property(const char *name, const char *value, FILE *to)
{
	fputs("    <property", to);
	junit_attribute("name", name, to);
	junit_attribute("value", value, to);
	fputs("/>\n", to);
}

static void junit_properties(const struct ktb_comparison *comparison, FILE *to)
{
	const struct ktb_differences *differences = &comparison->differences;
	struct ktb_told told;
	size_t at = 0, i;

	fputs("  <properties>\n", to);
	junit_property("verdict",
		       ktb_quantity_verdict_name(comparison->outcome.verdict),
		       to);
	junit_property("summary", ktb_told_verdict(comparison).s, to);
	junit_property("lane", ktb_reader_lane_name(comparison->lane), to);
	junit_property("forced",
		       comparison->options.is_forced ? "true" : "false", to);
	for (i = 0; i < 2; i++)
		junit_property(i ? "B" : "A", ktb_told_side(comparison, i).s,
			       to);
	while (ktb_told_remark(comparison, &at, &told))
		junit_property("remark", told.s, to);
	for (i = 0; i < differences->nr; i++)
		junit_property("differs",
			       ktb_told_difference(&differences->items[i]).s,
			       to);
	fputs("  </properties>\n", to);
}

/* What a verdict is in JUnit; without an element the case has passed. */
static const struct {
	const char *element;
	const char *type;
} junit_outcomes[KTB_NR_VERDICTS] = {
	[KTB_VERDICT_REGRESSED] = { "failure", "regressed" },
	[KTB_VERDICT_NONE] = { "error", "no verdict" },
	[KTB_VERDICT_NOISY] = { "skipped", NULL },
};

static void junit_outcome(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *quantity, FILE *to)
{
	const char *element = junit_outcomes[quantity->verdict].element;
	const char *type = junit_outcomes[quantity->verdict].type;
	struct ktb_told told = ktb_told_effect(comparison, quantity);
	size_t at = 0;

	if (!element)
		return;
	if (quantity->verdict != KTB_VERDICT_REGRESSED)
		ktb_told_note(comparison, quantity, &at, &told);
	fprintf(to, "    <%s", element);
	junit_attribute("message", told.s, to);
	if (type)
		junit_attribute("type", type, to);
	fputs("/>\n", to);
}

static void junit_case(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity, FILE *to)
{
	struct ktb_told told;
	size_t at = 0;

	fputs("  <testcase", to);
	junit_attribute("classname", ktb_told_clean(quantity->job, 600).s, to);
	junit_attribute("name", ktb_told_name(quantity).s, to);
	fputs(">\n", to);
	junit_outcome(comparison, quantity, to);
	fprintf(to, "    <system-out>%s",
		ktb_quantity_verdict_name(quantity->verdict));
	told = ktb_told_effect(comparison, quantity);
	if (*told.s)
		fprintf(to, ", %s", told.s);
	while (ktb_told_note(comparison, quantity, &at, &told)) {
		fputc('\n', to);
		ktb_html_text(to, told.s);
	}
	fputs("</system-out>\n  </testcase>\n", to);
}

static void junit_rest(const struct ktb_comparison *comparison, FILE *to)
{
	struct ktb_told_walk walk = { .comparison = comparison };
	const struct ktb_quantity *quantity;
	const size_t left = ktb_told_left(comparison);

	fprintf(to, "  <system-out>%s", ktb_told_rest(comparison).s);
	while ((quantity = ktb_told_walk_changed(&walk))) {
		fprintf(to, "\n%s, %s: ",
			ktb_quantity_verdict_name(quantity->verdict),
			ktb_told_effect(comparison, quantity).s);
		ktb_html_text(to, ktb_told_name(quantity).s);
	}
	if (left)
		fprintf(to, "\nand %zu more that have changed", left);
	fputs("</system-out>\n", to);
}

void ktb_out_compare_junit(const struct ktb_comparison *comparison, FILE *to)
{
	struct ktb_told_walk walk = { .comparison = comparison,
				      .is_gated = true };
	const size_t *gated = comparison->outcome.gated;
	const struct ktb_quantity *quantity;
	const size_t nr = ktb_told_gated(comparison);

	fprintf(to,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites>\n<testsuite name=\"ktbench compare\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n",
		nr ? nr : 1, gated[KTB_VERDICT_REGRESSED],
		nr ? gated[KTB_VERDICT_NONE] : 1, gated[KTB_VERDICT_NOISY]);
	junit_properties(comparison, to);
	while ((quantity = ktb_told_walk(&walk)))
		junit_case(comparison, quantity, to);
	/* An empty suite would pass. */
	if (!nr)
		fputs("  <testcase classname=\"ktbench compare\" name=\"verdict\">\n"
		      "    <error message=\"no figure is gated\" type=\"no verdict\"/>\n"
		      "  </testcase>\n",
		      to);
	junit_rest(comparison, to);
	fputs("</testsuite>\n</testsuites>\n", to);
}
