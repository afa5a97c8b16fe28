// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads lines, and unpacks them on the way. A frame is unpacked piece by piece,
 * so that a file may be larger than the memory. It knows nothing of JSON.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "unpack.h"

#define UNPACK_ROOM (256 * 1024)

/**
 * struct ktb_unpack - a file being read
 * @path: the file
 * @is_packed: it is no plain text
 * @file: the file, NULL while it rests
 * @stream: unpacks it; NULL if it is plain text
 * @in: bytes of the file
 * @in_nr: how many
 * @in_at: those before it were used
 * @in_end: offset in the file of the byte behind them
 * @out: text
 * @out_nr: how many bytes
 * @out_at: those before it were read
 * @next: where the byte at @out_at stands
 * @is_within: a frame has begun and not ended
 * @torn: bytes that are not whole
 * @why: why it cannot be unpacked
 */
struct ktb_unpack {
	char *path;
	bool is_packed;
	FILE *file;
	ZSTD_DStream *stream;
	char *in;
	size_t in_nr, in_at;
	off_t in_end;
	char *out;
	size_t out_nr, out_at;
	struct ktb_unpack_place next;
	bool is_within;
	size_t torn;
	const char *why;
};

static bool unpack_is_packed(FILE *file)
{
	unsigned char magic[4];
	bool is;

	is = fread(magic, 1, sizeof(magic), file) == sizeof(magic) &&
	     (magic[0] | magic[1] << 8 | magic[2] << 16 |
	      (uint32_t)magic[3] << 24) == ZSTD_MAGICNUMBER;
	rewind(file);
	return is;
}

void ktb_unpack_rest(struct ktb_unpack *from)
{
	if (!from)
		return;
	if (from->file)
		fclose(from->file);
	ZSTD_freeDStream(from->stream);
	free(from->in);
	free(from->out);
	*from = (struct ktb_unpack){ .path = from->path,
				     .is_packed = from->is_packed };
}

/* At its beginning. */
static bool unpack_wake(struct ktb_unpack *from)
{
	from->file = fopen(from->path, "re");
	if (!from->file)
		return false;
	from->is_packed = unpack_is_packed(from->file);
	from->in = malloc(UNPACK_ROOM);
	from->out = malloc(UNPACK_ROOM);
	from->stream = from->is_packed ? ZSTD_createDStream() : NULL;
	if (from->in && from->out && (from->stream || !from->is_packed))
		return true;
	ktb_unpack_rest(from);
	errno = ENOMEM;
	return false;
}

struct ktb_unpack *ktb_unpack_open(const char *path)
{
	struct ktb_unpack *from = calloc(1, sizeof(*from));
	int error;

	if (!from)
		return NULL;
	from->path = strdup(path);
	if (from->path && unpack_wake(from))
		return from;
	error = errno;
	ktb_unpack_close(from);
	errno = error;
	return NULL;
}

void ktb_unpack_close(struct ktb_unpack *from)
{
	if (!from)
		return;
	ktb_unpack_rest(from);
	free(from->path);
	free(from);
}

/* More of the file: LINE if there is some. */
static enum ktb_unpacked unpack_more(struct ktb_unpack *from)
{
	if (from->in_at < from->in_nr)
		return KTB_UNPACKED_LINE;
	from->in_at = 0;
	from->in_nr = fread(from->in, 1, UNPACK_ROOM, from->file);
	from->in_end += (off_t)from->in_nr;
	if (from->in_nr)
		return KTB_UNPACKED_LINE;
	return ferror(from->file) ? KTB_UNPACKED_FAILED : KTB_UNPACKED_END;
}

static off_t unpack_offset(const struct ktb_unpack *from)
{
	return from->in_end - (off_t)(from->in_nr - from->in_at);
}

/* What a machine that lost power leaves behind the end of a file. */
static bool unpack_is_zero(struct ktb_unpack *from)
{
	while (unpack_more(from) == KTB_UNPACKED_LINE) {
		if (from->in[from->in_at])
			return false;
		from->in_at++;
	}
	return !ferror(from->file);
}

static enum ktb_unpacked unpack_torn(struct ktb_unpack *from)
{
	from->torn = (size_t)(from->in_end - from->next.frame);
	return KTB_UNPACKED_TORN;
}

/* Some text, or the end of a frame. */
static enum ktb_unpacked unpack_piece(struct ktb_unpack *from)
{
	ZSTD_inBuffer in = { from->in, from->in_nr, from->in_at };
	ZSTD_outBuffer out = { from->out, UNPACK_ROOM, 0 };
	size_t ret = ZSTD_decompressStream(from->stream, &out, &in);

	from->in_at = in.pos;
	from->out_nr = out.pos;
	if (ZSTD_isError(ret)) {
		from->why = ZSTD_getErrorName(ret);
		return KTB_UNPACKED_DAMAGED;
	}
	from->is_within = ret;
	return KTB_UNPACKED_LINE;
}

