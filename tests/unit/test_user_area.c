// SPDX-License-Identifier: GPL-2.0-or-later
/* What the areas hold after a run of each companion agrees with itself. */
#include "user_abi.h"

#include "tests/abi/test_area.c"
