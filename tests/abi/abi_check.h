/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checks of contracts, said shortly, as abi.h does for the rest.
 */
#ifndef TESTS_ABI_ABI_CHECK_H
#define TESTS_ABI_ABI_CHECK_H

#include "abi.h"

static inline int abi_check_info(int fd, __u32 index,
				 struct ktb_check_info *info)
{
	*info = (struct ktb_check_info){
		.size = sizeof(*info),
		.index = index,
	};
	return abi_ioctl(fd, KTB_IOC_CHECK_INFO, info);
}

static inline int abi_check(int fd, __u32 index, struct ktb_check_run *run)
{
	*run = (struct ktb_check_run){ .size = sizeof(*run), .index = index };
	return abi_ioctl(fd, KTB_IOC_CHECK, run);
}

#endif /* TESTS_ABI_ABI_CHECK_H */
