// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the catalogue comes from. It may not know what it is used for.
 */
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "source.h"

int ktb_source_open(struct ktb_source *source, const char *path,
		    struct ktb_error *err)
{
	int ret, error;

	*source = (struct ktb_source){ .path = path };
	source->device =
		ktb_device_open(ktb_device_io, path, &source->info, &error);
	if (!source->device) {
		ktb_access_explain(KTB_ACCESS_OPEN, error, path, NULL,
				   &source->no_device);
		ret = ktb_catalog_find(&source->catalog, err);
		/* That there is no device is what has to be mended first. */
		if (ret == KTB_EXIT_SKIPPED)
			*err = source->no_device;
		return ret ? err->code : 0;
	}
	ret = ktb_device_catalog(source->device, &source->catalog);
	if (!ret)
		return 0;
	ktb_source_close(source);
	return ktb_message_set(err, KTB_EXIT_DEVICE,
			       "%s does not tell its workloads: %s", path,
			       strerror(-ret));
}

void ktb_source_remark(const struct ktb_source *source)
{
	if (!source->device)
		ktb_message_note(
			"the workloads are those of %s, not of a loaded module",
			source->catalog.source);
}

void ktb_source_close(struct ktb_source *source)
{
	ktb_catalog_free(&source->catalog);
	ktb_device_close(source->device);
	source->device = NULL;
}
