// SPDX-License-Identifier: GPL-2.0
/*
 * The one place that makes and stops threads.
 *
 * A worker per place arms, then beats once a second to show that its CPU still
 * runs threads. A pulse does only the latter, where arming is done elsewhere.
 * A disturber keeps interrupts off on request. The controller opens the gate,
 * goes through the course of the run, stops the others, and cancels what is
 * left. No thread returns before kthread_should_stop().
 */
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "course.h"
#include "disturb.h"
#include "engine.h"

/**
 * struct ktb_thread - one thread of a run
 * @run: the run
 * @task: NULL until it is made; a reference is held
 * @body: what it does once the gate is open
 * @index: of the place, or of the CPU to disturb
 * @cpu: where it is bound
 */
struct ktb_thread {
	struct ktb_run *run;
	struct task_struct *task;
	void (*body)(struct ktb_thread *thread);
	u32 index;
	u32 cpu;
};

/**
 * struct ktb_engine - the threads of a run
 * @course: what they wait for
 * @finished: completed when the run has ended and everything is quiet
 * @done: told once, before @finished
 * @data: for @done
 * @control: the controller
 * @nr: other threads
 * @threads: the other threads
 */
struct ktb_engine {
	struct ktb_course course;
	struct completion finished;
	void (*done)(void *data);
	void *data;
	struct task_struct *control;
	u32 nr;
	struct ktb_thread threads[];
};

static void ktb_engine_beat(struct ktb_thread *thread)
{
	u32 cpu = thread->run->places[thread->index].cpu;
	struct ktb_cell *cell = ktb_areas_cell(&thread->run->areas, cpu);

	if (ktb_run_is_home(thread->run, thread->cpu) && thread->cpu == cpu)
		WRITE_ONCE(cell->heartbeat_ns, ktb_clock_ns());
}

static void ktb_engine_pulse(struct ktb_thread *thread)
{
	while (!kthread_should_stop()) {
		ktb_engine_beat(thread);
		ktb_course_nap(HZ);
	}
}

static void ktb_engine_work(struct ktb_thread *thread)
{
	const struct ktb_workload *wl = thread->run->workload;
	long again;

	ktb_engine_beat(thread);
	if (wl->arm)
		wl->arm(thread->run, thread->index);
	ktb_course_has_armed(thread->run->course);

	while (!kthread_should_stop()) {
		ktb_engine_beat(thread);
		again = wl->again ? wl->again(thread->run, thread->index) : HZ;
		ktb_course_nap(clamp_t(long, again, 1, HZ));
	}
}

static void ktb_engine_disturb(struct ktb_thread *thread)
{
	ktb_disturb_run(thread->run, thread->cpu);
}

static int ktb_engine_thread(void *data)
{
	struct ktb_thread *thread = data;

	wait_for_completion(&thread->run->course->gate);
	if (!kthread_should_stop() && !ktb_course_must_end(thread->run))
		thread->body(thread);
	while (!kthread_should_stop())
		ktb_course_nap(MAX_SCHEDULE_TIMEOUT);
	return 0;
}

static void ktb_engine_stop_threads(struct ktb_engine *engine)
{
	u32 i;

	for (i = 0; i < engine->nr; i++) {
		if (!engine->threads[i].task)
			continue;
		kthread_stop(engine->threads[i].task);
		put_task_struct(engine->threads[i].task);
		engine->threads[i].task = NULL;
	}
}

static void ktb_engine_close(struct ktb_run *run)
{
	struct ktb_area *area;
	u32 i;

	WRITE_ONCE(run->stopping, true);
	ktb_engine_stop_threads(run->engine);
	if (run->workload->quiesce)
		run->workload->quiesce(run);
	if (run->workload->collect)
		run->workload->collect(run);

	for (i = 0; i < run->areas.nr; i++) {
		area = run->areas.cells[i]->area;
		area->begin_ns = run->begin_ns;
		area->end_ns = run->begin_ns + run->span_ns;
	}
}

static int ktb_engine_control(void *data)
{
	struct ktb_run *run = data;
	struct ktb_engine *engine = run->engine;

	complete_all(&engine->course.gate);
	if (!kthread_should_stop())
		ktb_course_record(run);
	ktb_engine_close(run);
	engine->done(engine->data);
	complete_all(&engine->finished);

	while (!kthread_should_stop())
		ktb_course_nap(MAX_SCHEDULE_TIMEOUT);
	return 0;
}

/* The controller stays off the CPUs that are measured, if there are others. */
static void ktb_engine_keep_off(struct ktb_run *run)
{
	cpumask_var_t mask;
	u32 i;

	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return;
	cpumask_copy(mask, cpu_online_mask);
	for (i = 0; i < run->nr_places; i++) {
		cpumask_clear_cpu(run->places[i].cpu, mask);
		cpumask_clear_cpu(run->places[i].arm_cpu, mask);
	}
	if (!cpumask_empty(mask))
		set_cpus_allowed_ptr(run->engine->control, mask);
	free_cpumask_var(mask);
}

static int ktb_engine_make(struct ktb_thread *thread, const char *what)
{
	struct task_struct *task;

	task = kthread_create_on_node(ktb_engine_thread, thread,
				      cpu_to_node(thread->cpu), "ktb_%s/%u",
				      what, thread->cpu);
	if (IS_ERR(task))
		return PTR_ERR(task);
	kthread_bind(task, thread->cpu);
	get_task_struct(task);
	thread->task = task;
	wake_up_process(task);
	return 0;
}

