// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison in words: what is said of the whole of it.
 */
#include <string.h>

#include "schedule.h"
#include "told.h"

#define SAY(told, ...) snprintf((told)->s, sizeof((told)->s), __VA_ARGS__)

/* Of each side's value; a file of JSON has all of it. */
#define TOLD_VALUE_MAX 600
#define TOLD_TITLE_MAX 1000

static void told_tally(const size_t *counts, struct ktb_told *told)
{
	static const enum ktb_verdict order[] = {
		KTB_VERDICT_REGRESSED, KTB_VERDICT_IMPROVED,
		KTB_VERDICT_UNCHANGED, KTB_VERDICT_NOISY,
		KTB_VERDICT_NONE,
	};
	size_t at = 0, i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (counts[order[i]])
			at += (size_t)snprintf(
				told->s + at, sizeof(told->s) - at, "%s%zu %s",
				at ? ", " : "", counts[order[i]],
				order[i] == KTB_VERDICT_NONE ?
					"without a verdict" :
					ktb_quantity_verdict_name(order[i]));
}

static size_t told_sum(const size_t *counts)
{
	size_t sum = 0, i;

	for (i = 0; i < KTB_NR_VERDICTS; i++)
		sum += counts[i];
	return sum;
}

size_t ktb_told_gated(const struct ktb_comparison *comparison)
{
	return told_sum(comparison->outcome.gated);
}

struct ktb_told ktb_told_verdict(const struct ktb_comparison *comparison)
{
	const struct ktb_outcome *outcome = &comparison->outcome;
	const char *word = ktb_quantity_verdict_name(outcome->verdict);
	const size_t nr = ktb_told_gated(comparison);
	struct ktb_told told = { "" }, tally = { "" };
	struct ktb_text needs = { "" };

	if (!nr) {
		SAY(&told, "%s: no figure is gated, so nothing decides", word);
		return told;
	}
	told_tally(outcome->gated, &tally);
	if (outcome->gated[KTB_VERDICT_NOISY])
		needs = ktb_told_boots(outcome->boots_needed);
	SAY(&told, "%s: of %zu gated figure%s %.400s%s%s", word, nr,
	    nr == 1 ? "" : "s", tally.s, *needs.s ? "; needs " : "", needs.s);
	return told;
}

struct ktb_told ktb_told_rest(const struct ktb_comparison *comparison)
{
	const size_t *counts = comparison->outcome.rest;
	struct ktb_told told = { "" }, tally = { "" };

	if (!told_sum(counts)) {
		SAY(&told, "No other figures");
		return told;
	}
	told_tally(counts, &tally);
	SAY(&told, "Of %zu other figures, which decide on nothing, %.400s",
	    told_sum(counts), tally.s);
	return told;
}

/* Runs that are not quite the same are told, since all of them should be. */
static struct ktb_text odd_results(const struct ktb_comparison *comparison,
				   size_t side)
{
	struct ktb_text text = { "" };

	if (comparison->nr_odd[side])
		snprintf(text.s, sizeof(text.s),
			 ": %zu of %zu results differ from the rest",
			 comparison->nr_odd[side],
			 comparison->side[side].nr_results);
	return text;
}

struct ktb_told ktb_told_side(const struct ktb_comparison *comparison,
			      size_t side)
{
	const struct ktb_told title =
		ktb_told_clean(comparison->title[side], TOLD_TITLE_MAX);
	const struct ktb_told kernel =
		ktb_told_clean(comparison->kernel[side], 200);
	const struct ktb_side *set = &comparison->side[side];
	struct ktb_text loads = { "" };
	struct ktb_told told;

	/* Loads of the module differ less than boots do. */
	if (set->nr_machine_boots < set->nr_boots)
		snprintf(loads.s, sizeof(loads.s),
			 " (loads in %zu of the machine)",
			 set->nr_machine_boots);
	if (ktb_told_is_exact(comparison))
		SAY(&told, "%.1010s, kernel %.210s%s", title.s, kernel.s,
		    odd_results(comparison, side).s);
	else
		SAY(&told,
		    "%.1010s, kernel %.210s: %zu boots%s, %zu of them used, %zu results; n %s, lost %s, missed %s",
		    title.s, kernel.s, set->nr_boots, loads.s,
		    comparison->used[side], set->nr_results,
		    ktb_scale_count(comparison->samples[side]).s,
		    ktb_scale_count(comparison->lost[side]).s,
		    ktb_scale_count(comparison->missed[side]).s);
	return told;
}

