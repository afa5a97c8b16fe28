#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# cppcheck finds nothing in the user-space code. The module is sparse's
# (tests/module/sparse.sh): cppcheck does not know the kernel's macros.

. "$(dirname "$0")/../lib.sh"

# That of Debian 12: a later one takes more for possible that is not.
pinned cppcheck 2.10

cd "$TOP" || exit 2
for dir in runner analysis tests; do
	if ! tree_files | grep -q "^$dir/.*\.c\$"; then
		continue
	fi
	check "cppcheck of $dir/" cppcheck --quiet --error-exitcode=1 \
		--enable=warning,performance,portability --std=c11 --language=c \
		--inline-suppr --suppress=missingInclude \
		--suppress=unknownMacro --suppress=internalAstError --suppress=normalCheckLevelMaxBranches \
		--template='{file}:{line}: {severity}: {message} [{id}]' \
		-j 2 -D_GNU_SOURCE -D__linux__ -I include "$dir"
done
[ "$KTB_CASES" -gt 0 ] || skip "cppcheck" "there is no C file in runner, analysis, tests"
finish
