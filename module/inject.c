// SPDX-License-Identifier: GPL-2.0
/*
 * Which delay, where, when and on which CPU: the parameters of a module that
 * gets worse on purpose. Read when it is loaded, never later: what a result was
 * measured with is in the build that it names.
 */
#include <linux/hash.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/processor.h>
#include <linux/random.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <ktb_random.h>

#include "clock.h"
#include "inject.h"

enum ktb_inject_kind {
	KTB_INJECT_NONE,
	KTB_INJECT_SHIFT,
	KTB_INJECT_TAIL,
	KTB_INJECT_PERIODIC,
	KTB_INJECT_BIMODAL,
};

/**
 * struct ktb_inject_choice - a parameter that is one of some words
 * @words: to choose from
 * @nr: of them
 * @chosen: index of one
 */
struct ktb_inject_choice {
	const char *const *words;
	u32 nr;
	int chosen;
};

static const char *const ktb_inject_kinds[] = {
	[KTB_INJECT_NONE] = "none",	  [KTB_INJECT_SHIFT] = "shift",
	[KTB_INJECT_TAIL] = "tail",	  [KTB_INJECT_PERIODIC] = "periodic",
	[KTB_INJECT_BIMODAL] = "bimodal",
};

static const char *const ktb_inject_wheres[KTB_INJECT_NR] = {
	[KTB_INJECT_hrtimer] = "hrtimer",
	[KTB_INJECT_timer_wheel] = "timer_wheel",
	[KTB_INJECT_kthread_wake] = "kthread_wake",
};

static struct ktb_inject_choice ktb_inject_kind = {
	.words = ktb_inject_kinds,
	.nr = ARRAY_SIZE(ktb_inject_kinds),
};

static struct ktb_inject_choice ktb_inject_where = {
	.words = ktb_inject_wheres,
	.nr = ARRAY_SIZE(ktb_inject_wheres),
};

static int ktb_inject_choose(const char *word, const struct kernel_param *param)
{
	struct ktb_inject_choice *choice = param->arg;
	int found = match_string(choice->words, choice->nr, word);

	if (found < 0)
		return found;
	choice->chosen = found;
	return 0;
}

static int ktb_inject_tell(char *buffer, const struct kernel_param *param)
{
	const struct ktb_inject_choice *choice = param->arg;

	return scnprintf(buffer, PAGE_SIZE, "%s\n",
			 choice->words[choice->chosen]);
}

static const struct kernel_param_ops ktb_inject_choice_ops = {
	.set = ktb_inject_choose,
	.get = ktb_inject_tell,
};

/**
 * struct ktb_inject_number - a parameter that is a number
 * @least: that it may be
 * @most: that it may be
 * @value: what it is
 */
struct ktb_inject_number {
	s64 least;
	s64 most;
	s64 value;
};

static int ktb_inject_set(const char *word, const struct kernel_param *param)
{
	struct ktb_inject_number *number = param->arg;
	s64 value;
	int err = kstrtos64(word, 0, &value);

	if (err)
		return err;
	if (value < number->least || value > number->most)
		return -ERANGE;
	number->value = value;
	return 0;
}

static int ktb_inject_get(char *buffer, const struct kernel_param *param)
{
	const struct ktb_inject_number *number = param->arg;

	return scnprintf(buffer, PAGE_SIZE, "%lld\n", number->value);
}

static const struct kernel_param_ops ktb_inject_number_ops = {
	.set = ktb_inject_set,
	.get = ktb_inject_get,
};

/* Interrupts may be off for so long: ten ticks of 1,000 Hz. */
static struct ktb_inject_number ktb_inject_ns = {
	.least = 1,
	.most = 10 * NSEC_PER_MSEC,
	.value = 50 * NSEC_PER_USEC,
};

static struct ktb_inject_number ktb_inject_cpu = {
	.least = -1,
	.value = -1,
};

static struct ktb_inject_number ktb_inject_per = {
	.least = 1,
	.most = USEC_PER_SEC,
	.value = 100,
};

static struct ktb_inject_number ktb_inject_seed = { .most = S64_MAX };

static int ktb_inject_set_cpu(const char *word,
			      const struct kernel_param *param)
{
	ktb_inject_cpu.most = (s64)nr_cpu_ids - 1;
	return ktb_inject_set(word, param);
}

static const struct kernel_param_ops ktb_inject_cpu_ops = {
	.set = ktb_inject_set_cpu,
	.get = ktb_inject_get,
};

/* All are read when the module is loaded, and shown. */
#define KTB_INJECT_PARAM(_name, _ops, _arg, _help)      \
	module_param_cb(_name, &(_ops), &(_arg), 0444); \
	MODULE_PARM_DESC(_name, _help)

KTB_INJECT_PARAM(
	inject, ktb_inject_choice_ops, ktb_inject_kind,
	"none, shift (each expiry), tail (one in inject_per, drawn), periodic (each inject_per-th) or bimodal (each or none, drawn for this load)");
KTB_INJECT_PARAM(inject_where, ktb_inject_choice_ops, ktb_inject_where,
		 "hrtimer (default), timer_wheel or kthread_wake");
