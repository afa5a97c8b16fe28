// SPDX-License-Identifier: GPL-2.0
/*
 * Where kernel threads run, and where their memory comes from.
 */
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/topology.h>

#include "actor.h"

#define KTB_PLACE_TURNS 10

/* More than two times what a CPU keeps of the stacks of threads that ended. */
#define KTB_PLACE_CROWD 16

static void ktb_place_look(struct ktb_actor *actor)
{
	actor->said = raw_smp_processor_id();
}

/* Wakes it over and over: where does it run? */
static void ktb_place_expect(struct ktb_trial *trial, struct ktb_actor *actor,
			     u32 cpu)
{
	u32 i, elsewhere = 0;

	for (i = 0; i < KTB_PLACE_TURNS; i++) {
		if (!ktb_actor_ask(actor, ktb_place_look))
			break;
		elsewhere += actor->said != cpu;
	}
	ktb_trial_equal(trial, "times it was woken and ran", i,
			KTB_PLACE_TURNS);
	ktb_trial_equal(trial, "times it ran elsewhere", elsewhere, 0);
	ktb_trial_expect(trial,
			 cpumask_equal(actor->task->cpus_ptr, cpumask_of(cpu)),
			 "it is allowed on CPUs %*pbl, promised is %u",
			 cpumask_pr_args(actor->task->cpus_ptr), cpu);
	ktb_trial_expect(trial, actor->task->flags & PF_NO_SETAFFINITY,
			 "its flag PF_NO_SETAFFINITY: %#x",
			 actor->task->flags & PF_NO_SETAFFINITY);
}

static void ktb_place_bind(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_trial_needs_two(trial) && ktb_actor_make(trial, actor)) {
		ktb_trial_expect(
			trial, !(actor->task->flags & PF_NO_SETAFFINITY),
			"PF_NO_SETAFFINITY of a thread that is not bound: %#x",
			actor->task->flags & PF_NO_SETAFFINITY);
		kthread_bind(actor->task, trial->other);
		ktb_place_expect(trial, actor, trial->other);
	}
	ktb_actor_free(actor);
}

static void ktb_place_on_cpu(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();
	char name[TASK_COMM_LEN];

	if (!KTB_CREATES_ON_CPU) {
		ktb_trial_skip(
			trial,
			"this kernel does not export kthread_create_on_cpu() to modules, as kernels from 5.17 on do");
		goto out;
	}
	if (!ktb_trial_needs_two(trial) ||
	    !ktb_actor_hold(trial, actor,
			    ktb_kthread_create_on_cpu(ktb_actor_thread, actor,
						      trial->other,
						      "ktb_actor/%u")))
		goto out;
	snprintf(name, sizeof(name), "ktb_actor/%u", trial->other);
	ktb_trial_expect(trial, !strcmp(name, actor->task->comm),
			 "its name: %s", actor->task->comm);
	ktb_trial_equal(trial, "rounds before it was woken",
			READ_ONCE(actor->rounds), 0);
	ktb_place_expect(trial, actor, trial->other);
out:
	ktb_actor_free(actor);
}

static int ktb_place_node_of(const void *address)
{
	return page_to_nid(is_vmalloc_addr(address) ? vmalloc_to_page(address) :
						      virt_to_page(address));
}

/* Is there any to be had on the node? */
static bool ktb_place_has_memory(int node)
{
	struct page *page = alloc_pages_node(
		node, GFP_KERNEL | __GFP_THISNODE | __GFP_NOWARN, 2);

	if (page)
		__free_pages(page, 2);
	return page;
}

/**
 * struct ktb_place_crowd - threads that were made for one node
 * @made: how many
 * @tasks: of so many the task is there
 * @stacks: of so many the stack
 */
struct ktb_place_crowd {
	u32 made;
	u32 tasks;
	u32 stacks;
};

/* All at once: what one of them gave back would be the next one's. */
static struct ktb_place_crowd ktb_place_settle(struct ktb_trial *trial,
					       int node)
{
	static struct ktb_actor *crowd[KTB_PLACE_CROWD];
	struct ktb_place_crowd count = {};
	struct task_struct *task;
	u32 i;

	for (i = 0; i < KTB_PLACE_CROWD; i++) {
		crowd[i] = ktb_actor_alloc();
		if (!ktb_actor_hold(trial, crowd[i],
				    kthread_create_on_node(ktb_actor_thread,
							   crowd[i], node,
							   "ktb_actor")))
			continue;
		task = crowd[i]->task;
		count.made++;
		count.tasks += ktb_place_node_of(task) == node;
		count.stacks += ktb_place_node_of(task->stack) == node;
	}
	for (i = 0; i < KTB_PLACE_CROWD; i++)
		ktb_actor_free(crowd[i]);
	return count;
}

