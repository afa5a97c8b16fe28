/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a file turns out to be that should be text in UTF-8, by its first bytes.
 * It knows nothing of what the text says.
 */
#ifndef KTB_ENCODING_H
#define KTB_ENCODING_H

#include <linux/types.h>

#define KTB_ENCODING_MARK_BYTES 3

/**
 * ktb_encoding_has_mark() - does a text begin with UTF-8's byte-order mark?
 * @bytes: its beginning
 * @length: bytes there
 */
static inline _Bool ktb_encoding_has_mark(const char *bytes, __u64 length)
{
	return length >= KTB_ENCODING_MARK_BYTES &&
	       !__builtin_memcmp(bytes, "\xef\xbb\xbf",
				 KTB_ENCODING_MARK_BYTES);
}

/**
 * ktb_encoding_instead() - what bytes are that are no text in UTF-8
 * @bytes: its beginning, or all of it
 * @length: bytes there
 *
 * Return: the end of a sentence, or NULL if they may be text.
 */
static inline const char *ktb_encoding_instead(const char *bytes, __u64 length)
{
	static const struct {
		unsigned int length;
		const char *bytes;
		const char *is;
	} marks[] = {
		{ 4, "\xff\xfe\0\0", "it is UTF-32; save it as UTF-8" },
		{ 4, "\0\0\xfe\xff", "it is UTF-32; save it as UTF-8" },
		{ 2, "\xff\xfe", "it is UTF-16; save it as UTF-8" },
		{ 2, "\xfe\xff", "it is UTF-16; save it as UTF-8" },
		{ 2, "\x1f\x8b", "it is compressed by gzip; unpack it" },
		{ 4, "\x28\xb5\x2f\xfd",
		  "it is compressed by zstd; unpack it" },
	};
	__u64 i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (length >= marks[i].length &&
		    !__builtin_memcmp(bytes, marks[i].bytes, marks[i].length))
			return marks[i].is;
	if (!length || !__builtin_memchr(bytes, '\0', length))
		return 0;
	/* Every other byte of a Latin text. */
	if (length >= 4 && !bytes[0] == !bytes[2] && !bytes[1] == !bytes[3] &&
	    !bytes[0] != !bytes[1])
		return "it is UTF-16 without a byte-order mark; save it as UTF-8";
	return "it contains zero bytes";
}

#endif /* KTB_ENCODING_H */
