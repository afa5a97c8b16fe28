#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 700
# The same where softirqs are threads, and locks sleep.

KERNEL=6.12-rt PROGRAMS="hotplug patience"
export KERNEL PROGRAMS
exec "$(dirname "$0")/hotplug.sh"
