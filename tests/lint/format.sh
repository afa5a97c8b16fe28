#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Each C file is as clang-format leaves it, by the tree's .clang-format.

. "$(dirname "$0")/../lib.sh"

# That of Debian 12, for which .clang-format is written.
pinned clang-format 14

# path | reason
exceptions()
{
	cat <<-EOF
	include/uapi/linux/ktbench.h | its tables are aligned by tabs, as in the kernel's own uapi headers
	EOF
}

cd "$TOP" || exit 2
exceptions | sed 's/ *|.*//' >"$TMP/exceptions"
tree_files | grep '\.[ch]$' | grep -vxFf "$TMP/exceptions" >"$TMP/files" || true
# All in one call; a file at a time only to say which.
xargs clang-format --dry-run -Werror <"$TMP/files" >"$TMP/found" 2>&1 || while IFS= read -r file; do
	if clang-format --dry-run -Werror "$file" >"$TMP/found" 2>&1; then
		continue
	fi
	not_ok "format of $file"
	diag "run: clang-format -i $file"
	grep 'clang-format-violations' "$TMP/found" | head -n 5 | diag
done <"$TMP/files"
[ "$KTB_FAILED" -gt 0 ] || ok "format of $(wc -l <"$TMP/files") files"
exceptions | while IFS='|' read -r file reason; do
	diag "left out: $file:$reason"
done
finish
