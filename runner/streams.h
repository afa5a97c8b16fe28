/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Standard input, output and error: descriptors that are always taken.
 */
#ifndef KTB_STREAMS_H
#define KTB_STREAMS_H

/**
 * ktb_streams_open() - take those of descriptors 0, 1, 2 that the caller closed
 *
 * Else the first file that is opened becomes one of them, and what is meant
 * for the user is written into it. Who reads from a closed input is at its end;
 * writing to a closed output stays an error; errors go nowhere. To be called
 * before anything else opens a file. Children inherit all three.
 *
 * Return: 0 or -errno: then nothing may be opened.
 */
int ktb_streams_open(void);

#endif /* KTB_STREAMS_H */
