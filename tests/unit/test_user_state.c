// SPDX-License-Identifier: GPL-2.0-or-later
/* The device in user space has the states of the header. */
#include "user_abi.h"

#include "tests/abi/test_state.c"
