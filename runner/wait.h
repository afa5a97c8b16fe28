/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Waiting for the end of a run that was started. It knows the device, and nothing
 * of what is run.
 */
#ifndef KTB_WAIT_H
#define KTB_WAIT_H

#include "device.h"

/**
 * ktb_wait_for_end() - sleep until a run has ended, a signal came, or it hangs
 * @device: started
 * @every_ms: how often to wake up meanwhile, to look
 * @limit_ns: a run that takes longer hangs
 * @look: called when it has not ended by then; may be NULL
 * @data: for @look
 *
 * Return: 0 or -errno; -ETIMEDOUT if it hangs.
 */
int ktb_wait_for_end(struct ktb_device *device, int every_ms, int64_t limit_ns,
		     void (*look)(void *data), void *data);

#endif /* KTB_WAIT_H */
