/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who runs queued work: a kthread_worker or a workqueue, under one set of names.
 * What is between two clock reads of a caller is inlined, so that it holds a
 * branch beside the kernel's own call. Knows no workload.
 */
#ifndef KTB_QUEUE_H
#define KTB_QUEUE_H

#include <linux/kthread.h>
#include <linux/workqueue.h>

/** enum ktb_queue_kind - the kinds of queues; all but the first are workqueues */
enum ktb_queue_kind {
	KTB_QUEUE_KTHREAD,
	KTB_QUEUE_BOUND,
	KTB_QUEUE_UNBOUND,
	KTB_QUEUE_HIGHPRI,
	KTB_QUEUE_BH,
};

#define KTB_QUEUE_CHOICES \
	"kthread_worker,workqueue,workqueue_unbound,workqueue_highpri,workqueue_bh"

/**
 * struct ktb_queue - the queue of one place
 * @kind: enum ktb_queue_kind
 * @cpu: where work is to run
 * @kthread: the kthread_worker; NULL for a workqueue
 * @system: the workqueue; NULL for a kthread_worker
 * @shared: the workqueue is another queue's
 */
struct ktb_queue {
	u32 kind;
	u32 cpu;
	struct kthread_worker *kthread;
	struct workqueue_struct *system;
	bool shared;
};

/**
 * struct ktb_work - one work, of the kind that its queue takes
 * @kthread: of a kthread_worker
 * @system: of a workqueue
 */
struct ktb_work {
	union {
		struct kthread_delayed_work kthread;
		struct delayed_work system;
	};
};

/**
 * ktb_queue_work() - have a work run
 * @queue: made
 * @work: initialised, not pending
 */
static __always_inline void ktb_queue_work(const struct ktb_queue *queue,
					   struct ktb_work *work)
{
	if (queue->kind == KTB_QUEUE_KTHREAD)
		kthread_queue_work(queue->kthread, &work->kthread.work);
	else
		queue_work_on(queue->cpu, queue->system, &work->system.work);
}

/**
 * ktb_queue_delayed_work() - have a work run later
 * @queue: made
 * @work: initialised, not pending
 * @delay: jiffies, at least one
 */
static __always_inline void
ktb_queue_delayed_work(const struct ktb_queue *queue, struct ktb_work *work,
		       unsigned long delay)
{
	if (queue->kind == KTB_QUEUE_KTHREAD)
		kthread_queue_delayed_work(queue->kthread, &work->kthread,
					   delay);
	else
		queue_delayed_work_on(queue->cpu, queue->system, &work->system,
				      delay);
}

/**
 * ktb_queue_timer() - the timer of a work that was queued with a delay
 * @queue: of the work
 * @work: initialised
 */
static __always_inline const struct timer_list *
ktb_queue_timer(const struct ktb_queue *queue, const struct ktb_work *work)
{
	if (queue->kind == KTB_QUEUE_KTHREAD)
		return &work->kthread.timer;
	return &work->system.timer;
}

bool ktb_queue_exists(u32 kind);
int ktb_queue_make(struct ktb_queue *queue, u32 kind, u32 cpu,
		   const struct ktb_queue *first);
void ktb_queue_unmake(struct ktb_queue *queue);
void ktb_queue_init_work(const struct ktb_queue *queue, struct ktb_work *work,
			 kthread_work_func_t kthread, work_func_t system);
void ktb_queue_flush(const struct ktb_queue *queue, struct ktb_work *work);
void ktb_queue_cancel(const struct ktb_queue *queue, struct ktb_work *work);

#endif /* KTB_QUEUE_H */
