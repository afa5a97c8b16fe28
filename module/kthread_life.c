// SPDX-License-Identifier: GPL-2.0
/*
 * The life of one kernel thread. Each time is taken by the one who is there: the
 * maker, the thread itself, the kernel when it makes the task. The maker records
 * when the thread is gone.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched/task.h>

#include "kthread_life.h"

/* A dead task is waited for so often, a jiffy at a time. */
#define KTB_LIFE_FUNERAL (10 * HZ)

/* What the thread returns, so that kthread_stop() can be seen to bring it back. */
static int ktb_life_result(const struct ktb_life *life)
{
	return life->number + 1;
}

static int ktb_life_thread(void *data)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_life *life = data;

	life->ran_ns = now_ns;
	life->cpu = raw_smp_processor_id();
	/* Pairs with the acquire in ktb_life_wait_ran(). */
	smp_store_release(&life->ran, true);
	if (life->maker->task)
		wake_up_process(life->maker->task);
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	life->left_ns = ktb_clock_ns();
	return ktb_life_result(life);
}

static struct task_struct *ktb_life_call(struct ktb_life *life)
{
	const struct ktb_maker *maker = life->maker;

	switch (maker->api) {
	case KTB_LIFE_BY_RUN:
		return kthread_run(ktb_life_thread, life, "ktb_made/%u",
				   maker->cpu);
	case KTB_LIFE_BY_ON_NODE:
		return kthread_create_on_node(ktb_life_thread, life,
					      maker->node, "ktb_made/%u",
					      maker->cpu);
	case KTB_LIFE_BY_ON_CPU:
		return ktb_kthread_create_on_cpu(ktb_life_thread, life,
						 maker->cpu, "ktb_made/%u");
	default:
		return kthread_create(ktb_life_thread, life, "ktb_made/%u",
				      maker->cpu);
	}
}

/**
 * ktb_life_begin() - make a thread and wake it
 * @life: of no thread; its maker calls, on the CPU of its cell
 *
 * Return: 0, or the error of the call that makes it; then there is none.
 * -ECANCELED if the maker has been pushed off its CPU.
 */
int ktb_life_begin(struct ktb_life *life)
{
	const struct ktb_maker *maker = life->maker;
	struct task_struct *task;

	bool home;

	life->ran = false;
	preempt_disable();
	home = ktb_run_is_home(maker->run, maker->arm_cpu);
	ktb_evidence_take(&life->asked, 0);
	preempt_enable();
	if (!home)
		return -ECANCELED;
	life->asked.at_ns = ktb_clock_ns();
	task = ktb_life_call(life);
	life->made_ns = ktb_clock_ns();
	if (IS_ERR(task))
		return PTR_ERR(task);
	get_task_struct(task);
	life->task = task;
	life->woken_ns = life->made_ns;
	if (maker->api == KTB_LIFE_BY_RUN)
		return 0;
	if (maker->bound)
		kthread_bind(task, maker->cpu);
	if (maker->policy.kind != KTB_POLICY_NORMAL || maker->policy.nice)
		ktb_policy_set(task, &maker->policy);
	life->woken_ns = ktb_clock_ns();
	wake_up_process(task);
	return 0;
}

/**
 * ktb_life_wait_ran() - wait until a thread has run
 * @life: begun; its maker calls
 *
 * Return: false if the maker is to stop before.
 */
bool ktb_life_wait_ran(const struct ktb_life *life)
{
	long nap = life->maker->task ? MAX_SCHEDULE_TIMEOUT : 1;
	bool ran;

	for (;;) {
		set_current_state(TASK_IDLE);
		/* Pairs with the release in ktb_life_thread(). */
		ran = smp_load_acquire(&life->ran);
		if (ran || kthread_should_stop())
			break;
		schedule_timeout(nap);
	}
	__set_current_state(TASK_RUNNING);
	return ran;
}

static bool ktb_life_counts(const struct ktb_life *life)
{
	return ktb_run_records(life->maker->run, life->asked.at_ns);
}

/* Where the memory of a thread that lives really came from. */
static void ktb_life_count_nodes(const struct ktb_life *life)
{
	const struct ktb_maker *maker = life->maker;
	const void *stack = life->task->stack;
	int of_stack = page_to_nid(is_vmalloc_addr(stack) ?
					   vmalloc_to_page(stack) :
					   virt_to_page(stack));
	int of_task = page_to_nid(virt_to_page(life->task));

	preempt_disable();
	if (ktb_run_is_home(maker->run, maker->arm_cpu)) {
		ktb_metric_count(maker->cell, of_stack == maker->node ?
						      KTB_LIFE_STACK_ON_NODE :
						      KTB_LIFE_STACK_ELSEWHERE);
		ktb_metric_count(maker->cell, of_task == maker->node ?
						      KTB_LIFE_TASK_ON_NODE :
						      KTB_LIFE_TASK_ELSEWHERE);
	}
	preempt_enable();
}

/*
 * kthread_run() wakes before it returns, so neither the end of the creation nor
 * the wake-up can be seen: all from the birth to the first instruction is start.
 */
