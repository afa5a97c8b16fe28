// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ways to the next kernel. It may not know why one wants it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "grub.h"
#include "nearest.h"
#include "reboot.h"
#include "sysfs.h"

#define MAX_CONFIG_BYTES (4 << 20)

/**
 * struct way - one way
 * @name: the program that tells whether it is there
 * @is_kexec: past firmware and boot loader
 * @plan: fill in the commands for a kernel; false if it cannot
 * @changes: see struct ktb_reboot
 */
struct way {
	const char *name;
	bool is_kexec;
	bool (*plan)(const struct way *way, struct ktb_reboot *reboot,
		     const char *kernel);
	const char *changes;
};

static struct ktb_command *add_command(struct ktb_reboot *reboot)
{
	return &reboot->commands[reboot->nr_commands++];
}

/* A text file below the system's root, or NULL. */
static char *read_config(const char *path)
{
	char *real = ktb_sysfs_path(path);
	FILE *stream = fopen(real, "re");
	char *text = NULL;

	free(real);
	if (!stream)
		return NULL;
	text = ktb_alloc_zeroed(MAX_CONFIG_BYTES + 1, 1);
	if (!fread(text, 1, MAX_CONFIG_BYTES, stream)) {
		free(text);
		text = NULL;
	}
	fclose(stream);
	return text;
}

static bool plan_grub(const struct way *way, struct ktb_reboot *reboot,
		      const char *kernel)
{
	static const char *const configs[] = { "/boot/grub/grub.cfg",
					       "/boot/grub2/grub.cfg" };
	struct ktb_command *command;
	char *config, *entry = NULL;
	size_t i;

	for (i = 0; !entry && i < sizeof(configs) / sizeof(configs[0]); i++) {
		config = read_config(configs[i]);
		if (config)
			entry = ktb_grub_entry(config, kernel);
		free(config);
	}
	if (!entry)
		return false;
	command = add_command(reboot);
	ktb_command_add(command, "%s", way->name);
	ktb_command_add(command, "%s", entry);
	free(entry);
	command = add_command(reboot);
	ktb_command_add(command, "systemctl");
	ktb_command_add(command, "reboot");
	return true;
}

/* The file of a kernel that is there, of several patterns of names. */
static char *find_file(const char *const *formats, const char *kernel)
{
	char *path;

	for (; *formats; formats++) {
		path = ktb_alloc_text("/boot/%s%s", *formats, kernel);
		if (ktb_sysfs_exists(path))
			return path;
		free(path);
	}
	return NULL;
}

static char *find_initrd(const char *kernel)
{
	static const char *const plain[] = { "initrd.img-", "initrd-", NULL };
	char *path = ktb_alloc_text("/boot/initramfs-%s.img", kernel);

	if (ktb_sysfs_exists(path))
		return path;
	free(path);
	return find_file(plain, kernel);
}

static bool plan_kexec(const struct way *way, struct ktb_reboot *reboot,
		       const char *kernel)
{
	static const char *const images[] = { "vmlinuz-", "vmlinux-", NULL };
	char *image = find_file(images, kernel);
	char *initrd = find_initrd(kernel);
	struct ktb_command *command;

	if (image) {
		command = add_command(reboot);
		ktb_command_add(command, "%s", way->name);
		ktb_command_add(command, "-l");
		ktb_command_add(command, "%s", image);
		if (initrd)
			ktb_command_add(command, "--initrd=%s", initrd);
		ktb_command_add(command, "--reuse-cmdline");
		command = add_command(reboot);
		ktb_command_add(command, "systemctl");
		ktb_command_add(command, "kexec");
	}
	free(initrd);
	free(image);
	return reboot->nr_commands > 0;
}

static const struct way ways[] = {
	{ "grub-reboot", false, plan_grub,
	  "GRUB's next entry is set for one boot, and GRUB unsets it itself" },
	{ "grub2-reboot", false, plan_grub,
	  "GRUB's next entry is set for one boot, and GRUB unsets it itself" },
	{ "kexec", true, plan_kexec,
	  "a kernel is loaded for kexec, which the boot takes away" },
};

