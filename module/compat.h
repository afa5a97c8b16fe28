/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between kernels, under names of our own. The only file that may
 * look at KTB_HAVE_*, which Kbuild finds by probing the headers. It never
 * defines a name of the kernel's: some headers declare what is not exported.
 */
#ifndef KTB_COMPAT_H
#define KTB_COMPAT_H

#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kernel_stat.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <uapi/linux/sched/types.h>

/* A CPU's hrtimer bases have a header of their own from 7.3 on. */
#ifdef KTB_HAVE_HRTIMER_BASES_H
#include <linux/hrtimer_bases.h>
#endif

/* The containing struct of a timer; from_timer() until 6.15. */
#ifdef KTB_HAVE_TIMER_CONTAINER_OF
#define ktb_timer_container_of(var, timer, field) \
	timer_container_of(var, timer, field)
#else
#define ktb_timer_container_of(var, timer, field) from_timer(var, timer, field)
#endif

/* Cancel, and leave a callback that runs alone; del_timer() until 6.1. */
static inline int ktb_timer_delete(struct timer_list *timer)
{
#ifdef KTB_HAVE_TIMER_DELETE
	return timer_delete(timer);
#else
	return del_timer(timer);
#endif
}

/* Cancel and wait for the callback; del_timer_sync() until 6.1. */
static inline int ktb_timer_delete_sync(struct timer_list *timer)
{
#ifdef KTB_HAVE_TIMER_DELETE_SYNC
	return timer_delete_sync(timer);
#else
	return del_timer_sync(timer);
#endif
}

/* Cancel unless the callback runs; try_to_del_timer_sync() until 6.15. */
static inline int ktb_timer_delete_sync_try(struct timer_list *timer)
{
#ifdef KTB_HAVE_TIMER_DELETE_SYNC_TRY
	return timer_delete_sync_try(timer);
#else
	return try_to_del_timer_sync(timer);
#endif
}

#ifdef KTB_HAVE_TIMER_SHUTDOWN_SYNC
#define KTB_SHUTS_TIMERS_DOWN 1
#else
#define KTB_SHUTS_TIMERS_DOWN 0
#endif

/**
 * ktb_timer_shutdown_sync() - cancel for good and wait for the callback
 * @timer: may be pending, running or neither
 *
 * Kernels before 6.2 cannot forbid re-arming: there the callback must test a
 * flag of its own before it re-arms, which ktbench's callbacks do anyway.
 *
 * Return: 1 if the timer was pending, else 0.
 */
static inline int ktb_timer_shutdown_sync(struct timer_list *timer)
{
#ifdef KTB_HAVE_TIMER_SHUTDOWN_SYNC
	return timer_shutdown_sync(timer);
#else
	return ktb_timer_delete_sync(timer);
#endif
}

/*
 * Until 6.8 a timer that is not pinned is put on a busy CPU at arming; since 6.9
 * it stays where it is armed, and a busy CPU takes it from an idle one when it
 * is due. Headers tell by the trace events of those who take: the calls that
 * came with it say nothing, since add_timer_global() may be back-ported alone.
 */
#ifdef KTB_HAVE_TIMER_MIGRATION
#define KTB_PULLS_TIMERS 1
#else
#define KTB_PULLS_TIMERS 0
#endif

static inline void
ktb_hrtimer_setup(struct hrtimer *timer,
		  enum hrtimer_restart (*fire)(struct hrtimer *),
		  clockid_t clock, enum hrtimer_mode mode)
{
#ifdef KTB_HAVE_HRTIMER_SETUP
	hrtimer_setup(timer, fire, clock, mode);
#else
	hrtimer_init(timer, clock, mode);
	timer->function = fire;
#endif
}

/**
 * ktb_hrtimer_interrupts() - hrtimer interrupts of this CPU so far
 * @timer: any timer whose callback is running on this CPU
 *
 * Return: a count that wraps; constant without high-resolution timers.
 */
static inline u32 ktb_hrtimer_interrupts(struct hrtimer *timer)
{
#if defined(KTB_HAVE_HRTIMER_NR_EVENTS) && defined(CONFIG_HIGH_RES_TIMERS)
	return READ_ONCE(timer->base->cpu_base->nr_events);
#else
	return 0;
#endif
}

