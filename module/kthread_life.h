/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The life of one kernel thread: made, started, stopped, buried, and when it got
 * where. Knows threads and samples; does not know rounds or who else creates.
 */
#ifndef KTB_KTHREAD_LIFE_H
#define KTB_KTHREAD_LIFE_H

#include "birth.h"
#include "policy.h"
#include "workload.h"

/** enum ktb_life_api - how a thread is made */
enum ktb_life_api {
	KTB_LIFE_BY_CREATE,
	KTB_LIFE_BY_RUN,
	KTB_LIFE_BY_ON_NODE,
	KTB_LIFE_BY_ON_CPU,
};

/** enum ktb_life_hist - what is told of each life, in the order of the metrics */
enum ktb_life_hist {
	KTB_LIFE_LIFE,
	KTB_LIFE_FORK,
	KTB_LIFE_HANDOVER,
	KTB_LIFE_START,
	KTB_LIFE_LEAVE,
	KTB_LIFE_JOIN,
	KTB_LIFE_CREATE,
	KTB_LIFE_STOP,
	KTB_LIFE_STANDBY,
	KTB_LIFE_LIVED,
	KTB_LIFE_WHOLE,
	KTB_NR_LIFE_HISTS,
};

/** enum ktb_life_counter - what becomes of lives, in the order of the counters */
enum ktb_life_counter {
	KTB_LIFE_LIVES,
	KTB_LIFE_OUTSIDE,
	KTB_LIFE_STACK_ON_NODE,
	KTB_LIFE_STACK_ELSEWHERE,
	KTB_LIFE_TASK_ON_NODE,
	KTB_LIFE_TASK_ELSEWHERE,
	KTB_LIFE_WRONG_CPU,
	KTB_LIFE_WRONG_RETURN,
	KTB_LIFE_UNTRACED,
	KTB_LIFE_UNFINISHED,
	KTB_NR_LIFE_COUNTERS,
};

/**
 * struct ktb_maker - who makes threads, and how
 * @run: the run
 * @arm_cpu: that the maker runs on
 * @cell: of that CPU, which it writes
 * @api: enum ktb_life_api
 * @bound: bind them; kthread_create_on_cpu does it anyway
 * @policy: of each thread
 * @cpu: where bound threads run
 * @node: that their memory is asked for from
 * @births: of the tracepoint, or NULL
 * @task: of the maker itself, if each thread is to wake it when it runs; else NULL
 */
struct ktb_maker {
	struct ktb_run *run;
	u32 arm_cpu;
	struct ktb_cell *cell;
	u32 api;
	bool bound;
	struct ktb_policy policy;
	u32 cpu;
	int node;
	struct ktb_births *births;
	struct task_struct *task;
};

/**
 * struct ktb_life - one thread, and when it got where
 * @maker: who makes it
 * @number: within its maker's
 * @task: a reference is held; NULL before and after
 * @asked: the maker's CPU when it was asked for
 * @made_ns: the call that makes it has returned
 * @woken_ns: just before it is woken; of kthread_run the same as @made_ns
 * @ran_ns: its first instruction
 * @stop_ns: just before kthread_stop()
 * @left_ns: its last instruction
 * @cpu: where it ran first
 * @ran: it runs; all that it writes before is there
 */
struct ktb_life {
	struct ktb_maker *maker;
	u32 number;
	struct task_struct *task;
	struct ktb_evidence asked;
	u64 made_ns;
	u64 woken_ns;
	u64 ran_ns;
	u64 stop_ns;
	u64 left_ns;
	u32 cpu;
	bool ran;
};

int ktb_life_begin(struct ktb_life *life);
bool ktb_life_wait_ran(const struct ktb_life *life);
void ktb_life_end(struct ktb_life *life);
void ktb_life_bury(struct ktb_life *life);
void ktb_life_abandon(struct ktb_life *life);

#endif /* KTB_KTHREAD_LIFE_H */
