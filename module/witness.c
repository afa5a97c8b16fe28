// SPDX-License-Identifier: GPL-2.0
/*
 * The thread of a witness, and its end.
 */
#include <linux/slab.h>

#include "witness.h"

/** ktb_witness_alloc() - a witness of no thread; small, so never NULL */
struct ktb_witness *ktb_witness_alloc(void)
{
	return kzalloc(sizeof(struct ktb_witness), GFP_KERNEL | __GFP_NOFAIL);
}

/**
 * ktb_witness_thread() - the function of a thread that is looked at
 * @data: struct ktb_witness
 *
 * Return: what it is to return, once it has been told to stop.
 */
int ktb_witness_thread(void *data)
{
	struct ktb_witness *witness = data;

	for (;;) {
		WRITE_ONCE(witness->cpu, raw_smp_processor_id());
		WRITE_ONCE(witness->rounds, witness->rounds + 1);
		/* Pairs with the release in ktb_witness_order(). */
		if (smp_load_acquire(&witness->act)) {
			witness->act(witness);
			/* Pairs with the acquire in ktb_witness_ask(). */
			smp_store_release(&witness->act, NULL);
		}
		if (kthread_should_park()) {
			WRITE_ONCE(witness->parks, witness->parks + 1);
			kthread_parkme();
			continue;
		}
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		if (!READ_ONCE(witness->act) && !kthread_should_park())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	__set_current_state(TASK_RUNNING);
	return witness->result;
}

/**
 * ktb_witness_order() - have it do something
 * @witness: of a thread; woken by this
 * @act: what; its own thread calls it. It is done when @witness->act is NULL
 */
void ktb_witness_order(struct ktb_witness *witness,
		       void (*act)(struct ktb_witness *witness))
{
	/* Pairs with the acquire in ktb_witness_thread(). */
	smp_store_release(&witness->act, act);
	wake_up_process(witness->task);
}

/**
 * ktb_witness_ask() - have it do something, and wait until it is done
 * @witness: of a thread; woken by this
 * @act: what; its own thread calls it
 *
 * Return: was it done?
 */
bool ktb_witness_ask(struct ktb_witness *witness,
		     void (*act)(struct ktb_witness *witness))
{
	ktb_witness_order(witness, act);
	/* Pairs with the release in ktb_witness_thread(). */
	return ktb_until(!smp_load_acquire(&witness->act), KTB_PATIENCE);
}

/**
 * ktb_witness_bury() - wait until a thread is gone for good
 * @witness: it has ended; a reference is held still
 *
 * Return: is nobody left who holds it, but us?
 */
bool ktb_witness_bury(struct ktb_witness *witness)
{
	return ktb_until(refcount_read(&witness->task->usage) == 1,
			 KTB_PATIENCE);
}

/**
 * ktb_witness_free() - end it
 * @witness: with a thread or without; a thread that is parked or has not been
 *	woken yet ends as well
 */
void ktb_witness_free(struct ktb_witness *witness)
{
	if (witness->task) {
		if (!witness->stopped)
			kthread_stop(witness->task);
		put_task_struct(witness->task);
	}
	kfree(witness);
}