static void ktb_engine_list_threads(struct ktb_run *run)
{
	struct ktb_engine *engine = run->engine;
	const struct ktb_place *place;
	u32 i;

	for (i = 0; i < run->nr_places; i++) {
		place = &run->places[i];
		engine->threads[engine->nr++] = (struct ktb_thread){
			.run = run,
			.body = ktb_engine_work,
			.index = i,
			.cpu = place->arm_cpu,
		};
		if (place->arm_cpu == place->cpu)
			continue;
		engine->threads[engine->nr++] = (struct ktb_thread){
			.run = run,
			.body = ktb_engine_pulse,
			.index = i,
			.cpu = place->cpu,
		};
	}
	for (i = 0; i < run->nr_disturb; i++)
		engine->threads[engine->nr++] = (struct ktb_thread){
			.run = run,
			.body = ktb_engine_disturb,
			.index = i,
			.cpu = run->disturb[i],
		};
}

static const char *ktb_engine_thread_name(const struct ktb_thread *thread)
{
	if (thread->body == ktb_engine_disturb)
		return "irqoff";
	return thread->body == ktb_engine_pulse ? "pulse" : "arm";
}

static int ktb_engine_make_threads(struct ktb_run *run)
{
	struct ktb_engine *engine = run->engine;
	struct task_struct *task;
	int err;
	u32 i;

	for (i = 0; i < engine->nr; i++) {
		err = ktb_engine_make(
			&engine->threads[i],
			ktb_engine_thread_name(&engine->threads[i]));
		if (err)
			return err;
	}

	task = kthread_create(ktb_engine_control, run, "ktb_control");
	if (IS_ERR(task))
		return PTR_ERR(task);
	get_task_struct(task);
	engine->control = task;
	return 0;
}

static struct ktb_engine *ktb_engine_alloc(struct ktb_run *run)
{
	u32 most = 2 * run->nr_places + run->nr_disturb;
	struct ktb_engine *engine;

	engine = kvzalloc(struct_size(engine, threads, most), GFP_KERNEL);
	if (!engine)
		return NULL;
	ktb_course_init(&engine->course, run->nr_places);
	init_completion(&engine->finished);
	return engine;
}

static void ktb_engine_free(struct ktb_run *run)
{
	struct ktb_engine *engine = run->engine;

	if (engine->control) {
		kthread_stop(engine->control);
		put_task_struct(engine->control);
	}
	kvfree(engine);
	run->engine = NULL;
	run->course = NULL;
}

/**
 * ktb_engine_start() - make the threads of a run and let them go
 * @run: prepared
 * @done: called once from a thread when the run has ended and is quiet
 * @data: for @done
 *
 * Return: 0, -ENOMEM, -EAGAIN or -EINTR (no thread could be made); then
 * nothing is left and @done is not called.
 */
int ktb_engine_start(struct ktb_run *run, void (*done)(void *), void *data)
{
	struct ktb_engine *engine = ktb_engine_alloc(run);
	int err;

	if (!engine)
		return -ENOMEM;
	engine->done = done;
	engine->data = data;
	run->engine = engine;
	run->course = &engine->course;
	ktb_engine_list_threads(run);

	err = ktb_engine_make_threads(run);
	if (err)
		goto undo;
	ktb_engine_keep_off(run);
	wake_up_process(engine->control);
	return 0;

undo:
	ktb_course_stop(&engine->course);
	complete_all(&engine->course.gate);
	ktb_engine_stop_threads(engine);
	ktb_engine_free(run);
	return err;
}

/* Again and again, so that nobody takes the caller for a hung task. */
static void ktb_engine_join(struct ktb_engine *engine)
{
	while (!wait_for_completion_timeout(&engine->finished, 30 * HZ))
		;
}

/**
 * ktb_engine_stop_killable() - end the run and wait until it is quiet
 * @run: any; one that was never started or has ended is left alone
 *
 * Return: 0; -EINTR if the caller is killed. Then nobody waits for what is due in
 * the window any more, and the run ends by itself.
 */
int ktb_engine_stop_killable(struct ktb_run *run)
{
	struct ktb_engine *engine = run->engine;

	if (!engine)
		return 0;
	ktb_course_stop(&engine->course);
	if (!wait_for_completion_killable(&engine->finished))
		return 0;
	ktb_run_abort(run, KTB_REASON_STOPPED, 0);
	return -EINTR;
}

/**
 * ktb_engine_was_cut() - did the run end before its window was over?
 * @run: started
 */
bool ktb_engine_was_cut(const struct ktb_run *run)
{
	return run->course->cut;
}

/**
 * ktb_engine_destroy() - stop the run and free the engine
 * @run: any; nobody will read its samples, so nothing has to fire any more
 */
void ktb_engine_destroy(struct ktb_run *run)
{
	struct ktb_engine *engine = run->engine;

	if (!engine)
		return;
	ktb_run_abort(run, KTB_REASON_STOPPED, 0);
	ktb_course_stop(&engine->course);
	ktb_engine_join(engine);
	ktb_engine_free(run);
}
