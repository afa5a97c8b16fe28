// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pieces of the page: text stays text, pictures keep to themselves, and a
 * job's question is found in its file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analysis/html.h"
#include "analysis/plots.h"
#include "analysis/question.h"
#include "analysis/svg.h"

static char *escaped(const char *text)
{
	char *page = NULL;
	size_t size;
	FILE *to;

	to = open_memstream(&page, &size);
	ktb_html_text(to, text);
	fclose(to);
	return page;
}

static void test_text_stays_text(void **state)
{
	char *page = escaped("<b a=\"1\">&amp;\x01\n");

	assert_string_equal(page, "&lt;b a=&quot;1&quot;&gt;&amp;amp;?\n");
	free(page);
}

static char *inlined(const char *svg, bool *is_svg)
{
	char path[] = "/tmp/ktbench-svg-XXXXXX";
	char *page = NULL;
	size_t size;
	FILE *to;
	int fd;

	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_true(write(fd, svg, strlen(svg)) == (ssize_t)strlen(svg));
	close(fd);
	to = open_memstream(&page, &size);
	*is_svg = ktb_svg_inline(to, path, 0, "p1", "a < b", "how");
	fclose(to);
	unlink(path);
	return page;
}

static void test_svg(void **state)
{
	bool is_svg;
	char *page;

	page = inlined("<?xml version=\"1.0\"?>\n<svg viewBox='0 0 3px 4px' "
		       "width=\"3px\"><title>G</title><desc>x</desc>"
		       "<g id=\"a\"/><use xlink:href='#a'/>"
		       "<g clip-path=\"url(#a)\"/></svg>\n",
		       &is_svg);
	assert_true(is_svg);
	assert_null(strstr(page, "<?xml"));
	assert_null(strstr(page, "<title>G"));
	assert_non_null(strstr(page, "role=\"img\""));
	assert_non_null(strstr(page, "viewBox='0 0 3 4'"));
	assert_non_null(strstr(page, "width=\"3px\""));
	assert_non_null(strstr(page, "<title id=\"p1-t\">a &lt; b</title>"));
	assert_non_null(strstr(page, "<g id=\"p1-a\"/>"));
	assert_non_null(strstr(page, "href='#p1-a'"));
	assert_non_null(strstr(page, "url(#p1-a)"));
	free(page);
	page = inlined("<svg><g>", &is_svg);
	assert_false(is_svg);
	assert_string_equal(page, "");
	free(page);
}

static void question(const char *text, const char *job, const char *asked,
		     const char *remark)
{
	struct ktb_workload workload = { .name = "wheel" };
	struct ktb_summary summary = { .workload = &workload,
				       .job = (char *)job };
	struct ktb_reader reader = { 0 };
	char *found, *rest;

	summary.swept = json_pack("[s]", "timers");
	reader.root =
		json_pack("{s:[{s:s,s:s}]}", "jobs", "path", "p", "text", text);
	assert_true(ktb_question_find(&reader, &summary, &found, &rest));
	assert_string_equal(found, asked);
	assert_string_equal(rest, remark);
	free(found);
	free(rest);
	json_decref(summary.swept);
	json_decref(reader.root);
}

static void test_question(void **state)
{
	static const char made[] =
		"What is the outcome of wheel as a function of timers?";

	question("# How late?\n# Very.\n[a]\n", "a", "How late?", "Very.");
	question("# no\n\n# How\n;late is it? It is.\n[a]\nx=1\n[b]\n", "a",
		 "How late is it?", "It is.");
	question("# Why?\n[a]\n[b]\n", "b", made, "");
	question("# Just words.\n[a]", "a", made, "Just words.");
	question("[ab]\n", "a", made, "");
	question("", "a", made, "");
}

static void test_pick(void **state)
{
	size_t i, last = 0;

	assert_int_equal(ktb_plots_pick(3, 8, 2), 2);
	assert_int_equal(ktb_plots_pick(3, 8, 3), 3);
	assert_int_equal(ktb_plots_pick(100, 8, 0), 0);
	assert_int_equal(ktb_plots_pick(100, 8, 7), 99);
	assert_int_equal(ktb_plots_pick(100, 8, 8), 100);
	for (i = 1; i < 8; i++) {
		assert_true(ktb_plots_pick(9, 8, i) > last);
		last = ktb_plots_pick(9, 8, i);
	}
}

static void tics(enum ktb_scale scale, int64_t from, int64_t to,
		 const char *wanted)
{
	struct ktb_plot plot = { 0 };
	char *text = NULL;
	const char *list;
	size_t size;

	plot.settings = open_memstream(&text, &size);
	ktb_plots_set_tics(&plot, "t", scale, from, to);
	fclose(plot.settings);
	list = strstr(text, "t = \"");
	assert_non_null(list);
	assert_string_equal(list + 5, wanted);
	free(text);
}

/* An axis has labels, however short it is. */
static void test_tics(void **state)
{
	tics(KTB_SCALE_NS, 30, 12000,
	     "('10 ns' 10, '100 ns' 100, '1 us' 1000, '10 us' 10000, '100 us' 100000)\"\n");
	tics(KTB_SCALE_INSTRUCTIONS, 53, 56,
	     "('45' 45, '50' 50, '55' 55, '60' 60, '65' 65, '70' 70)\"\n");
	tics(KTB_SCALE_MILLI_INSTRUCTIONS, 271800, 279800,
	     "('240.0' 240000, '260.0' 260000, '280.0' 280000, '300.0' 300000, '320.0' 320000, '340.0' 340000)\"\n");
	tics(KTB_SCALE_NS, 1, 3, "('1 ns' 1, '2 ns' 2, '3 ns' 3)\"\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_stays_text),
		cmocka_unit_test(test_svg),
		cmocka_unit_test(test_question),
		cmocka_unit_test(test_pick),
		cmocka_unit_test(test_tics),
	};

	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
