// SPDX-License-Identifier: GPL-2.0
/*
 * The thread of an actor, and its end.
 */
#include <linux/slab.h>

#include "actor.h"

/** ktb_actor_alloc() - an actor of no thread; small, so never NULL */
struct ktb_actor *ktb_actor_alloc(void)
{
	return kzalloc(sizeof(struct ktb_actor), GFP_KERNEL | __GFP_NOFAIL);
}

/**
 * ktb_actor_thread() - the function of a thread that is looked at
 * @data: struct ktb_actor
 *
 * Return: what it is to return, once it has been told to stop.
 */
int ktb_actor_thread(void *data)
{
	struct ktb_actor *actor = data;

	for (;;) {
		WRITE_ONCE(actor->cpu, raw_smp_processor_id());
		WRITE_ONCE(actor->rounds, actor->rounds + 1);
		/* Pairs with the release in ktb_actor_order(). */
		if (smp_load_acquire(&actor->act)) {
			actor->act(actor);
			/* Pairs with the acquire in ktb_actor_ask(). */
			smp_store_release(&actor->act, NULL);
		}
		if (kthread_should_park()) {
			WRITE_ONCE(actor->parks, actor->parks + 1);
			kthread_parkme();
			continue;
		}
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		if (!READ_ONCE(actor->act) && !kthread_should_park())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	__set_current_state(TASK_RUNNING);
	return actor->result;
}

/**
 * ktb_actor_order() - have it do something
 * @actor: of a thread; woken by this
 * @act: what; its own thread calls it. It is done when @actor->act is NULL
 */
void ktb_actor_order(struct ktb_actor *actor,
		     void (*act)(struct ktb_actor *actor))
{
	/* Pairs with the acquire in ktb_actor_thread(). */
	smp_store_release(&actor->act, act);
	wake_up_process(actor->task);
}

/**
 * ktb_actor_ask() - have it do something, and wait until it is done
 * @actor: of a thread; woken by this
 * @act: what; its own thread calls it
 *
 * Return: was it done?
 */
bool ktb_actor_ask(struct ktb_actor *actor,
		   void (*act)(struct ktb_actor *actor))
{
	ktb_actor_order(actor, act);
	/* Pairs with the release in ktb_actor_thread(). */
	return ktb_until(!smp_load_acquire(&actor->act), KTB_PATIENCE);
}

/**
 * ktb_actor_runs() - wait until a thread has come around for the first time
 * @actor: of a thread
 *
 * Return: has it?
 */
bool ktb_actor_runs(const struct ktb_actor *actor)
{
	return ktb_until(READ_ONCE(actor->rounds), KTB_PATIENCE);
}

/**
 * ktb_actor_bury() - wait until a thread is gone for good
 * @actor: it has ended; a reference is held still
 *
 * Return: is nobody left who holds it, but us?
 */
bool ktb_actor_bury(struct ktb_actor *actor)
{
	return ktb_until(refcount_read(&actor->task->usage) == 1, KTB_PATIENCE);
}

/**
 * ktb_actor_free() - end it
 * @actor: with a thread or without; a thread that is parked or has not been
 *	woken yet ends as well
 */
void ktb_actor_free(struct ktb_actor *actor)
{
	if (actor->task) {
		if (!actor->stopped)
			kthread_stop(actor->task);
		put_task_struct(actor->task);
	}
	kfree(actor);
}
