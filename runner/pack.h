/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts, compressed one by one. It knows the library, and neither files nor
 * what the texts say.
 */
#ifndef KTB_PACK_H
#define KTB_PACK_H

#include <stddef.h>

/**
 * ktb_pack() - compress a text
 * @text: its bytes
 * @bytes: how many
 * @packed: set to the size of what is returned
 *
 * The text becomes one frame of Zstandard (RFC 8878) with its size and a
 * checksum. Frames may follow one another in a file, which zstdcat unpacks.
 *
 * Return: the frame, to be freed; NULL without memory.
 */
void *ktb_pack(const char *text, size_t bytes, size_t *packed);

#endif /* KTB_PACK_H */
