// SPDX-License-Identifier: GPL-2.0
/*
 * kthread_create: the life of a kernel thread.
 *
 *	asked ---> exists ---> made   woken ---> runs   told ---> leaves ---> gone
 *	     fork     handover            start              leave      join
 *	     \------ create ------/                    \------- stop --------/
 *
 * A creator on each place makes `threads` of them one after another, wakes
 * each, and when all run stops them one after another: a round. All creators
 * begin a round together. Each time is taken by the one who is there: the
 * creator, the thread itself, the kernel when it makes the task.
 */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/rcupdate.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/topology.h>
#include <linux/wait.h>

#include "kthread_life.h"

enum {
	KTB_CREATE_API,
	KTB_CREATE_THREADS,
	KTB_CREATE_BURST,
	KTB_CREATE_CREATORS,
	KTB_CREATE_POPULATION,
	KTB_CREATE_BOUND,
	KTB_CREATE_NODE,
	KTB_CREATE_POLICY,
	KTB_CREATE_PRIORITY,
	KTB_CREATE_NICE,
	KTB_CREATE_BORN,
};

enum {
	KTB_CREATE_START_TIME,
	KTB_CREATE_TRACEPOINT,
};

/* Behind what is told of each life. */
enum {
	KTB_CREATE_PER_SECOND = KTB_NR_LIFE_HISTS,
	KTB_CREATE_MEMORY,
};

enum {
	KTB_CREATE_ROUNDS = KTB_NR_LIFE_COUNTERS,
	KTB_CREATE_DISTURBED,
};

#define KTB_CREATE_MAX	   32768
/* Stopping a thread takes an emulated machine this long at worst. */
#define KTB_CREATE_STOP_NS (10 * NSEC_PER_MSEC)

static const struct ktb_param ktb_create_params[] = {
	[KTB_CREATE_API] = {
		.name = "api", .type = KTB_PARAM_ENUM,
		.choices = "kthread_create,kthread_run,kthread_create_on_node,kthread_create_on_cpu",
		.min = 0, .max = KTB_LIFE_BY_ON_CPU,
		.def = KTB_LIFE_BY_CREATE,
		.help = "the function that makes the threads",
	},
	[KTB_CREATE_THREADS] = {
		.name = "threads", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = KTB_CREATE_MAX, .def = 100,
		.help = "that each creator makes before it stops them",
	},
	[KTB_CREATE_BURST] = {
		.name = "burst", .type = KTB_PARAM_BOOL,
		.min = 0, .max = 1, .def = 0,
		.help = "make the next thread without waiting until the last one runs",
	},
	[KTB_CREATE_CREATORS] = {
		.name = "creators", .unit = KTB_UNIT_COUNT,
		.min = 0, .max = KTB_MAX_THREADS, .def = 0,
		.help = "places that create at once, the first ones; 0: all of them",
	},
	[KTB_CREATE_POPULATION] = {
		.name = "population", .unit = KTB_UNIT_COUNT,
		.min = 0, .max = KTB_CREATE_MAX, .def = 0,
		.help = "parked threads that are there all the time, for each place",
	},
	[KTB_CREATE_BOUND] = {
		.name = "bound", .type = KTB_PARAM_BOOL,
		.min = 0, .max = 1, .def = 0,
		.help = "bind each thread to the place's CPU before it is woken",
	},
	[KTB_CREATE_NODE] = {
		.name = "node", .min = -1, .max = 1023, .def = -1,
		.help = "kthread_create_on_node: the NUMA node to ask for; -1: that of the place's CPU",
	},
	[KTB_CREATE_POLICY] = KTB_POLICY_PARAM("each thread, set before it is woken"),
	[KTB_CREATE_PRIORITY] = KTB_PRIORITY_PARAM,
	[KTB_CREATE_NICE] = KTB_NICE_PARAM,
	[KTB_CREATE_BORN] = {
		.name = "born", .type = KTB_PARAM_ENUM,
		.choices = "start_time,tracepoint",
		.min = 0, .max = KTB_CREATE_TRACEPOINT,
		.def = KTB_CREATE_START_TIME,
		.help = "who tells when the task exists: the kernel's own note in it, or a probe on task_newtask",
	},
};

#define KTB_CREATE_PHASE (KTB_METRIC_PART | KTB_METRIC_PHASE)

