// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ctrl-C and its kin. It may not know what is interrupted.
 */
#include <stddef.h>

#include "interrupt.h"

static const int noted[] = { SIGINT, SIGTERM, SIGHUP };

#define NR_NOTED (sizeof(noted) / sizeof(noted[0]))

static volatile sig_atomic_t came;
static struct sigaction before[NR_NOTED], before_pipe, before_size;
static sigset_t mask_before, mask_asleep;

static void note(int signal)
{
	came = signal;
}

void ktb_interrupt_begin(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction action = { .sa_handler = note };
	sigset_t mask;
	size_t i;

	came = 0;
	sigemptyset(&mask);
	for (i = 0; i < NR_NOTED; i++) {
		sigaction(noted[i], NULL, &before[i]);
		if (before[i].sa_handler == SIG_IGN)
			continue;
		sigaction(noted[i], &action, NULL);
		sigaddset(&mask, noted[i]);
	}
	sigprocmask(SIG_BLOCK, &mask, &mask_before);
	mask_asleep = mask_before;
	for (i = 0; i < NR_NOTED; i++)
		sigdelset(&mask_asleep, noted[i]);
	sigaction(SIGPIPE, &ignore, &before_pipe);
	sigaction(SIGXFSZ, &ignore, &before_size);
}

void ktb_interrupt_end(void)
{
	size_t i;

	/* One that is still pending has been taken note of: drop it. */
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
	for (i = 0; i < NR_NOTED; i++)
		sigaction(noted[i], &before[i], NULL);
	sigaction(SIGPIPE, &before_pipe, NULL);
	sigaction(SIGXFSZ, &before_size, NULL);
}

const sigset_t *ktb_interrupt_mask(void)
{
	return &mask_asleep;
}

int ktb_interrupt_signal(void)
{
	sigset_t pending;
	size_t i;

	if (came || sigpending(&pending))
		return came;
	for (i = 0; i < NR_NOTED; i++)
		if (sigismember(&pending, noted[i]) == 1)
			return noted[i];
	return 0;
}
