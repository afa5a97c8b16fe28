/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is there or the program ends: the runner keeps little, and what
 * a full memory leaves in the kernel is cleaned up by the module's release().
 */
#ifndef KTB_ALLOC_H
#define KTB_ALLOC_H

#include <stddef.h>

/**
 * ktb_alloc_zeroed() - an array of zeros
 * @nr: entries, may be 0
 * @size: bytes of one entry
 *
 * Return: memory for free(); never NULL: without memory the program says so
 * and exits with 5.
 */
void *ktb_alloc_zeroed(size_t nr, size_t size);

/**
 * ktb_alloc_more() - room for one entry more at an array's end
 * @array: the array, NULL when @nr is 0
 * @nr: entries in use
 * @size: bytes of one entry
 *
 * The array grows at each power of two, so it may only be grown by this. The
 * new entry is zero.
 *
 * Return: the array, maybe at another address.
 */
void *ktb_alloc_more(void *array, size_t nr, size_t size);

/**
 * ktb_alloc_text() - a string made by a format
 * @fmt: as printf()
 *
 * Return: a string for free().
 */
char *ktb_alloc_text(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

#endif /* KTB_ALLOC_H */
