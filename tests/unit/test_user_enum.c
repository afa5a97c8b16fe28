// SPDX-License-Identifier: GPL-2.0-or-later
/* The enumeration of the device in user space is as the header says. */
#include "user_abi.h"

#include "tests/abi/test_enum.c"
