/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How to get to the next kernel: a table of ways, each a few commands of other
 * programs. It knows boot loaders, and nothing of plans.
 */
#ifndef KTB_REBOOT_H
#define KTB_REBOOT_H

#include <stdbool.h>
#include <stddef.h>

#include "command.h"
#include "message.h"

#define KTB_REBOOT_MAX_COMMANDS 3

/**
 * struct ktb_reboot - a way to the next kernel
 * @way: its name
 * @changes: what of the machine it changes, and how that is undone; a sentence
 * @commands: to be run one after the other; the last one reboots
 * @nr_commands: entries of @commands
 */
struct ktb_reboot {
	const char *way;
	const char *changes;
	struct ktb_command commands[KTB_REBOOT_MAX_COMMANDS];
	size_t nr_commands;
};

/**
 * ktb_reboot_find() - find a way to boot a kernel
 * @reboot: to be filled in; ktb_reboot_free() frees it, after a failure too
 * @kernel: its release
 * @is_kexec: by kexec, past firmware and boot loader; else by the boot loader
 * @err: why there is none, and what is left to do by hand
 *
 * Return: 0 or KTB_EXIT_SKIPPED.
 */
int ktb_reboot_find(struct ktb_reboot *reboot, const char *kernel,
		    bool is_kexec, struct ktb_error *err);

/**
 * ktb_reboot_text() - what one would type
 * @reboot: a way
 *
 * Return: a string for free(): the commands, parted by ` && `.
 */
char *ktb_reboot_text(const struct ktb_reboot *reboot);

/**
 * ktb_reboot_go() - run the commands
 * @reboot: a way
 * @err: on a failure
 *
 * Return: 0 when the last one, which reboots, has been started well;
 * KTB_EXIT_DEVICE if one of them failed.
 */
int ktb_reboot_go(const struct ktb_reboot *reboot, struct ktb_error *err);

/** ktb_reboot_free() - free what a way holds */
void ktb_reboot_free(struct ktb_reboot *reboot);

/**
 * ktb_reboot_check_kernel() - is a kernel installed?
 * @kernel: its release
 * @err: names the nearest one if it is not
 *
 * Its image is in /boot, or its modules are in /lib/modules.
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_reboot_check_kernel(const char *kernel, struct ktb_error *err);

#endif /* KTB_REBOOT_H */