/* Text into @out, which has been read; LINE if there is some. */
static enum ktb_unpacked unpack_frames(struct ktb_unpack *from)
{
	enum ktb_unpacked is;

	while (!from->out_nr) {
		is = unpack_more(from);
		if (is == KTB_UNPACKED_END && from->is_within)
			return unpack_torn(from);
		if (is != KTB_UNPACKED_LINE)
			return is;
		if (!from->is_within) {
			from->next =
				(struct ktb_unpack_place){ unpack_offset(from),
							   0 };
			ZSTD_DCtx_reset(from->stream, ZSTD_reset_session_only);
			if (!from->in[from->in_at] && unpack_is_zero(from))
				return unpack_torn(from);
			if (from->in_at == from->in_nr)
				continue;
			from->is_within = true;
		}
		is = unpack_piece(from);
		if (is != KTB_UNPACKED_LINE)
			return is;
	}
	return KTB_UNPACKED_LINE;
}

static enum ktb_unpacked unpack_fill(struct ktb_unpack *from)
{
	from->out_at = from->out_nr = 0;
	if (from->stream)
		return unpack_frames(from);
	from->out_nr = fread(from->out, 1, UNPACK_ROOM, from->file);
	if (from->out_nr)
		return KTB_UNPACKED_LINE;
	return ferror(from->file) ? KTB_UNPACKED_FAILED : KTB_UNPACKED_END;
}

static void unpack_take(struct ktb_unpack *from, size_t bytes)
{
	from->out_at += bytes;
	from->next.skip += bytes;
}

static bool unpack_append(struct ktb_unpack *from, char **text, size_t *room,
			  size_t at, size_t bytes)
{
	size_t wanted = *room ? *room : 4096;
	char *grown;

	while (wanted < at + bytes + 1)
		wanted *= 2;
	if (wanted > *room) {
		grown = realloc(*text, wanted);
		if (!grown)
			return false;
		*text = grown;
		*room = wanted;
	}
	memcpy(*text + at, from->out + from->out_at, bytes);
	(*text)[at + bytes] = '\0';
	return true;
}

enum ktb_unpacked ktb_unpack_line(struct ktb_unpack *from, char **text,
				  size_t *room, size_t *bytes,
				  struct ktb_unpack_place *place)
{
	enum ktb_unpacked is;
	const char *end;
	size_t nr;

	for (*bytes = 0;; *bytes += nr) {
		if (from->out_at == from->out_nr) {
			is = unpack_fill(from);
			if (is == KTB_UNPACKED_END && *bytes) {
				from->torn = *bytes;
				return KTB_UNPACKED_TORN;
			}
			if (!*bytes)
				*place = from->next;
			if (is != KTB_UNPACKED_LINE)
				return is;
		}
		if (!*bytes)
			*place = from->next;
		nr = from->out_nr - from->out_at;
		end = memchr(from->out + from->out_at, '\n', nr);
		if (end)
			nr = (size_t)(end - from->out) - from->out_at;
		if (!unpack_append(from, text, room, *bytes, nr)) {
			errno = ENOMEM;
			return KTB_UNPACKED_FAILED;
		}
		unpack_take(from, nr + (end ? 1 : 0));
		if (end) {
			*bytes += nr;
			return KTB_UNPACKED_LINE;
		}
	}
}

static bool unpack_rewind(struct ktb_unpack *from, off_t frame)
{
	if (fseeko(from->file, frame, SEEK_SET))
		return false;
	from->in_end = frame;
	from->in_at = from->in_nr = 0;
	from->out_at = from->out_nr = 0;
	from->is_within = false;
	from->next = (struct ktb_unpack_place){ frame, 0 };
	return true;
}

bool ktb_unpack_seek(struct ktb_unpack *from,
		     const struct ktb_unpack_place *place)
{
	size_t nr;

	if (!from->file && !unpack_wake(from))
		return false;
	if (!from->stream) {
		if (!unpack_rewind(from, (off_t)place->skip))
			return false;
		from->next = *place;
		return true;
	}
	/* Lines of one frame are wanted in their order, mostly. */
	if ((from->next.frame != place->frame ||
	     from->next.skip > place->skip) &&
	    !unpack_rewind(from, place->frame))
		return false;
	while (from->next.skip < place->skip) {
		if (from->out_at == from->out_nr &&
		    unpack_fill(from) != KTB_UNPACKED_LINE)
			return false;
		if (from->next.frame != place->frame)
			return false;
		nr = from->out_nr - from->out_at;
		if (nr > place->skip - from->next.skip)
			nr = (size_t)(place->skip - from->next.skip);
		unpack_take(from, nr);
	}
	return true;
}

size_t ktb_unpack_torn(const struct ktb_unpack *from)
{
	return from->torn;
}

const char *ktb_unpack_why(const struct ktb_unpack *from)
{
	return from->why;
}