/* Up to this many microseconds, fsleep() spins. */
#define KTB_FSLEEP_SPINS_US 10

/**
 * ktb_fsleep_range_us() - the range that fsleep() gives to usleep_range()
 * @time_us: what it is asked for, more than KTB_FSLEEP_SPINS_US
 *
 * Source: fsleep() in include/linux/delay.h, in its two forms.
 *
 * Return: the range, or -1 if it calls msleep() in place of usleep_range().
 */
static inline s64 ktb_fsleep_range_us(u32 time_us)
{
#ifdef KTB_HAVE_USLEEP_UPPER_BOUND
	if (time_us < USLEEP_RANGE_UPPER_BOUND)
		return time_us >> max_slack_shift;
#else
	if (time_us <= 20000)
		return time_us;
#endif
	return -1;
}

/* Declared everywhere, exported to modules not by all kernels. */
#ifdef KTB_HAVE_KTHREAD_CREATE_ON_CPU
#define KTB_CREATES_ON_CPU 1
#else
#define KTB_CREATES_ON_CPU 0
#endif

static inline struct task_struct *ktb_kthread_create_on_cpu(int (*body)(void *),
							    void *data, u32 cpu,
							    const char *name)
{
#ifdef KTB_HAVE_KTHREAD_CREATE_ON_CPU
	return kthread_create_on_cpu(body, data, cpu, name);
#else
	return ERR_PTR(-EOPNOTSUPP);
#endif
}

/* What a task waits in; the member has another name before 5.14. */
static inline unsigned int ktb_task_state(const struct task_struct *task)
{
#ifdef KTB_HAVE_TASK_STATE
	return READ_ONCE(task->__state);
#else
	return READ_ONCE(task->state);
#endif
}

/* Has it gone to sleep, and left its CPU? */
static inline bool ktb_task_sleeps(const struct task_struct *task)
{
#ifdef CONFIG_SMP
	if (READ_ONCE(task->on_cpu))
		return false;
#endif
	return ktb_task_state(task) != TASK_RUNNING;
}

/* Does a thread that is made for a node prefer the node's CPUs? */
#ifdef KTB_HAVE_KTHREAD_AFFINE_PREFERRED
#define KTB_NODE_BINDS_THREADS 1
#else
#define KTB_NODE_BINDS_THREADS 0
#endif

/*
 * Any priority of SCHED_FIFO; where a kernel does not export the function, a
 * module's threads can have the kernel's own choices only.
 */
#ifdef KTB_HAVE_SCHED_SETATTR
#define KTB_SETS_FIFO_PRIORITY 1
#else
#define KTB_SETS_FIFO_PRIORITY 0
#endif

static inline void ktb_set_fifo_priority(struct task_struct *task, u32 priority)
{
#ifdef KTB_HAVE_SCHED_SETATTR
	struct sched_attr attr = {
		.size = sizeof(attr),
		.sched_policy = SCHED_FIFO,
		.sched_priority = priority,
	};

	/* Fails for deadline policies only. */
	WARN_ON_ONCE(sched_setattr_nocheck(task, &attr));
#endif
}

/**
 * ktb_kthread_run_worker() - a kthread_worker whose thread is bound and runs
 * @cpu: where to
 *
 * Kernels from 6.14 on make it apart from waking it, and fill in the CPU's
 * number themselves; those before can only do both at once.
 *
 * Return: the worker, or an ERR_PTR: -EINTR, -ENOMEM or -EAGAIN.
 */
static inline struct kthread_worker *ktb_kthread_run_worker(u32 cpu)
{
#ifdef KTB_HAVE_KTHREAD_RUN_WORKER
	return kthread_run_worker_on_cpu(cpu, 0, "ktb_worker/%u");
#else
	return kthread_create_worker_on_cpu(cpu, 0, "ktb_worker/%u", cpu);
#endif
}

/* A workqueue of each CPU's own; older kernels have no name for the default. */
#ifdef KTB_HAVE_WQ_PERCPU
#define KTB_WQ_PERCPU WQ_PERCPU
#else
#define KTB_WQ_PERCPU 0
#endif

