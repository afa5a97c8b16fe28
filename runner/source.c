// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the catalogue comes from. It may not know what it is used for.
 */
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "alloc.h"
#include "source.h"

/* A device's own workloads; @what is how people call it. */
static int ask(struct ktb_device *device, const char *what,
	       struct ktb_catalog *catalog, struct ktb_error *err)
{
	int ret = ktb_device_catalog(device, catalog);

	if (!ret)
		return 0;
	return ktb_message_set(err, KTB_EXIT_DEVICE,
			       "%s does not tell its workloads: %s", what,
			       strerror(-ret));
}

static int open_module(struct ktb_source *source, const char *path,
		       struct ktb_error *err)
{
	int ret, error;

	source->device =
		ktb_device_open(ktb_device_io, path, &source->info, &error);
	if (source->device) {
		ret = ask(source->device, path, &source->catalog, err);
		source->catalog.source = ktb_alloc_text("the loaded module");
		return ret;
	}
	ktb_access_explain(KTB_ACCESS_OPEN, error, path, NULL,
			   &source->no_device);
	ret = ktb_catalog_find(&source->catalog, err);
	/* What user space measures is known without a catalogue. */
	if (ret == KTB_EXIT_SKIPPED) {
		source->catalog.absent = &source->no_device;
		return 0;
	}
	if (!ret)
		ktb_catalog_drop_user(&source->catalog);
	return ret;
}

static int open_user(struct ktb_source *source, struct ktb_error *err)
{
	struct ktb_device_info info;
	struct ktb_catalog catalog;
	int ret, error;

	source->user = ktb_device_open(&ktb_device_user_io, "", &info, &error);
	if (!source->user)
		return ktb_message_set(
			err, KTB_EXIT_DEVICE,
			"the device in user space cannot be opened: %s",
			strerror(error));
	ret = ask(source->user, "the device in user space", &catalog, err);
	if (!ret)
		ktb_catalog_append(&source->catalog, &catalog);
	return ret;
}

int ktb_source_open(struct ktb_source *source, const char *path,
		    struct ktb_error *err)
{
	int ret;

	*source = (struct ktb_source){ .path = path };
	ret = open_module(source, path, err);
	if (!ret)
		ret = open_user(source, err);
	if (ret)
		ktb_source_close(source);
	return ret;
}

struct ktb_device *ktb_source_device(const struct ktb_source *source,
				     const struct ktb_workload *workload)
{
	return workload->is_user ? source->user : source->device;
}

struct ktb_device *ktb_source_open_more(const struct ktb_source *source,
					const struct ktb_workload *workload,
					int *error)
{
	struct ktb_device_info info;

	return ktb_device_open(workload->is_user ? &ktb_device_user_io :
						   ktb_device_io,
			       source->path, &info, error);
}

void ktb_source_remark(const struct ktb_source *source)
{
	if (source->device)
		return;
	if (source->catalog.source)
		ktb_message_note(
			"the module's workloads are those of %s, not of a loaded module",
			source->catalog.source);
	else
		ktb_message_note(
			"no workloads but those of user space are known: no catalogue is kept with this program, and %s",
			source->no_device.text);
}

void ktb_source_close(struct ktb_source *source)
{
	ktb_catalog_free(&source->catalog);
	ktb_device_close(source->user);
	ktb_device_close(source->device);
	source->user = source->device = NULL;
}