static void ktb_life_record(const struct ktb_life *life, u64 born_ns,
			    u64 joined_ns)
{
	const struct ktb_maker *maker = life->maker;
	bool runs = maker->api == KTB_LIFE_BY_RUN;
	struct ktb_hist_area *hists = maker->cell->hists;
	u64 asked_ns = life->asked.at_ns;
	u64 start_ns = life->ran_ns - (runs ? born_ns : life->woken_ns);
	u64 create_ns = (runs ? born_ns : life->made_ns) - asked_ns;
	struct ktb_sample sample = {
		.value_ns = create_ns + start_ns + joined_ns - life->stop_ns,
		.due_ns = asked_ns,
		.fired_ns = joined_ns,
		.armed = &life->asked,
		.timer = life->number,
		.armed_area =
			ktb_areas_index(&maker->run->areas, maker->arm_cpu),
	};

	ktb_metric_sample(maker->cell, KTB_LIFE_LIFE, &sample);
	ktb_metric_add(&hists[KTB_LIFE_FORK], born_ns - asked_ns);
	if (!runs) {
		ktb_metric_add(&hists[KTB_LIFE_HANDOVER],
			       life->made_ns - born_ns);
		ktb_metric_add(&hists[KTB_LIFE_STANDBY],
			       life->woken_ns - life->made_ns);
	}
	ktb_metric_add(&hists[KTB_LIFE_START], start_ns);
	ktb_metric_add(&hists[KTB_LIFE_LEAVE], life->left_ns - life->stop_ns);
	ktb_metric_add(&hists[KTB_LIFE_JOIN], joined_ns - life->left_ns);
	ktb_metric_add(&hists[KTB_LIFE_CREATE], life->made_ns - asked_ns);
	ktb_metric_add(&hists[KTB_LIFE_STOP], joined_ns - life->stop_ns);
	ktb_metric_add(&hists[KTB_LIFE_LIVED], life->stop_ns - life->ran_ns);
	ktb_metric_add(&hists[KTB_LIFE_WHOLE], joined_ns - asked_ns);
}

/* A life is a sample if the thread did as it was told, and where. */
static void ktb_life_serve(const struct ktb_life *life, int result, u64 born_ns,
			   u64 joined_ns)
{
	const struct ktb_maker *maker = life->maker;
	bool bound = maker->bound || maker->api == KTB_LIFE_BY_ON_CPU;

	if (!ktb_life_counts(life)) {
		ktb_metric_count(maker->cell, KTB_LIFE_OUTSIDE);
		return;
	}
	ktb_metric_count(maker->cell, KTB_LIFE_LIVES);
	if (unlikely(result != ktb_life_result(life) ||
		     life->left_ns < life->stop_ns))
		ktb_metric_count(maker->cell, KTB_LIFE_WRONG_RETURN);
	else if (unlikely(bound && life->cpu != maker->cpu))
		ktb_metric_count(maker->cell, KTB_LIFE_WRONG_CPU);
	else if (unlikely(!born_ns))
		ktb_metric_count(maker->cell, KTB_LIFE_UNTRACED);
	else
		ktb_life_record(life, born_ns, joined_ns);
}

/**
 * ktb_life_end() - stop a thread that has run, and record its life
 * @life: has run; its maker calls
 *
 * Another maker may run on this CPU and write the same cell, so recording is not
 * preempted, and not done on another one.
 */
void ktb_life_end(struct ktb_life *life)
{
	const struct ktb_births *births = life->maker->births;
	u64 born_ns = births ? ktb_birth_ns(births, life->task) :
			       life->task->start_time;
	u64 joined_ns;
	int result;

	if (ktb_life_counts(life))
		ktb_life_count_nodes(life);
	life->stop_ns = ktb_clock_ns();
	result = kthread_stop(life->task);
	joined_ns = ktb_clock_ns();
	preempt_disable();
	if (ktb_run_is_home(life->maker->run, life->maker->arm_cpu))
		ktb_life_serve(life, result, born_ns, joined_ns);
	preempt_enable();
}

/**
 * ktb_life_bury() - wait until a thread is gone for good
 * @life: ended; of no thread after it
 *
 * kthread_stop() returns before the task is dead and reaped. When nobody but us
 * holds it, what comes next does not pay for it any more.
 */
void ktb_life_bury(struct ktb_life *life)
{
	u32 left = KTB_LIFE_FUNERAL;

	while (refcount_read(&life->task->usage) > 1 && left--)
		schedule_timeout_idle(1);
	put_task_struct(life->task);
	life->task = NULL;
}

/**
 * ktb_life_abandon() - stop a thread whose life nobody will record
 * @life: any; of no thread after it. Nobody writes its maker's cell
 */
void ktb_life_abandon(struct ktb_life *life)
{
	if (!life->task)
		return;
	kthread_stop(life->task);
	put_task_struct(life->task);
	life->task = NULL;
	if (ktb_life_counts(life))
		ktb_metric_count(life->maker->cell, KTB_LIFE_UNFINISHED);
	cond_resched();
}
