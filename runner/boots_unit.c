// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The systemd unit of a plan of boots. It may not know what the plan is.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "boots_unit.h"
#include "command.h"
#include "file.h"
#include "sysfs.h"

/* Begins the line of the unit that tells its plan. */
#define MARK "# Plan: "

/* A word of ExecStart=, see systemd.service(5), "Command lines". */
static char *escaped(const char *word)
{
	char *text = ktb_alloc_zeroed(2 * strlen(word) + 3, 1);
	char *at = text;

	*at++ = '"';
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			*at++ = '\\';
		if (*word == '%' || *word == '$')
			*at++ = *word;
		*at++ = *word;
	}
	*at = '"';
	return text;
}

char *ktb_boots_unit_text(const char *program, const char *dir, bool is_kexec)
{
	char *program_word = escaped(program);
	char *dir_word = escaped(dir);
	char *text = ktb_alloc_text(
		"# Made by `ktbench run --install-unit`; removed when the plan is done.\n" MARK
		"%s\n"
		"[Unit]\n"
		"Description=ktbench: the next boot of a comparison of two kernels\n"
		"After=multi-user.target\n"
		"\n"
		"[Service]\n"
		"Type=oneshot\n"
		"ExecStart=%s run --continue %s --reboot%s\n"
		"\n"
		"[Install]\n"
		"WantedBy=multi-user.target\n",
		dir, program_word, dir_word, is_kexec ? " --kexec" : "");

	free(dir_word);
	free(program_word);
	return text;
}

static int systemctl(const char *verb, const char *unit, struct ktb_error *err)
{
	struct ktb_command command = { 0 };
	int ret;

	ktb_command_add(&command, "systemctl");
	ktb_command_add(&command, "%s", verb);
	if (unit)
		ktb_command_add(&command, "%s", unit);
	ret = ktb_command_must(&command, err);
	ktb_command_free(&command);
	return ret;
}

/* The first KTB_SYSFS_LEN bytes of the unit that is there; false if none is. */
static bool read_unit(char *text)
{
	return !ktb_sysfs_read(KTB_BOOTS_UNIT_FILE, text);
}

/* Is it the unit of this plan? Both texts begin alike up to the plan's line. */
static bool is_same_plan(const char *a, const char *b)
{
	const char *plan_a = strstr(a, MARK), *plan_b = strstr(b, MARK);
	const size_t len = plan_a ? strcspn(plan_a, "\n") : 0;

	return plan_a && plan_b && strcspn(plan_b, "\n") == len &&
	       !strncmp(plan_a, plan_b, len);
}

int ktb_boots_unit_install(const char *text, struct ktb_error *err)
{
	char *path = ktb_sysfs_path(KTB_BOOTS_UNIT_FILE);
	char there[KTB_SYSFS_LEN];
	int ret;

	if (read_unit(there) && !is_same_plan(there, text)) {
		free(path);
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			KTB_BOOTS_UNIT_FILE
			" is the unit of another plan: finish that, or remove it with `systemctl disable " KTB_BOOTS_UNIT_NAME
			"` and rm");
	}
	ret = ktb_file_replace(path, text);
	if (ret)
		ret = ktb_message_set(err, KTB_EXIT_USAGE,
				      "cannot write " KTB_BOOTS_UNIT_FILE
				      ": %s; run as root, with systemd",
				      strerror(-ret));
	else
		ret = systemctl("daemon-reload", NULL, err);
	if (!ret)
		ret = systemctl("enable", KTB_BOOTS_UNIT_NAME, err);
	/* A unit that is not enabled would be there for nothing. */
	if (ret)
		unlink(path);
	free(path);
	if (!ret)
		printf("installed and enabled " KTB_BOOTS_UNIT_FILE
		       "; it is removed when the plan is done\n");
	return ret;
}

int ktb_boots_unit_remove(const char *dir, struct ktb_error *err)
{
	char *mine = ktb_alloc_text(MARK "%s\n", dir);
	char there[KTB_SYSFS_LEN];
	char *path;
	int ret;

	if (!read_unit(there) || !is_same_plan(there, mine)) {
		free(mine);
		return 0;
	}
	free(mine);
	ret = systemctl("disable", KTB_BOOTS_UNIT_NAME, err);
	path = ktb_sysfs_path(KTB_BOOTS_UNIT_FILE);
	if (!ret && unlink(path))
		ret = ktb_message_set(err, KTB_EXIT_DEVICE,
				      "cannot remove " KTB_BOOTS_UNIT_FILE
				      ": %s",
				      strerror(errno));
	free(path);
	if (!ret)
		ret = systemctl("daemon-reload", NULL, err);
	if (!ret)
		printf("disabled and removed " KTB_BOOTS_UNIT_FILE "\n");
	return ret;
}