static const struct ktb_metric ktb_create_metrics[] = {
	KTB_DISTRIBUTION(
		"life", KTB_CONTEXT_THREAD, KTB_METRIC_PRIMARY,
		"all that a thread costs in time: to make it, to start it, to stop it; holds our probe on sched_switch"),
	KTB_DISTRIBUTION(
		"fork", KTB_CONTEXT_THREAD, KTB_CREATE_PHASE,
		"from the call until the task exists: kthreadd's queue, its wake-up, the copy"),
	KTB_DISTRIBUTION(
		"handover", KTB_CONTEXT_THREAD, KTB_CREATE_PHASE,
		"from there until the call has returned; not of kthread_run, which goes on to wake"),
	KTB_DISTRIBUTION(
		"start", KTB_CONTEXT_THREAD, KTB_CREATE_PHASE,
		"from the wake-up (of kthread_run: from the task's existence) to the first instruction of its function"),
	KTB_DISTRIBUTION(
		"leave", KTB_CONTEXT_THREAD, KTB_CREATE_PHASE,
		"from the call of kthread_stop to the last instruction of the function"),
	KTB_DISTRIBUTION("join", KTB_CONTEXT_THREAD, KTB_CREATE_PHASE,
			 "from there until kthread_stop has returned"),
	KTB_DISTRIBUTION("create", KTB_CONTEXT_THREAD, KTB_METRIC_CALL,
			 "the call that makes the thread"),
	KTB_DISTRIBUTION("stop", KTB_CONTEXT_THREAD, KTB_METRIC_CALL,
			 "the call of kthread_stop"),
	KTB_DISTRIBUTION(
		"standby", KTB_CONTEXT_THREAD, 0,
		"between the call that makes it and the wake-up: binding, policy"),
	KTB_DISTRIBUTION("lived", KTB_CONTEXT_THREAD, 0,
			 "between its first instruction and kthread_stop"),
	KTB_DISTRIBUTION(
		"whole", KTB_CONTEXT_THREAD, 0,
		"from the call that makes it until kthread_stop has returned"),
	{
		.name = "per_second",
		.kind = KTB_METRIC_DISTRIBUTION,
		.unit = KTB_UNIT_COUNT,
		.context = KTB_CONTEXT_THREAD,
		.flags = KTB_METRIC_RATE,
		.help = "threads made a second by all creators together, one sample a round",
	},
	{
		.name = "memory",
		.kind = KTB_METRIC_DISTRIBUTION,
		.unit = KTB_UNIT_BYTES,
		.context = KTB_CONTEXT_THREAD,
		.help = "free memory that went for a thread, the mean of a round",
	},
	KTB_COUNTER("lives", 0, "threads asked for in the window"),
	KTB_COUNTER("outside", 0, "threads asked for outside of the window"),
	KTB_COUNTER("stack_on_node", 0,
		    "threads whose stack lies on the node asked for"),
	KTB_COUNTER("stack_elsewhere", 0, "threads whose stack does not"),
	KTB_COUNTER("task_on_node", 0,
		    "threads whose task_struct lies on the node asked for"),
	KTB_COUNTER("task_elsewhere", 0, "threads whose task_struct does not"),
	KTB_COUNTER("wrong_cpu", KTB_METRIC_LOSS,
		    "bound threads that ran on another CPU"),
	KTB_COUNTER(
		"wrong_return", KTB_METRIC_LOSS,
		"threads that left before they were told to, or returned something else than they do"),
	KTB_COUNTER("untraced", KTB_METRIC_LOSS,
		    "threads that the tracepoint has not told of"),
	KTB_COUNTER(
		"unfinished", KTB_METRIC_LOSS,
		"threads asked for in the window that could not be stopped in time"),
	KTB_COUNTER("rounds", 0, "rounds that lie in the window as a whole"),
	KTB_COUNTER("disturbed", 0,
		    "stretches of interrupts off made here on purpose"),
};

struct ktb_create;

/**
 * struct ktb_creator - one place
 * @create: the workload
 * @maker: how it makes threads
 * @nr: threads of the round in progress
 * @open: a round is in progress
 * @lives: of its threads
 * @parked: of the population; a reference is held on each
 * @nr_parked: how many
 */
struct ktb_creator {
	struct ktb_create *create;
	struct ktb_maker maker;
	u32 nr;
	bool open;
	struct ktb_life *lives;
	struct task_struct **parked;
	u32 nr_parked;
};

/**
 * struct ktb_create - run->work
 * @run: the run
 * @threads: of a round, each creator's
 * @nr_creators: how many create
 * @births: of the tracepoint, or NULL
 * @arrived: creators at the meeting
 * @turn: number of meetings that are over
 * @met_ns: when the last creator came to the last one
 * @wait: where the others wait
 * @creator: one a place
 */
