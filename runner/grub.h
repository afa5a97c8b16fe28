/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GRUB's menu: which entry boots a kernel. It reads a text and nothing else.
 */
#ifndef KTB_GRUB_H
#define KTB_GRUB_H

/**
 * ktb_grub_entry() - find the entry of a kernel
 * @config: the text of grub.cfg
 * @kernel: a release; its image is vmlinuz-RELEASE
 *
 * The first entry that boots this image, into more than a single user's shell;
 * one whose title names the release is better than the first of all ("Debian
 * GNU/Linux"), which boots whatever is newest.
 *
 * Return: what grub-reboot takes, a string for free(): `SUBMENU>ENTRY`, by their
 * ids, or by their titles where they have none; NULL if there is no such entry.
 */
char *ktb_grub_entry(const char *config, const char *kernel);

#endif /* KTB_GRUB_H */