static void told_lane(const struct ktb_comparison *comparison,
		      struct ktb_told *told)
{
	const struct ktb_told detail = ktb_told_clean(
		comparison->lane_detail ? comparison->lane_detail : "", 300);
	const char *remark = ktb_reader_lane_remark(comparison->lane);

	SAY(told, "lane %s%s%.400s%s%s%s",
	    ktb_reader_lane_name(comparison->lane), *detail.s ? " (" : "",
	    detail.s, *detail.s ? ")" : "", *remark ? ": " : "", remark);
}

static void told_forced(const struct ktb_comparison *comparison,
			struct ktb_told *told)
{
	const struct ktb_differences *differences = &comparison->differences;
	size_t at, i;

	if (!comparison->options.is_forced)
		return;
	if (!differences->nr_refused) {
		SAY(told,
		    "--force was given, and nothing differs that it would have been needed for");
		return;
	}
	at = (size_t)SAY(
		told,
		"FORCED by --force: these sides should not be compared, for they differ in");
	for (i = 0; i < differences->nr_refused && at < 1500; i++)
		at += (size_t)snprintf(
			told->s + at, sizeof(told->s) - at, "%s %s%s%.1s",
			i ? "," : "",
			ktb_told_clean(differences->items[i].name, 100).s,
			differences->items[i].within ? " within " : "",
			&differences->items[i].within);
	if (i < differences->nr_refused)
		snprintf(told->s + at, sizeof(told->s) - at,
			 " and %zu facts more", differences->nr_refused - i);
}

/* The result of a side that missed the largest share of a cell's schedule. */
static void told_missed(const struct ktb_comparison *comparison, size_t side,
			struct ktb_told *told)
{
	const struct ktb_side *set = &comparison->side[side];
	const struct ktb_findings *worst = NULL, *findings;
	size_t nr = 0, i, k;
	uint64_t most = 0, ppm;
	char sentence[512];

	for (i = 0; i < set->nr_boots; i++)
		for (k = 0; k < set->boots[i].nr; k++) {
			findings = set->boots[i].findings[k];
			ppm = ktb_schedule_most_ppm(findings);
			nr += ppm > KTB_SCHEDULE_MISSED_PPM;
			worst = ppm > most ? findings : worst;
			most = ppm > most ? ppm : most;
		}
	if (!nr)
		return;
	ktb_schedule_sentence(worst, sentence, sizeof(sentence));
	SAY(told,
	    "%zu of %zu results of %c have missed much, this one most: %.600s",
	    nr, set->nr_results, "AB"[side],
	    ktb_told_clean(sentence, sizeof(sentence)).s);
}

static void told_missed_a(const struct ktb_comparison *comparison,
			  struct ktb_told *told)
{
	told_missed(comparison, 0, told);
}

static void told_missed_b(const struct ktb_comparison *comparison,
			  struct ktb_told *told)
{
	told_missed(comparison, 1, told);
}

/* That a job is not there is no reason to believe that it has not changed. */
static void told_left_out(const struct ktb_comparison *comparison,
			  struct ktb_told *told)
{
	const struct ktb_quantity *quantity, *first = NULL;
	size_t nr = 0, i;