struct ktb_create {
	struct ktb_run *run;
	u32 threads;
	u32 nr_creators;
	struct ktb_births *births;
	atomic_t arrived;
	u32 turn;
	u64 met_ns;
	wait_queue_head_t wait;
	struct ktb_creator creator[];
};

static int ktb_create_parked(void *data)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		set_current_state(TASK_IDLE);
		if (!kthread_should_stop() && !kthread_should_park())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

/* The window is over, or the run: no thread is made any more. */
static bool ktb_create_is_over(struct ktb_create *create)
{
	struct ktb_run *run = create->run;
	/* Pairs with the release in ktb_course_open_window(). */
	u64 span_ns = smp_load_acquire(&run->span_ns);
	s64 since_ns = ktb_clock_ns() - READ_ONCE(run->begin_ns);

	return kthread_should_stop() || READ_ONCE(run->stopping) ||
	       (span_ns && since_ns >= (s64)span_ns);
}

/*
 * All creators meet. Returns false if the run ends meanwhile: the others will
 * not come any more, and the meeting is never used again.
 */
static bool ktb_create_meet(struct ktb_create *create)
{
	u32 turn = READ_ONCE(create->turn);

	if (atomic_inc_return(&create->arrived) == create->nr_creators) {
		atomic_set(&create->arrived, 0);
		create->met_ns = ktb_clock_ns();
		/* Pairs with the acquire below. */
		smp_store_release(&create->turn, turn + 1);
		wake_up_all(&create->wait);
		return true;
	}
	wait_event_idle(create->wait, READ_ONCE(create->turn) != turn ||
					      kthread_should_stop());
	/* Pairs with the release above. */
	return smp_load_acquire(&create->turn) != turn;
}

/* Makes the threads of a round, or as many as the window has room for. */
static void ktb_create_all(struct ktb_creator *cr)
{
	struct ktb_create *create = cr->create;
	int err;

	for (cr->nr = 0; cr->nr < create->threads; cr->nr++) {
		if (ktb_create_is_over(create))
			return;
		err = ktb_life_begin(&cr->lives[cr->nr]);
		if (err) {
			ktb_run_fail(create->run, err, cr->maker.cpu);
			return;
		}
		if (cr->maker.task)
			ktb_life_wait_ran(&cr->lives[cr->nr]);
		cond_resched();
	}
}

/* Those that are left if the run ends meanwhile are for quiesce. */
static void ktb_create_stop_all(struct ktb_creator *cr)
{
	u32 i, nr;

	for (i = 0; i < cr->nr; i++) {
		if (!ktb_life_wait_ran(&cr->lives[i]))
			return;
		cond_resched();
	}
	for (nr = 0; nr < cr->nr && !kthread_should_stop(); nr++)
		ktb_life_end(&cr->lives[nr]);
	for (i = 0; i < nr; i++)
		ktb_life_bury(&cr->lives[i]);
}

static u64 ktb_create_free_bytes(void)
{
	struct sysinfo info;

	si_meminfo(&info);
	return (u64)info.freeram * info.mem_unit;
}

/* What only a whole round can tell, by the first creator, when all have made theirs. */
static void ktb_create_record_round(struct ktb_create *create, u64 began_ns,
				    u64 free_bytes)
{
	struct ktb_cell *cell = create->creator[0].maker.cell;
	u64 took_ns = max(create->met_ns - began_ns, 1ULL);
	s64 used_bytes = free_bytes - ktb_create_free_bytes();
	u64 nr = 0;
	u32 i;

	for (i = 0; i < create->nr_creators; i++)
		nr += create->creator[i].nr;
	if (nr < (u64)create->nr_creators * create->threads ||
	    !ktb_run_records(create->run, began_ns))
		return;
	preempt_disable();
	ktb_metric_count(cell, KTB_CREATE_ROUNDS);
	ktb_metric_add(&cell->hists[KTB_CREATE_PER_SECOND],
		       div64_u64(nr * NSEC_PER_SEC, took_ns));
	ktb_metric_add(&cell->hists[KTB_CREATE_MEMORY],
		       div64_s64(used_bytes, nr));
	preempt_enable();
}

static void ktb_create_round(struct ktb_creator *cr, bool first)
{
	struct ktb_create *create = cr->create;
	u64 free_bytes = 0, began_ns;

	/* All dead of the round before are gone. */
	if (!ktb_create_meet(create))
		return;
	if (first) {
		if (create->births)
			ktb_birth_forget(create->births);
		free_bytes = ktb_create_free_bytes();
	}
	if (!ktb_create_meet(create))
		return;
	began_ns = create->met_ns;
	WRITE_ONCE(cr->open, true);
	ktb_create_all(cr);
	if (ktb_create_meet(create)) {
		if (first)
			ktb_create_record_round(create, began_ns, free_bytes);
		ktb_create_stop_all(cr);
	}
	WRITE_ONCE(cr->open, false);
}

