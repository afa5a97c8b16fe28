// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Why there is no device, or why the module does not load. It may not know what
 * the device is used for.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "access.h"
#include "alloc.h"
#include "sysfs.h"

#define MODULE_NAME "ktbench"
#define IN_A_VM	    "or measure in a VM: `make bench LANE=vm`"

/**
 * struct scene - what the causes look at
 * @device: path of the device
 * @module: path of the module's file; empty if none is known
 * @release: the running kernel's
 * @built_for: release that @module was built for; empty if that cannot be told
 * @lockdown: the kernel's lockdown, "none" if there is no such thing
 * @reason: strerror() of what failed
 */
struct scene {
	const char *device;
	char module[3 * PATH_MAX];
	char release[KTB_SYSFS_LEN];
	char built_for[128];
	char lockdown[64];
	const char *reason;
};

static bool has_no_modules(const struct scene *scene)
{
	return !ktb_sysfs_exists("/proc/modules");
}

static bool is_loaded(const struct scene *scene)
{
	return ktb_sysfs_exists("/sys/module/" MODULE_NAME);
}

static bool is_disabled(const struct scene *scene)
{
	char text[KTB_SYSFS_LEN];

	return !ktb_sysfs_read("/proc/sys/kernel/modules_disabled", text) &&
	       !strcmp(text, "1");
}

static bool is_locked_down(const struct scene *scene)
{
	return strcmp(scene->lockdown, "none") != 0;
}

static bool is_for_another(const struct scene *scene)
{
	return *scene->built_for && strcmp(scene->built_for, scene->release);
}

static bool is_built(const struct scene *scene)
{
	return *scene->module;
}

static bool has_no_headers(const struct scene *scene)
{
	char path[KTB_SYSFS_LEN + 32];

	snprintf(path, sizeof(path), "/lib/modules/%s/build", scene->release);
	return !ktb_sysfs_exists(path);
}

static bool is_not_root(const struct scene *scene)
{
	return geteuid() != 0;
}

static bool is_always(const struct scene *scene)
{
	return true;
}

#define ANY_ERROR 0

/*
 * The first row that fits is the cause. {device}, {module}, {release},
 * {built_for}, {lockdown} and {reason} stand for what the scene says.
 */
