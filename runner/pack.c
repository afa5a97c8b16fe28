// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compresses texts. It may not know where they go.
 */
#include <stdlib.h>

#include <zstd.h>

#include "pack.h"

/*
 * Histograms of many CPUs are nearly all of a large result, and from level 16 on
 * they take a fifth less room than at level 13. On one CPU a second packs some
 * megabytes at that level: the texts of a small machine are packed at a lower
 * one, since a guest that is emulated takes ten times as long.
 */
#define PACK_LEVEL	 6
#define PACK_LEVEL_LARGE 16
#define PACK_LARGE	 (256 * 1024)

void *ktb_pack(const char *text, size_t bytes, size_t *packed)
{
	const size_t room = ZSTD_compressBound(bytes);
	ZSTD_CCtx *context = ZSTD_createCCtx();
	void *frame = malloc(room);

	if (!context || !frame)
		goto failed;
	ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel,
			       bytes < PACK_LARGE ? PACK_LEVEL :
						    PACK_LEVEL_LARGE);
	ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
	*packed = ZSTD_compress2(context, frame, room, text, bytes);
	if (ZSTD_isError(*packed))
		goto failed;
	ZSTD_freeCCtx(context);
	return frame;
failed:
	ZSTD_freeCCtx(context);
	free(frame);
	return NULL;
}
