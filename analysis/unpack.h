/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of a file that may be compressed: plain text, or frames of Zstandard
 * one after the other. It knows files and the library, and nothing of what
 * stands in the lines.
 */
#ifndef KTB_UNPACK_H
#define KTB_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct ktb_unpack;

/**
 * struct ktb_unpack_place - where a line begins
 * @frame: offset in the file of the frame that it begins in; 0 in plain text
 * @skip: bytes of text before it, in that frame
 */
struct ktb_unpack_place {
	off_t frame;
	uint64_t skip;
};

/** enum ktb_unpacked - what came of reading a line */
enum ktb_unpacked {
	KTB_UNPACKED_LINE,
	KTB_UNPACKED_END,
	/* The file ends within a line or within a frame. */
	KTB_UNPACKED_TORN,
	/* It cannot be unpacked there; ktb_unpack_why() says why. */
	KTB_UNPACKED_DAMAGED,
	/* It cannot be read; errno says why. */
	KTB_UNPACKED_FAILED,
};

/**
 * ktb_unpack_open() - open a file
 * @path: the file
 *
 * Return: the file, at its first line; NULL with errno set.
 */
struct ktb_unpack *ktb_unpack_open(const char *path);

/**
 * ktb_unpack_close() - close it
 * @from: opened, or NULL
 */
void ktb_unpack_close(struct ktb_unpack *from);

/**
 * ktb_unpack_rest() - give back memory and the descriptor
 * @from: opened, or NULL; ktb_unpack_seek() opens the file again
 *
 * Many results may be open at once.
 */
void ktb_unpack_rest(struct ktb_unpack *from);

/**
 * ktb_unpack_line() - read the next line
 * @from: the file
 * @text: the line without its newline, and a null byte; made larger with
 *	realloc(), to be freed by the caller
 * @room: of @text
 * @bytes: set to the length of the line, or of the part that is there
 * @place: set to where it begins
 *
 * Return: what came of it.
 */
enum ktb_unpacked ktb_unpack_line(struct ktb_unpack *from, char **text,
				  size_t *room, size_t *bytes,
				  struct ktb_unpack_place *place);

/**
 * ktb_unpack_seek() - go to a line
 * @from: the file
 * @place: as ktb_unpack_line() told it
 *
 * Return: false if there is no such place, or it cannot be reached.
 */
bool ktb_unpack_seek(struct ktb_unpack *from,
		     const struct ktb_unpack_place *place);

/**
 * ktb_unpack_torn() - how much is torn
 * @from: a file whose last line came as KTB_UNPACKED_TORN
 *
 * Return: bytes of the file from the beginning of the line or frame that is not
 * whole to its end.
 */
size_t ktb_unpack_torn(const struct ktb_unpack *from);

/**
 * ktb_unpack_why() - why it cannot be unpacked
 * @from: a file that is damaged
 *
 * Return: a few words.
 */
const char *ktb_unpack_why(const struct ktb_unpack *from);

#endif /* KTB_UNPACK_H */