static const struct cause {
	enum ktb_access_step step;
	int error;
	bool (*holds)(const struct scene *scene);
	int code;
	const char *sentence;
} causes[] = {
	{ KTB_ACCESS_OPEN, ENOENT, is_loaded, KTB_EXIT_DEVICE,
	  "the module is loaded but {device} is missing: mount devtmpfs on /dev, or name the device with --device" },
	{ KTB_ACCESS_OPEN, ENOENT, has_no_modules, KTB_EXIT_SKIPPED,
	  "there is no {device}, and this kernel cannot load modules at all (it has no /proc/modules): boot another kernel, " IN_A_VM },
	{ KTB_ACCESS_OPEN, ENOENT, is_disabled, KTB_EXIT_SKIPPED,
	  "there is no {device}, and loading modules is switched off until the next boot (kernel.modules_disabled is 1; the kernel's parameter `nomodule` does it too): boot without that, " IN_A_VM },
	{ KTB_ACCESS_OPEN, ENOENT, is_locked_down, KTB_EXIT_SKIPPED,
	  "there is no {device}, and the kernel is locked down ({lockdown}) and loads signed modules only: sign ktbench.ko with a key that it trusts, boot with Secure Boot off, " IN_A_VM },
	{ KTB_ACCESS_OPEN, ENOENT, is_for_another, KTB_EXIT_DEVICE,
	  "there is no {device}, and {module} has the wrong vermagic: it was built for {built_for}, but {release} is running: build it with `vm/module --headers /lib/modules/{release}/build`, then insmod what that made" },
	{ KTB_ACCESS_OPEN, ENOENT, is_built, KTB_EXIT_DEVICE,
	  "there is no {device}: the module is not loaded: run `insmod {module}` as root" },
	{ KTB_ACCESS_OPEN, ENOENT, has_no_headers, KTB_EXIT_DEVICE,
	  "there is no {device}: the module is not loaded, and it cannot be built because the headers of kernel {release} are missing (no /lib/modules/{release}/build): install linux-headers-{release}, build it with `vm/module --headers /lib/modules/{release}/build`, then insmod what that made, " IN_A_VM },
	{ KTB_ACCESS_OPEN, ENOENT, is_always, KTB_EXIT_DEVICE,
	  "there is no {device}: the module is not loaded: build it with `vm/module --headers /lib/modules/{release}/build`, then insmod what that made" },
	{ KTB_ACCESS_OPEN, EACCES, is_always, KTB_EXIT_DEVICE,
	  "no permission to open {device}: run as root" },
	{ KTB_ACCESS_OPEN, EPERM, is_always, KTB_EXIT_DEVICE,
	  "no permission to open {device}: it takes CAP_SYS_ADMIN in the initial user namespace: run as root, and not in a container" },
	{ KTB_ACCESS_OPEN, EPROTO, is_always, KTB_EXIT_DEVICE,
	  "{device} speaks another version of the interface than this program: build and load both from the same tree" },
	{ KTB_ACCESS_OPEN, ENOTTY, is_always, KTB_EXIT_DEVICE,
	  "{device} is not a device of ktbench: name the right one with --device" },
	{ KTB_ACCESS_OPEN, ANY_ERROR, is_always, KTB_EXIT_DEVICE,
	  "cannot open {device}: {reason}" },

	{ KTB_ACCESS_LOAD, ANY_ERROR, has_no_modules, KTB_EXIT_SKIPPED,
	  "cannot load {module}: this kernel cannot load modules at all (it has no /proc/modules): boot another kernel, " IN_A_VM },
	{ KTB_ACCESS_LOAD, EPERM, is_not_root, KTB_EXIT_DEVICE,
	  "no permission to load {module}: run as root" },
	{ KTB_ACCESS_LOAD, EPERM, is_disabled, KTB_EXIT_SKIPPED,
	  "cannot load {module}: loading modules is switched off until the next boot (kernel.modules_disabled is 1; the kernel's parameter `nomodule` does it too): boot without that, " IN_A_VM },
	{ KTB_ACCESS_LOAD, EPERM, is_locked_down, KTB_EXIT_SKIPPED,
	  "cannot load {module}: the kernel is locked down ({lockdown}) and loads signed modules only: sign it with a key that the kernel trusts, boot with Secure Boot off, " IN_A_VM },
	{ KTB_ACCESS_LOAD, EPERM, is_always, KTB_EXIT_DEVICE,
	  "no permission to load {module}: it takes CAP_SYS_MODULE: run as root, and not in a container" },
	{ KTB_ACCESS_LOAD, EKEYREJECTED, is_always, KTB_EXIT_SKIPPED,
	  "cannot load {module}: the kernel takes signed modules only (module.sig_enforce): sign it with a key that the kernel trusts, " IN_A_VM },
	{ KTB_ACCESS_LOAD, ENOKEY, is_always, KTB_EXIT_SKIPPED,
	  "cannot load {module}: it is signed with a key that the kernel does not know: enrol the key, " IN_A_VM },
	{ KTB_ACCESS_LOAD, EEXIST, is_always, KTB_EXIT_DEVICE,
	  "cannot load {module}: a module of this name is loaded already: leave --module out, or `rmmod " MODULE_NAME
	  "` first" },
	{ KTB_ACCESS_LOAD, ENOEXEC, is_for_another, KTB_EXIT_DEVICE,
	  "cannot load {module}: wrong vermagic: it was built for {built_for}, but {release} is running: build it with `vm/module --headers /lib/modules/{release}/build`" },
	{ KTB_ACCESS_LOAD, ENOEXEC, is_always, KTB_EXIT_DEVICE,
	  "cannot load {module}: it is not a module for this kernel (the kernel's log says why): build it with `vm/module --headers /lib/modules/{release}/build`" },
	{ KTB_ACCESS_LOAD, EINVAL, is_always, KTB_EXIT_DEVICE,
	  "cannot load {module}: the kernel finds it not valid (compressed, damaged, or built for another kernel; its log says more): build it with `vm/module --headers /lib/modules/{release}/build`" },
	{ KTB_ACCESS_LOAD, ENOENT, is_always, KTB_EXIT_DEVICE,
	  "cannot load {module}: it needs a symbol that this kernel does not have (the kernel's log says which): build it with `vm/module --headers /lib/modules/{release}/build`" },
	{ KTB_ACCESS_LOAD, ANY_ERROR, is_always, KTB_EXIT_DEVICE,
	  "cannot load {module}: {reason}" },
};