	for (i = 0; i < comparison->nr; i++) {
		quantity = &comparison->quantities[i];
		first = quantity->is_left_out && !first ? quantity : first;
		nr += quantity->is_left_out;
	}
	if (nr)
		SAY(told,
		    "%zu gated figure%s of A decide%s nothing, for B left the job out and told why, as %.1000s",
		    nr, nr == 1 ? "" : "s", nr == 1 ? "s" : "",
		    ktb_told_name(first).s);
}

static void told_rule(const struct ktb_comparison *comparison,
		      struct ktb_told *told)
{
	if (ktb_told_is_exact(comparison))
		SAY(told,
		    "instructions are counted and equal or not: no test, no interval; differences up to %u %% are tolerated",
		    comparison->options.tolerance);
	else
		SAY(told,
		    "alpha %g of the whole; intervals and p are adjusted for the number of figures, gated ones by Holm, others by Benjamini-Hochberg",
		    comparison->options.alpha);
}

static void told_looks(const struct ktb_comparison *comparison,
		       struct ktb_told *told)
{
	const struct ktb_compare_options *options = &comparison->options;
	const size_t nr = options->nr_looks, look = comparison->look;
	const double share = options->alpha / (double)(nr ? nr : 1);

	if (!look || look > nr)
		return;
	SAY(told,
	    "look %zu of %zu, at %zu boots a side: alpha %.4g is spent at each look, %.4g so far%s",
	    look, nr, options->looks[look - 1], share, share * (double)look,
	    !comparison->is_between_looks ? "" :
	    look < nr ? "; boots past it wait for the next look" :
			"; boots past it are not used");
}

bool ktb_told_remark(const struct ktb_comparison *comparison, size_t *at,
		     struct ktb_told *told)
{
	static void (*const remarks[])(const struct ktb_comparison *comparison,
				       struct ktb_told *told) = {
		told_lane,     told_forced, told_missed_a, told_missed_b,
		told_left_out, told_rule,   told_looks,
	};

	for (told->s[0] = '\0'; *at < sizeof(remarks) / sizeof(remarks[0]);) {
		remarks[(*at)++](comparison, told);
		if (*told->s)
			return true;
	}
	return false;
}

void ktb_told_head(const struct ktb_comparison *comparison, const char *prefix,
		   FILE *to)
{
	struct ktb_told told;
	size_t at = 0, i;

	fprintf(to, "%s%s\n", prefix, ktb_told_verdict(comparison).s);
	for (i = 0; i < 2; i++)
		fprintf(to, "%s%c: %s\n", prefix, "AB"[i],
			ktb_told_side(comparison, i).s);
	while (ktb_told_remark(comparison, &at, &told))
		fprintf(to, "%s%s\n", prefix, told.s);
}

const char *ktb_told_kind(enum ktb_difference_kind kind)
{
	static const char *const kinds[] = {
		[KTB_DIFFERENCE_TOLD] = "told",
		[KTB_DIFFERENCE_OF_KERNEL] = "of the kernel",
		[KTB_DIFFERENCE_REFUSED] = "refused",
	};

	return kinds[kind];
}

static struct ktb_told told_value(const struct ktb_difference *difference,
				  size_t side)
{
	const char *value = difference->value[side];

	return ktb_told_clean(*value ? value : "nothing", TOLD_VALUE_MAX);
}

struct ktb_told ktb_told_difference(const struct ktb_difference *difference)
{
	const struct ktb_told name = ktb_told_clean(difference->name, 300);
	const char *kind = ktb_told_kind(difference->kind);
	struct ktb_told told;

	if (difference->within)
		SAY(&told,
		    "%.310s (%s): within %c one result has %.610s, another %.610s",
		    name.s, kind, difference->within,
		    told_value(difference, 0).s, told_value(difference, 1).s);
	else
		SAY(&told, "%.310s (%s): A has %.610s, B has %.610s", name.s,
		    kind, told_value(difference, 0).s,
		    told_value(difference, 1).s);
	return told;
}
