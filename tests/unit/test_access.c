// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Why there is no device: each cause, shown by a made-up /proc and /sys, has
 * its sentence, its remedy and its exit code.
 */
#include "support.h"

#include <errno.h>

#include "runner/access.h"

#define MODULES "proc/modules"
#define RELEASE "proc/sys/kernel/osrelease"
#define HEADERS "lib/modules/6.1.0-1-amd64/build/Makefile"

static const struct {
	enum ktb_access_step step;
	int error;
	/* Files of the machine: name, text, name, text. */
	const char *files[8];
	/* The module's bytes, NULL: there is no such file. */
	const char *module;
	int code;
	const char *text;
} rows[] = {
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64" },
	  NULL,
	  KTB_EXIT_SKIPPED,
	  "there is no /dev/x, and this kernel cannot load modules at all (it has no /proc/modules): boot another kernel, or measure in a VM: `make bench LANE=vm`" },
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64", MODULES, "", HEADERS, "" },
	  NULL,
	  KTB_EXIT_DEVICE,
	  "there is no /dev/x: the module is not loaded: build it with `vm/module --headers /lib/modules/6.1.0-1-amd64/build`, then insmod what that made" },
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64", MODULES, "" },
	  NULL,
	  KTB_EXIT_DEVICE,
	  "there is no /dev/x: the module is not loaded, and it cannot be built because the headers of kernel 6.1.0-1-amd64 are missing (no /lib/modules/6.1.0-1-amd64/build): install linux-headers-6.1.0-1-amd64, build it with `vm/module --headers /lib/modules/6.1.0-1-amd64/build`, then insmod what that made, or measure in a VM: `make bench LANE=vm`" },
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64", MODULES, "", "sys/module/ktbench/x", "" },
	  NULL,
	  KTB_EXIT_DEVICE,
	  "the module is loaded but /dev/x is missing: mount devtmpfs on /dev, or name the device with --device" },
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64", MODULES, "",
	    "proc/sys/kernel/modules_disabled", "1" },
	  NULL,
	  KTB_EXIT_SKIPPED,
	  "there is no /dev/x, and loading modules is switched off until the next boot (kernel.modules_disabled is 1; the kernel's parameter `nomodule` does it too): boot without that, or measure in a VM: `make bench LANE=vm`" },
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64", MODULES, "",
	    "sys/kernel/security/lockdown",
	    "none [integrity] confidentiality" },
	  NULL,
	  KTB_EXIT_SKIPPED,
	  "there is no /dev/x, and the kernel is locked down (integrity) and loads signed modules only: sign ktbench.ko with a key that it trusts, boot with Secure Boot off, or measure in a VM: `make bench LANE=vm`" },
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64", MODULES, "",
	    "sys/kernel/security/lockdown",
	    "[none] integrity confidentiality" },
	  "vermagic=6.1.0-1-amd64 SMP preempt",
	  KTB_EXIT_DEVICE,
	  "there is no /dev/x: the module is not loaded: run `insmod {ko}` as root" },
	{ KTB_ACCESS_OPEN,
	  ENOENT,
	  { RELEASE, "6.1.0-1-amd64", MODULES, "" },
	  "vermagic=5.10.0-9-amd64 SMP",
	  KTB_EXIT_DEVICE,
	  "there is no /dev/x, and {ko} has the wrong vermagic: it was built for 5.10.0-9-amd64, but 6.1.0-1-amd64 is running: build it with `vm/module --headers /lib/modules/6.1.0-1-amd64/build`, then insmod what that made" },
	{ KTB_ACCESS_OPEN,
	  EACCES,
	  { MODULES, "" },
	  NULL,
	  KTB_EXIT_DEVICE,
	  "no permission to open /dev/x: run as root" },
	{ KTB_ACCESS_OPEN,
	  EPERM,
	  { MODULES, "" },
	  NULL,
	  KTB_EXIT_DEVICE,
	  "no permission to open /dev/x: it takes CAP_SYS_ADMIN in the initial user namespace: run as root, and not in a container" },
	{ KTB_ACCESS_OPEN,
	  ENOTTY,
	  { MODULES, "" },
	  NULL,
	  KTB_EXIT_DEVICE,
	  "/dev/x is not a device of ktbench: name the right one with --device" },
	{ KTB_ACCESS_OPEN,
	  EIO,
	  { MODULES, "" },
	  NULL,
	  KTB_EXIT_DEVICE,
	  "cannot open /dev/x: Input/output error" },
	{ KTB_ACCESS_LOAD,
	  ENOSYS,
	  { RELEASE, "6" },
	  "",
	  KTB_EXIT_SKIPPED,
	  "cannot load {ko}: this kernel cannot load modules at all (it has no /proc/modules): boot another kernel, or measure in a VM: `make bench LANE=vm`" },
	{ KTB_ACCESS_LOAD,
	  EKEYREJECTED,
	  { MODULES, "" },
	  "",
	  KTB_EXIT_SKIPPED,
	  "cannot load {ko}: the kernel takes signed modules only (module.sig_enforce): sign it with a key that the kernel trusts, or measure in a VM: `make bench LANE=vm`" },
	{ KTB_ACCESS_LOAD,
	  EEXIST,
	  { MODULES, "" },
	  "",
	  KTB_EXIT_DEVICE,
	  "cannot load {ko}: a module of this name is loaded already: leave --module out, or `rmmod ktbench` first" },
	{ KTB_ACCESS_LOAD,
	  ENOEXEC,
	  { MODULES, "", RELEASE, "6.1" },
	  "\177ELF vermagic=5.10 SMP",
	  KTB_EXIT_DEVICE,
	  "cannot load {ko}: wrong vermagic: it was built for 5.10, but 6.1 is running: build it with `vm/module --headers /lib/modules/6.1/build`" },
	{ KTB_ACCESS_LOAD,
	  ENOEXEC,
	  { MODULES, "", RELEASE, "6.1" },
	  "junk",
	  KTB_EXIT_DEVICE,
	  "cannot load {ko}: it is not a module for this kernel (the kernel's log says why): build it with `vm/module --headers /lib/modules/6.1/build`" },
};