static void ktb_place_memory(struct ktb_trial *trial)
{
	struct ktb_place_crowd count;
	int node, nodes = num_node_state(N_MEMORY);

	if (nodes < 2) {
		ktb_trial_skip(trial, "all memory is on one node");
		return;
	}
	for_each_node_state(node, N_MEMORY)
	{
		if (!ktb_place_has_memory(node)) {
			ktb_trial_say(trial, "node %d is full", node);
			continue;
		}
		count = ktb_place_settle(trial, node);
		ktb_trial_say(trial, "made for node %d: %u", node, count.made);
		ktb_trial_equal(trial, "tasks from there", count.tasks,
				count.made);
		ktb_trial_between(trial, "stacks from there", count.stacks, 1,
				  count.made);
	}
}

/* What a thread may run on that was made for @node, once it runs. */
static bool ktb_place_cpus_of(struct ktb_trial *trial, int node,
			      struct cpumask *cpus, u32 *cpu)
{
	struct ktb_actor *actor = ktb_actor_alloc();
	bool ran = false;

	if (ktb_actor_hold(trial, actor,
			   kthread_create_on_node(ktb_actor_thread, actor, node,
						  "ktb_actor"))) {
		wake_up_process(actor->task);
		ran = ktb_actor_runs(actor);
		cpumask_copy(cpus, actor->task->cpus_ptr);
		*cpu = READ_ONCE(actor->cpu);
		ktb_trial_expect(
			trial, ran,
			"made for node %d, it runs on CPU %u and may on CPUs %*pbl",
			node, *cpu, cpumask_pr_args(cpus));
		ktb_trial_equal(trial, "PF_NO_SETAFFINITY",
				actor->task->flags & PF_NO_SETAFFINITY, 0);
	}
	ktb_actor_free(actor);
	return ran;
}

static void ktb_place_node_cpus(struct ktb_trial *trial)
{
	int here = cpu_to_node(trial->cpu), there;
	static struct cpumask all, some, want;
	u32 cpu;

	/* The next CPU may be of the same node. */
	for_each_online_cpu(cpu)
		if (cpu_to_node(cpu) != here)
			break;
	if (cpu >= nr_cpu_ids) {
		ktb_trial_skip(trial, "all CPUs are of one node");
		return;
	}
	there = cpu_to_node(cpu);
	if (!ktb_place_cpus_of(trial, NUMA_NO_NODE, &all, &cpu) ||
	    !ktb_place_cpus_of(trial, there, &some, &cpu))
		return;
	if (KTB_NODE_BINDS_THREADS) {
		/* A node may have nothing but CPUs that are isolated. */
		if (!cpumask_and(&want, &all, cpumask_of_node(there)))
			cpumask_copy(&want, &all);
	} else {
		cpumask_copy(&want, &all);
		ktb_trial_changed(
			trial,
			"before 6.14 the node is about memory only: the thread may run on all CPUs");
	}
	ktb_trial_expect(
		trial, cpumask_equal(&some, &want),
		"CPUs of node %d: %*pbl; promised to its thread: %*pbl", there,
		cpumask_pr_args(cpumask_of_node(there)),
		cpumask_pr_args(&want));
	ktb_trial_expect(trial, cpumask_test_cpu(cpu, &want),
			 "it ran on one of them: %u", cpu);
}

static const struct ktb_check ktb_kthread_place_checks[] = {
	{ "bind",
	  "kthread_bind() before the first wake-up: the thread runs on that CPU and may run on no other, and user space cannot change that (PF_NO_SETAFFINITY).",
	  "kernel/kthread.c: kthread_bind()", ktb_place_bind },
	{ "on_cpu",
	  "kthread_create_on_cpu() gives a thread that is bound to the CPU, sleeps, and has the CPU's number in its name.",
	  "kernel/kthread.c: kthread_create_on_cpu()", ktb_place_on_cpu },
	{ "node_memory",
	  "kthread_create_on_node() takes the task from that node while there is memory, and the stack too, unless an ended thread has left one.",
	  "kernel/kthread.c: kthread_create_on_node(); kernel/fork.c: alloc_thread_stack_node()",
	  ktb_place_memory },
	{ "node_cpus",
	  "A thread that was made for a node and not bound runs on the CPUs of that node; one that was made for none, on all that are not isolated.",
	  "kernel/kthread.c: kthread_affine_node()", ktb_place_node_cpus },
};

KTB_SUBJECT_OF(kthread_place);