static long ktb_create_again(struct ktb_run *run, u32 place)
{
	struct ktb_create *create = run->work;

	if (place >= create->nr_creators || ktb_create_is_over(create))
		return max(HZ / 10, 1);
	ktb_create_round(&create->creator[place], !place);
	return 1;
}

static int ktb_create_park_one(struct ktb_creator *cr)
{
	struct task_struct *task;

	task = kthread_create_on_node(ktb_create_parked, NULL,
				      cpu_to_node(cr->maker.cpu),
				      "ktb_parked/%u", cr->maker.cpu);
	if (IS_ERR(task))
		return PTR_ERR(task);
	get_task_struct(task);
	cr->parked[cr->nr_parked++] = task;
	wake_up_process(task);
	return kthread_park(task);
}

/* The population is there before anything is measured. */
static void ktb_create_arm(struct ktb_run *run, u32 place)
{
	u32 nr = ktb_run_value(run, KTB_CREATE_POPULATION);
	struct ktb_create *create = run->work;
	struct ktb_creator *cr = &create->creator[place];
	int err;

	if (!ktb_run_value(run, KTB_CREATE_BURST))
		cr->maker.task = current;
	while (cr->nr_parked < nr && !kthread_should_stop() &&
	       !READ_ONCE(run->stopping)) {
		err = ktb_create_park_one(cr);
		if (err) {
			ktb_run_fail(run, err, cr->maker.cpu);
			return;
		}
		cond_resched();
	}
}

static bool ktb_create_drained(struct ktb_run *run)
{
	const struct ktb_create *create = run->work;
	u32 i;

	for (i = 0; i < create->nr_creators; i++)
		if (READ_ONCE(create->creator[i].open))
			return false;
	return true;
}

static void ktb_create_quiesce_place(struct ktb_creator *cr)
{
	struct task_struct *task;
	u32 i;

	for (i = 0; i < cr->nr; i++)
		ktb_life_abandon(&cr->lives[i]);
	while (cr->nr_parked) {
		task = cr->parked[--cr->nr_parked];
		kthread_stop(task);
		put_task_struct(task);
		cond_resched();
	}
}

static void ktb_create_quiesce(struct ktb_run *run)
{
	struct ktb_create *create = run->work;
	u32 i;

	for (i = 0; i < run->nr_places; i++)
		ktb_create_quiesce_place(&create->creator[i]);
}

static int ktb_create_check_api(const struct ktb_run *run, u32 *which)
{
	u32 api = ktb_run_value(run, KTB_CREATE_API);

	*which = KTB_CREATE_API;
	if (api == KTB_LIFE_BY_ON_CPU && !KTB_CREATES_ON_CPU)
		return -EOPNOTSUPP;
	/* It wakes the thread before anybody could bind it or set its policy. */
	*which = KTB_CREATE_BOUND;
	if (api == KTB_LIFE_BY_RUN && ktb_run_value(run, KTB_CREATE_BOUND))
		return -EOPNOTSUPP;
	*which = KTB_CREATE_POLICY;
	if (api == KTB_LIFE_BY_RUN &&
	    (ktb_run_value(run, KTB_CREATE_POLICY) != KTB_POLICY_NORMAL ||
	     ktb_run_value(run, KTB_CREATE_NICE)))
		return -EOPNOTSUPP;
	return ktb_policy_check(run, KTB_CREATE_POLICY, which);
}

static int ktb_create_check_node(const struct ktb_run *run, u32 *which)
{
	s64 node = ktb_run_value(run, KTB_CREATE_NODE);

	*which = KTB_CREATE_NODE;
	if (node < 0)
		return 0;
	if (ktb_run_value(run, KTB_CREATE_API) != KTB_LIFE_BY_ON_NODE)
		return -EOPNOTSUPP;
	return node < nr_node_ids && node_state(node, N_MEMORY) ? 0 : -ENXIO;
}

static u32 ktb_create_nr_creators(const struct ktb_run *run)
{
	return ktb_run_value(run, KTB_CREATE_CREATORS) ?: run->nr_places;
}

