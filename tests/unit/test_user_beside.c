// SPDX-License-Identifier: GPL-2.0-or-later
/* Loads in user space run beside a run of user space. */
#include "user_abi.h"

#include "tests/abi/test_beside.c"