/*
 * A workqueue in the softirq, or zero if there is none. Whether it may be said
 * to be a CPU's own differs between kernels that have both names.
 */
#ifdef KTB_HAVE_WQ_BH
#define KTB_WQ_BH (WQ_BH | (__WQ_BH_ALLOWS & KTB_WQ_PERCPU))
#else
#define KTB_WQ_BH 0
#endif

/*
 * Memory that grows with what a user asks for is charged to his cgroup, and is
 * refused where there is none, rather than that somebody is killed for it.
 */
#define KTB_GFP (GFP_KERNEL_ACCOUNT | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

/* Before 5.12 a page that is charged like this cannot be mapped. */
#ifdef KTB_HAVE_PG_KMEMCG
#define KTB_GFP_MAPPED (GFP_KERNEL | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)
#else
#define KTB_GFP_MAPPED KTB_GFP
#endif

static inline void ktb_vm_flags_set(struct vm_area_struct *vma,
				    unsigned long flags)
{
#ifdef KTB_HAVE_VM_FLAGS_SET
	vm_flags_set(vma, flags);
#else
	vma->vm_flags |= flags;
#endif
}

static inline void ktb_vm_flags_clear(struct vm_area_struct *vma,
				      unsigned long flags)
{
#ifdef KTB_HAVE_VM_FLAGS_SET
	vm_flags_clear(vma, flags);
#else
	vma->vm_flags &= ~flags;
#endif
}

/*
 * Interrupts taken by this CPU so far: those that have a descriptor, and the
 * vectors of its own local timer and of its neighbours' calls, which only the
 * architecture counts, and under names that have changed.
 */
#if defined(KTB_HAVE_IRQ_STAT_FIELDS) && defined(CONFIG_X86) && \
	defined(CONFIG_SMP)
#define KTB_COUNTS_IRQS	      1
#define KTB_VECTOR_TIMER      irq_stat.apic_timer_irqs
#define KTB_VECTOR_RESCHEDULE irq_stat.irq_resched_count
#define KTB_VECTOR_CALL	      irq_stat.irq_call_count
#elif defined(KTB_HAVE_IRQ_STAT_COUNTS) && defined(CONFIG_X86) && \
	defined(CONFIG_SMP)
#define KTB_COUNTS_IRQS	      1
#define KTB_VECTOR_TIMER      irq_stat.counts[IRQ_COUNT_APIC_TIMER]
#define KTB_VECTOR_RESCHEDULE irq_stat.counts[IRQ_COUNT_RESCHEDULE]
#define KTB_VECTOR_CALL	      irq_stat.counts[IRQ_COUNT_CALL_FUNCTION]
#else
#define KTB_COUNTS_IRQS 0
#endif

static __always_inline u32 ktb_cpu_irqs(void)
{
	u32 irqs = __this_cpu_read(kstat.irqs_sum);

#if KTB_COUNTS_IRQS
	irqs += __this_cpu_read(KTB_VECTOR_TIMER);
	irqs += __this_cpu_read(KTB_VECTOR_RESCHEDULE);
	irqs += __this_cpu_read(KTB_VECTOR_CALL);
#endif
	return irqs;
}

/* The arguments of a sched_switch probe after its private data. */
#ifdef KTB_HAVE_SWITCH_PREV_STATE
#define KTB_SCHED_SWITCH_ARGS                                             \
	bool preempt, struct task_struct *prev, struct task_struct *next, \
		unsigned int prev_state
#else
#define KTB_SCHED_SWITCH_ARGS \
	bool preempt, struct task_struct *prev, struct task_struct *next
#endif

/* Likewise of a task_newtask probe; the flags have another type since 6.18. */
#ifdef KTB_HAVE_NEWTASK_U64
#define KTB_TASK_NEWTASK_ARGS struct task_struct *task, u64 clone_flags
#else
#define KTB_TASK_NEWTASK_ARGS \
	struct task_struct *task, unsigned long clone_flags
#endif

#endif /* KTB_COMPAT_H */