/* The sentence with the module's path as {ko}. */
static void hide_path(const char *text, const char *path, char *hidden,
		      size_t size)
{
	const char *at = strstr(text, path);

	if (at)
		snprintf(hidden, size, "%.*s{ko}%s", (int)(at - text), text,
			 at + strlen(path));
	else
		snprintf(hidden, size, "%s", text);
}

static void explains(void **state)
{
	char *directory;
	char path[4200], text[KTB_ERROR_LEN];
	struct ktb_error err;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		directory = test_directory();
		setenv("KTBENCH_SYSROOT", directory, 1);
		for (j = 0; j < 8 && rows[i].files[j]; j += 2)
			test_write(directory, rows[i].files[j],
				   rows[i].files[j + 1]);
		snprintf(path, sizeof(path), "%s/x.ko", directory);
		if (rows[i].module)
			test_write(directory, "x.ko", rows[i].module);
		assert_int_equal(ktb_access_explain(
					 rows[i].step, rows[i].error, "/dev/x",
					 rows[i].module ? path : NULL, &err),
				 rows[i].code);
		hide_path(err.text, path, text, sizeof(text));
		assert_string_equal(text, rows[i].text);
		test_remove(directory);
	}
	unsetenv("KTBENCH_SYSROOT");
}

static void needs_a_file(void **state)
{
	struct ktb_error err;

	assert_int_equal(ktb_access_load("/nonexistent.ko", &err),
			 KTB_EXIT_USAGE);
	assert_string_equal(
		err.text,
		"cannot read the module /nonexistent.ko: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(explains),
		cmocka_unit_test(needs_a_file),
	};

	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
