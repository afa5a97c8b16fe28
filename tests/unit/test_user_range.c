// SPDX-License-Identifier: GPL-2.0-or-later
/* The device in user space refuses what is out of range as the header says. */
#include "user_abi.h"

#include "tests/abi/test_range.c"
