#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Nothing in the tree names the machine that it was written on, or one package
# mirror: both are somebody else's on the next machine.

. "$(dirname "$0")/../lib.sh"

# what | may not match
rules()
{
	cat <<-'EOF'
	no path of one machine's home or work directory | (^|[^A-Za-z0-9_.$}/-])/(home|work|mnt|data)/[A-Za-z0-9_.-]
	no build directory of a person in /tmp | /tmp/build-
	no host of a package mirror | (https?|ftp)://(deb|ftp|security|mirror|mirrors|archive)\.
	EOF
}

cd "$TOP" || exit 2
self=tests/lint/portable.sh
rules | sed 's/^[ 	]*//' >"$TMP/rules"
# The result directories that are kept as a reference say where they were taken.
tree_files | grep -v -e "^$self\$" -e '^tests/must-fail/' -e '^results/reference/' >"$TMP/files"
while IFS= read -r rule; do
	what=$(echo "${rule%%|*}" | sed 's/ *$//')
	regex=$(echo "${rule#*|}" | sed 's/^ *//')
	if tr '\n' '\0' <"$TMP/files" |
	   xargs -0 grep -HnIE -e "$regex" -- >"$TMP/found" 2>/dev/null; then
		not_ok "$what"
		head -n 20 "$TMP/found" | diag
	else
		ok "$what"
	fi
done <"$TMP/rules"
finish
