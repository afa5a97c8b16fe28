#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 700
# CPUs that go away, in a guest of their own: test_hotplug.c. KERNEL as of abi.sh.

PROGRAMS=${PROGRAMS:-hotplug} LIMIT=400
export PROGRAMS LIMIT
exec "$(dirname "$0")/abi.sh"