static int ktb_create_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 threads = ktb_run_value(run, KTB_CREATE_THREADS);
	u64 population = ktb_run_value(run, KTB_CREATE_POPULATION);
	u32 creators = ktb_create_nr_creators(run);
	int err;

	*what = KTB_WHAT_PARAM;
	err = ktb_create_check_api(run, which);
	if (!err)
		err = ktb_create_check_node(run, which);
	if (err)
		return err;
	*which = KTB_CREATE_CREATORS;
	run->limit = run->nr_places;
	if (creators > run->nr_places)
		return -ERANGE;

	*what = KTB_WHAT_NOTHING;
	run->nr_threads = min_t(
		u64, creators * threads + run->nr_places * population, U32_MAX);
	run->grace_ns =
		10 * NSEC_PER_SEC + creators * threads * KTB_CREATE_STOP_NS;
	return 0;
}

static void ktb_create_init_maker(struct ktb_maker *maker, struct ktb_run *run,
				  const struct ktb_place *place)
{
	s64 node = ktb_run_value(run, KTB_CREATE_NODE);

	maker->run = run;
	maker->arm_cpu = place->arm_cpu;
	maker->cell = ktb_areas_cell(&run->areas, place->arm_cpu);
	maker->api = ktb_run_value(run, KTB_CREATE_API);
	maker->bound = ktb_run_value(run, KTB_CREATE_BOUND);
	maker->policy = ktb_policy_of(run, KTB_CREATE_POLICY);
	maker->cpu = place->cpu;
	maker->node = node < 0 ? cpu_to_node(place->cpu) : node;
}

static int ktb_create_prepare_place(struct ktb_create *create, u32 place)
{
	struct ktb_creator *cr = &create->creator[place];
	struct ktb_run *run = create->run;
	u32 nr_parked = ktb_run_value(run, KTB_CREATE_POPULATION);
	u32 i;

	cr->create = create;
	ktb_create_init_maker(&cr->maker, run, &run->places[place]);
	cr->maker.births = create->births;
	cr->lives =
		kvzalloc_node(array_size(create->threads, sizeof(*cr->lives)),
			      KTB_GFP, cpu_to_node(run->places[place].arm_cpu));
	cr->parked = kvcalloc(nr_parked + 1, sizeof(*cr->parked), KTB_GFP);
	if (!cr->lives || !cr->parked)
		return -ENOMEM;
	for (i = 0; i < create->threads; i++)
		cr->lives[i] =
			(struct ktb_life){ .maker = &cr->maker, .number = i };
	return 0;
}

static int ktb_create_watch_births(struct ktb_create *create)
{
	struct ktb_births *births;

	births = ktb_birth_watch(create->nr_creators * create->threads);
	if (IS_ERR(births))
		return PTR_ERR(births);
	create->births = births;
	return 0;
}

static int ktb_create_prepare(struct ktb_run *run)
{
	struct ktb_create *create;
	u32 place;
	int err = 0;

	create =
		kvzalloc(struct_size(create, creator, run->nr_places), KTB_GFP);
	if (!create)
		return -ENOMEM;
	run->work = create;
	create->run = run;
	create->threads = ktb_run_value(run, KTB_CREATE_THREADS);
	create->nr_creators = ktb_create_nr_creators(run);
	init_waitqueue_head(&create->wait);
	if (ktb_run_value(run, KTB_CREATE_BORN) == KTB_CREATE_TRACEPOINT)
		err = ktb_create_watch_births(create);
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_create_prepare_place(create, place);
	return err;
}

static void ktb_create_release(struct ktb_run *run)
{
	struct ktb_create *create = run->work;
	u32 i;

	if (!create)
		return;
	ktb_birth_unwatch(create->births);
	for (i = 0; i < run->nr_places; i++) {
		kvfree(create->creator[i].lives);
		kvfree(create->creator[i].parked);
	}
	kvfree(create);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_kthread_create = {
	.name = "kthread_create",
	.help = "what it costs to make, start and stop a kernel thread, phase by phase",
	.flags = KTB_WORKLOAD_ARM_ELSEWHERE,
	.params = ktb_create_params,
	.nr_params = ARRAY_SIZE(ktb_create_params),
	.metrics = ktb_create_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_create_metrics),
	.disturbed = KTB_CREATE_DISTURBED,
	.contracts =
		"kthread.parent kthread.made_asleep kthread.run kthread.wake_up "
		"kthread_stop.return_value kthread_stop.wakes kthread_stop.task_outlives "
		"kthread_place.bind kthread_place.on_cpu kthread_place.node_memory "
		"kthread_policy",
	.check = ktb_create_check,
	.prepare = ktb_create_prepare,
	.arm = ktb_create_arm,
	.again = ktb_create_again,
	.drained = ktb_create_drained,
	.quiesce = ktb_create_quiesce,
	.release = ktb_create_release,
};