KTB_INJECT_PARAM(inject_ns, ktb_inject_number_ops, ktb_inject_ns,
		 "how long, 1 to 10000000 (default 50000)");
KTB_INJECT_PARAM(inject_cpu, ktb_inject_cpu_ops, ktb_inject_cpu,
		 "on which CPU; -1 (default): on all");
KTB_INJECT_PARAM(
	inject_per, ktb_inject_number_ops, ktb_inject_per,
	"of tail and periodic: one in so many expiries of a CPU, 1 to 1000000 (default 100)");
KTB_INJECT_PARAM(
	inject_seed, ktb_inject_number_ops, ktb_inject_seed,
	"what tail and bimodal draw from; 0 (default): a random number");

/* Is this load a slow one? All are, but for bimodal's. */
static bool ktb_inject_slow;

static char ktb_inject_words[52];

/* Of each CPU: expiries so far, and the stream that tail draws from. */
static DEFINE_PER_CPU(u64, ktb_inject_expiries);
static DEFINE_PER_CPU(u64, ktb_inject_random);

static bool ktb_inject_draw(void)
{
	return !ktb_random_below(this_cpu_ptr(&ktb_inject_random),
				 ktb_inject_per.value);
}

static bool ktb_inject_is_due(void)
{
	switch (ktb_inject_kind.chosen) {
	case KTB_INJECT_TAIL:
		return ktb_inject_draw();
	case KTB_INJECT_PERIODIC:
		return !(this_cpu_inc_return(ktb_inject_expiries) %
			 ktb_inject_per.value);
	default:
		return true;
	}
}

/**
 * ktb_inject() - be late, if this is an expiry that is to be
 * @where: the caller stands; its look at the clock comes next
 *
 * Spins on the clock, so the delay is what was asked for and, at most, a look at
 * the clock more; where instructions are counted it is the same each time.
 *
 * Context: any but NMI; on the CPU that is measured.
 */
void ktb_inject(enum ktb_inject_where where)
{
	u64 end_ns;

	if (!ktb_inject_slow || ktb_inject_where.chosen != where)
		return;
	if (ktb_inject_cpu.value >= 0 &&
	    ktb_inject_cpu.value != raw_smp_processor_id())
		return;
	if (!ktb_inject_is_due())
		return;
	end_ns = ktb_clock_ns() + ktb_inject_ns.value;
	while (ktb_clock_ns() < end_ns)
		cpu_relax();
}

/* "shift 50us cpu 2 hrtimer" */
static void ktb_inject_put_words(void)
{
	bool shares = ktb_inject_kind.chosen == KTB_INJECT_TAIL ||
		      ktb_inject_kind.chosen == KTB_INJECT_PERIODIC;
	u32 ns = ktb_inject_ns.value, us = ns / NSEC_PER_USEC;
	bool even = us * NSEC_PER_USEC == ns;
	char per[16] = "", cpu[16] = "";

	if (shares)
		snprintf(per, sizeof(per), "/%u", (u32)ktb_inject_per.value);
	if (ktb_inject_cpu.value >= 0)
		snprintf(cpu, sizeof(cpu), " cpu %u",
			 (u32)ktb_inject_cpu.value);
	snprintf(ktb_inject_words, sizeof(ktb_inject_words), "%s %u%s%s%s %s",
		 ktb_inject_kinds[ktb_inject_kind.chosen], even ? us : ns,
		 even ? "us" : "ns", per, cpu,
		 ktb_inject_wheres[ktb_inject_where.chosen]);
}

/** ktb_inject_init() - take the parameters for what they say, and say it */
void ktb_inject_init(void)
{
	u64 seed = ktb_inject_seed.value;
	u32 cpu;

	strscpy(ktb_inject_words, "none", sizeof(ktb_inject_words));
	if (ktb_inject_kind.chosen == KTB_INJECT_NONE)
		return;
	if (!seed)
		seed = (get_random_u64() & S64_MAX) ?: 1;
	ktb_inject_seed.value = seed;
	ktb_inject_slow = ktb_inject_kind.chosen != KTB_INJECT_BIMODAL ||
			  hash_64(seed, 1);
	for_each_possible_cpu(cpu)
		per_cpu(ktb_inject_random, cpu) = ktb_random_place(seed, cpu);
	ktb_inject_put_words();
	pr_notice(
		"ktbench: delays on purpose: %s, inject_seed=%llu: this load is %s\n",
		ktb_inject_words, seed, ktb_inject_slow ? "slow" : "not slow");
}

/**
 * ktb_inject_build() - the build as results are to name it
 *
 * What is injected is whole in it; the version before it is cut if both have no
 * room.
 *
 * Return: "VERSION/inject:shift 50us cpu 2 hrtimer".
 */
const char *ktb_inject_build(void)
{
	static char build[KTB_BUILD_LEN];
	size_t taken = strlen("/inject:") + strlen(ktb_inject_words);

	strscpy(build, KTB_BUILD, sizeof(build) - taken);
	strlcat(build, "/inject:", sizeof(build));
	strlcat(build, ktb_inject_words, sizeof(build));
	return build;
}
