# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What the scripts of this folder share: where things are, how they speak, how
# they lock. It knows nothing of kernels, images or QEMU.
# shellcheck disable=SC2034 # the scripts that source this use the variables

# shellcheck source=setup/environment.sh
. "$(dirname "${BASH_SOURCE[0]}")/../setup/environment.sh"
TOP=${TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
B=$(realpath -m "${B:-$TOP/build}")
CACHE=${KTBENCH_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ktbench}
PATH=$PATH:/usr/sbin:/sbin
export TOP B

# say WORDS...: a remark on stderr, unless --quiet was given.
say() {
	[ "${KTB_QUIET:-}" = yes ] || printf 'vm/%s: %s\n' "${0##*/}" "$*" >&2
}

# die STATUS WORDS...: one sentence on stderr, then the exit status.
die() {
	local status=$1

	shift
	printf 'vm/%s: %s\n' "${0##*/}" "$*" >&2
	exit "$status"
}

# row FILE NAME: the row of a table whose first column is NAME, columns parted
# by one '|' each, blanks around them taken off.
row() {
	sed -e '/^#/d; s/ *| */|/g; s/ *$//' "$1" |
		awk -F'|' -v name="$2" '$1 == name { print; found = 1 }
			END { exit !found }'
}

# names FILE: the first column of a table, on one line.
names() {
	sed -e '/^#/d; s/ *|.*//' "$1" | tr '\n' ' ' | sed 's/ $//'
}

# lock FILE: hold FILE's lock until this process ends.
lock() {
	mkdir -p "$(dirname "$1")" 2>/dev/null || die 126 \
		"cannot make $(dirname "$1"): choose another place with KTBENCH_CACHE= or B="
	exec {KTB_LOCK_FD}>"$1"
	flock -n "$KTB_LOCK_FD" && return
	say "waiting for another run that holds $1"
	flock -w 900 "$KTB_LOCK_FD" || die 126 \
		"$1 is still locked after 900 s: look for a hung vm/ script and end it"
}
