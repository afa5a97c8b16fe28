// SPDX-License-Identifier: GPL-2.0
/*
 * Making and unmaking of queues, and what waits for their works. A kthread_worker
 * is each place's own; a workqueue reaches all CPUs and is made once.
 */
#include <linux/err.h>

#include "compat.h"
#include "queue.h"

static const u32 ktb_queue_flags[] = {
	[KTB_QUEUE_BOUND] = KTB_WQ_PERCPU,
	[KTB_QUEUE_UNBOUND] = WQ_UNBOUND,
	[KTB_QUEUE_HIGHPRI] = WQ_HIGHPRI | KTB_WQ_PERCPU,
	[KTB_QUEUE_BH] = KTB_WQ_BH,
};

/**
 * ktb_queue_exists() - does this kernel have such a queue?
 * @kind: enum ktb_queue_kind
 */
bool ktb_queue_exists(u32 kind)
{
	return kind != KTB_QUEUE_BH || KTB_WQ_BH;
}

static int ktb_queue_make_kthread(struct ktb_queue *queue)
{
	struct kthread_worker *kthread = ktb_kthread_run_worker(queue->cpu);

	if (IS_ERR(kthread))
		return PTR_ERR(kthread) == -EINTR ? -EINTR : -ENOMEM;
	queue->kthread = kthread;
	return 0;
}

/**
 * ktb_queue_make() - the queue of a place
 * @queue: zeroed; ktb_queue_unmake() undoes this call, failed or not
 * @kind: one that exists
 * @cpu: where work is to run; online
 * @first: a queue of the same kind whose workqueue to use; NULL for none
 *
 * Return: 0, -EINTR if the caller was killed, else -ENOMEM.
 */
int ktb_queue_make(struct ktb_queue *queue, u32 kind, u32 cpu,
		   const struct ktb_queue *first)
{
	queue->kind = kind;
	queue->cpu = cpu;
	if (kind == KTB_QUEUE_KTHREAD)
		return ktb_queue_make_kthread(queue);
	queue->shared = first;
	queue->system =
		first ? first->system :
			alloc_workqueue("ktb_work", ktb_queue_flags[kind], 0);
	return queue->system ? 0 : -ENOMEM;
}

/**
 * ktb_queue_unmake() - undo ktb_queue_make()
 * @queue: made, failed to be, or zeroed; none of its works is pending, and those
 *	that share its workqueue have gone
 */
void ktb_queue_unmake(struct ktb_queue *queue)
{
	if (queue->kthread)
		kthread_destroy_worker(queue->kthread);
	queue->kthread = NULL;
	if (queue->system && !queue->shared)
		destroy_workqueue(queue->system);
	queue->system = NULL;
}

/**
 * ktb_queue_init_work() - make a work ready to be queued
 * @queue: that will run it; made
 * @work: any memory
 * @kthread: what it does if that is a kthread_worker
 * @system: what it does if that is a workqueue
 */
void ktb_queue_init_work(const struct ktb_queue *queue, struct ktb_work *work,
			 kthread_work_func_t kthread, work_func_t system)
{
	if (queue->kind == KTB_QUEUE_KTHREAD)
		kthread_init_delayed_work(&work->kthread, kthread);
	else
		INIT_DELAYED_WORK(&work->system, system);
}

/**
 * ktb_queue_flush() - wait until a work is not pending and not running
 * @queue: made
 * @work: initialised, queued without a delay or not at all
 *
 * Context: may sleep.
 */
void ktb_queue_flush(const struct ktb_queue *queue, struct ktb_work *work)
{
	if (queue->kind == KTB_QUEUE_KTHREAD)
		kthread_flush_work(&work->kthread.work);
	else
		flush_work(&work->system.work);
}

/**
 * ktb_queue_cancel() - take a work back, or wait until it has run
 * @queue: made
 * @work: initialised
 *
 * Context: may sleep.
 */
void ktb_queue_cancel(const struct ktb_queue *queue, struct ktb_work *work)
{
	if (queue->kind == KTB_QUEUE_KTHREAD)
		kthread_cancel_delayed_work_sync(&work->kthread);
	else
		cancel_delayed_work_sync(&work->system);
}