int ktb_reboot_find(struct ktb_reboot *reboot, const char *kernel,
		    bool is_kexec, struct ktb_error *err)
{
	const struct way *lacking = NULL;
	size_t i;

	memset(reboot, 0, sizeof(*reboot));
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (ways[i].is_kexec != is_kexec ||
		    !ktb_command_is_there(ways[i].name))
			continue;
		reboot->way = ways[i].name;
		reboot->changes = ways[i].changes;
		if (!ktb_command_is_there("systemctl"))
			return ktb_message_set(
				err, KTB_EXIT_SKIPPED,
				"there is no systemctl here to reboot with: boot %s by hand",
				kernel);
		if (ways[i].plan(&ways[i], reboot, kernel))
			return 0;
		lacking = &ways[i];
	}
	if (lacking)
		return ktb_message_set(
			err, KTB_EXIT_SKIPPED,
			"%s is here, but %s: boot %s by hand, from the boot loader's menu",
			lacking->name,
			is_kexec ? "there is no image of this kernel in /boot" :
				   "grub.cfg has no entry for this kernel",
			kernel);
	return ktb_message_set(
		err, KTB_EXIT_SKIPPED,
		"there is no %s here: boot %s by hand, from the boot loader's menu",
		is_kexec ? "kexec" : "grub-reboot", kernel);
}

char *ktb_reboot_text(const struct ktb_reboot *reboot)
{
	char *text = ktb_alloc_text("%s", "");
	char *command, *more;
	size_t i;

	for (i = 0; i < reboot->nr_commands; i++) {
		command = ktb_command_text(&reboot->commands[i]);
		more = ktb_alloc_text("%s%s%s", text, i ? " && " : "", command);
		free(command);
		free(text);
		text = more;
	}
	return text;
}

int ktb_reboot_go(const struct ktb_reboot *reboot, struct ktb_error *err)
{
	size_t i;

	for (i = 0; i < reboot->nr_commands; i++)
		if (ktb_command_must(&reboot->commands[i], err))
			return ktb_message_prefix(err, "cannot reboot");
	return 0;
}

void ktb_reboot_free(struct ktb_reboot *reboot)
{
	size_t i;

	for (i = 0; i < KTB_REBOOT_MAX_COMMANDS; i++)
		ktb_command_free(&reboot->commands[i]);
	memset(reboot, 0, sizeof(*reboot));
}

static void offer(struct ktb_nearest *nearest,
		  const struct ktb_sysfs_paths *paths, const char *prefix)
{
	size_t i;

	for (i = 0; i < paths->nr; i++)
		ktb_nearest_offer(nearest, paths->path[i] + strlen(prefix));
}

int ktb_reboot_check_kernel(const char *kernel, struct ktb_error *err)
{
	char *image = ktb_alloc_text("/boot/vmlinuz-%s", kernel);
	char *modules = ktb_alloc_text("/lib/modules/%s", kernel);
	struct ktb_sysfs_paths images = ktb_sysfs_glob("/boot/vmlinuz-*");
	struct ktb_sysfs_paths trees = ktb_sysfs_glob("/lib/modules/*");
	struct ktb_nearest nearest;
	int ret = 0;

	ktb_nearest_begin(&nearest, kernel);
	offer(&nearest, &images, "/boot/vmlinuz-");
	offer(&nearest, &trees, "/lib/modules/");
	if (!*kernel || strchr(kernel, '/') ||
	    (!ktb_sysfs_exists(image) && !ktb_sysfs_exists(modules)))
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"there is no kernel '%s' here%s: neither /boot/vmlinuz-%s nor /lib/modules/%s; --kernels takes releases, as `uname -r` prints them",
			kernel, ktb_nearest_hint(&nearest), kernel, kernel);
	ktb_sysfs_paths_free(&images);
	ktb_sysfs_paths_free(&trees);
	free(modules);
	free(image);
	return ret;
}
