/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The systemd unit that goes on with a plan of boots after each boot. It knows
 * systemd, and nothing of plans.
 */
#ifndef KTB_BOOTS_UNIT_H
#define KTB_BOOTS_UNIT_H

#include <stdbool.h>

#include "message.h"

#define KTB_BOOTS_UNIT_NAME "ktbench-boots.service"
#define KTB_BOOTS_UNIT_FILE "/etc/systemd/system/" KTB_BOOTS_UNIT_NAME

/**
 * ktb_boots_unit_text() - the unit
 * @program: absolute path of ktbench
 * @dir: absolute path of the comparison's directory
 * @is_kexec: boot by kexec
 *
 * Return: a string for free().
 */
char *ktb_boots_unit_text(const char *program, const char *dir, bool is_kexec);

/**
 * ktb_boots_unit_install() - install and enable it, and say so
 * @text: the unit
 * @err: on a failure
 *
 * Return: 0; KTB_EXIT_USAGE if it cannot be written, or there is one of another
 * plan; KTB_EXIT_DEVICE if systemctl fails.
 */
int ktb_boots_unit_install(const char *text, struct ktb_error *err);

/**
 * ktb_boots_unit_remove() - disable and remove it, if it is there, and say so
 * @dir: the unit of this directory, and of no other
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_boots_unit_remove(const char *dir, struct ktb_error *err);

#endif /* KTB_BOOTS_UNIT_H */
