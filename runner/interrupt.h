/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ctrl-C and its kin: noticed at safe points only, and harmless the second
 * time.
 */
#ifndef KTB_INTERRUPT_H
#define KTB_INTERRUPT_H

#include <signal.h>

/**
 * ktb_interrupt_begin() - from now on SIGINT, SIGTERM and SIGHUP are noted
 *
 * They are blocked everywhere but where ktb_interrupt_mask() is in force. A
 * signal that the caller of the program ignores stays ignored. SIGPIPE and
 * SIGXFSZ become errors of write().
 */
void ktb_interrupt_begin(void);

/** ktb_interrupt_end() - put everything as it was before the beginning */
void ktb_interrupt_end(void);

/** ktb_interrupt_mask() - the mask to sleep with, for ppoll() */
const sigset_t *ktb_interrupt_mask(void);

/**
 * ktb_interrupt_signal() - the signal that came
 *
 * Return: its number, or 0.
 */
int ktb_interrupt_signal(void);

#endif /* KTB_INTERRUPT_H */
