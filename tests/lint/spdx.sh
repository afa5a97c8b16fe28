#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Each source file says its licence in its first lines: GPL-2.0 in the module,
# GPL-2.0 WITH Linux-syscall-note in include/uapi, GPL-2.0-or-later elsewhere.

. "$(dirname "$0")/../lib.sh"

# Prints the licence that a path must have; nothing where it needs none.
licence_of()
{
	case $1 in
	include/uapi/*.h) echo 'GPL-2.0 WITH Linux-syscall-note' ;;
	module/*.[ch] | module/Kbuild | module/Makefile) echo 'GPL-2.0' ;;
	*.[ch] | *.sh | *.awk | *.gp | *.mk | *.py | Makefile) echo 'GPL-2.0-or-later' ;;
	*)
		case $(head -c 64 "$1" | head -n 1 | tr -d '\000') in
		'#!'*) echo 'GPL-2.0-or-later' ;;
		esac ;;
	esac
}

cd "$TOP" || exit 2
seen=0
for file in $(tree_files); do
	want=$(licence_of "$file")
	[ -n "$want" ] || continue
	seen=$((seen + 1))
	have=$(sed -n '1,3s/.*SPDX-License-Identifier: *//p' "$file" |
		sed 's, *\*/.*,,; s/ *$//' | head -n 1)
	[ "$have" = "$want" ] ||
		not_ok "$file: its first lines say '${have:-nothing}', not 'SPDX-License-Identifier: $want'"
done
[ "$KTB_FAILED" -gt 0 ] || ok "SPDX lines of $seen files"
finish