/* The release in a module's vermagic; empty if it has none. */
static void read_built_for(const char *module, char *release, size_t size)
{
	static const char tag[] = "vermagic=";
	int fd = open(module, O_RDONLY | O_CLOEXEC);
	const char *bytes, *found = NULL;
	struct stat st;
	size_t len;

	*release = '\0';
	if (fd < 0)
		return;
	if (!fstat(fd, &st) && st.st_size > 0) {
		len = (size_t)st.st_size;
		bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes != MAP_FAILED) {
			found = memmem(bytes, len, tag, strlen(tag));
			if (found)
				snprintf(release, size, "%.*s",
					 (int)strnlen(
						 found + strlen(tag),
						 len - (size_t)(found - bytes) -
							 strlen(tag)),
					 found + strlen(tag));
			munmap((void *)bytes, len);
		}
	}
	close(fd);
	release[strcspn(release, " ")] = '\0';
}

/* The module that lies where `make module` puts it, beside this program. */
static void find_module(struct scene *scene)
{
	char program[PATH_MAX];
	ssize_t len;

	len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[len > 0 ? len : 0] = '\0';
	if (strrchr(program, '/'))
		*strrchr(program, '/') = '\0';
	snprintf(scene->module, sizeof(scene->module), "%s/module/%s/%s.ko",
		 program, scene->release, MODULE_NAME);
	if (access(scene->module, R_OK))
		scene->module[0] = '\0';
}

static void set_scene(struct scene *scene, int error, const char *device,
		      const char *module)
{
	char text[KTB_SYSFS_LEN];
	char *open_at, *close_at;

	*scene = (struct scene){ .device = device, .reason = strerror(error) };
	ktb_sysfs_read("/proc/sys/kernel/osrelease", scene->release);
	snprintf(scene->lockdown, sizeof(scene->lockdown), "none");
	/* "none [integrity] confidentiality": the brackets say which holds. */
	if (!ktb_sysfs_read("/sys/kernel/security/lockdown", text)) {
		open_at = strchr(text, '[');
		close_at = open_at ? strchr(open_at, ']') : NULL;
		if (close_at)
			snprintf(scene->lockdown, sizeof(scene->lockdown),
				 "%.*s", (int)(close_at - open_at - 1),
				 open_at + 1);
	}
	if (module)
		snprintf(scene->module, sizeof(scene->module), "%s", module);
	else
		find_module(scene);
	read_built_for(scene->module, scene->built_for,
		       sizeof(scene->built_for));
}

/* Put the scene's words in the place of {names}. */
static void fill_in(const struct cause *cause, const struct scene *scene,
		    struct ktb_error *err)
{
	const struct {
		const char *name;
		const char *text;
	} words[] = {
		{ "{device}", scene->device },
		{ "{module}", scene->module },
		{ "{release}", scene->release },
		{ "{built_for}", scene->built_for },
		{ "{lockdown}", scene->lockdown },
		{ "{reason}", scene->reason },
	};
	const char *at = cause->sentence;
	size_t i, len = 0;

	err->code = cause->code;
	while (*at && len < sizeof(err->text) - 1) {
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (!strncmp(at, words[i].name, strlen(words[i].name)))
				break;
		if (i == sizeof(words) / sizeof(words[0])) {
			err->text[len++] = *at++;
			continue;
		}
		len += (size_t)snprintf(err->text + len,
					sizeof(err->text) - len, "%s",
					words[i].text);
		at += strlen(words[i].name);
	}
	err->text[len < sizeof(err->text) ? len : sizeof(err->text) - 1] = '\0';
}

int ktb_access_explain(enum ktb_access_step step, int error, const char *device,
		       const char *module, struct ktb_error *err)
{
	const struct cause *cause = causes;
	struct scene *scene = ktb_alloc_zeroed(1, sizeof(*scene));

	set_scene(scene, error, device, module);
	/* The last row of each step fits always. */
	while (cause->step != step ||
	       (cause->error != error && cause->error != ANY_ERROR) ||
	       !cause->holds(scene))
		cause++;
	fill_in(cause, scene, err);
	free(scene);
	return err->code;
}

int ktb_access_load(const char *module, struct ktb_error *err)
{
	int fd = open(module, O_RDONLY | O_CLOEXEC);
	int ret;

	if (fd < 0)
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "cannot read the module %s: %s", module,
				       strerror(errno));
	ret = (int)syscall(SYS_finit_module, fd, "", 0);
	if (ret)
		ret = ktb_access_explain(KTB_ACCESS_LOAD, errno, "", module,
					 err);
	close(fd);
	return ret;
}

int ktb_access_unload(struct ktb_error *err)
{
	if (!syscall(SYS_delete_module, MODULE_NAME, O_NONBLOCK))
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_DEVICE,
		"the module stays loaded: %s; `rmmod " MODULE_NAME
		"` when nobody uses it any more",
		strerror(errno));
}
