#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# No script has anything that shellcheck would say; what begins with #! is
# executable.

. "$(dirname "$0")/../lib.sh"

command -v shellcheck >/dev/null ||
	skip_all "shellcheck is not installed (Debian: apt-get install shellcheck)"

# Left out: files that are sourced (they are checked themselves); A && B || C
# and expressions in single quotes, which are often meant (jq, awk, a guest's
# shell); functions that only a trap calls.
LEFT_OUT=SC1090,SC1091,SC2015,SC2016,SC2317

cd "$TOP" || exit 2
# Scripts are what says so in its first line, with any name, and *.sh.
tree_files | while IFS= read -r file; do
	case $(head -c 64 "$file" | head -n 1 | tr -d '\000') in
	'#!'*sh) echo "$file" ;;
	*) case $file in *.sh) echo "$file" ;; esac ;;
	esac
done >"$TMP/files"

while IFS= read -r file; do
	if shellcheck -S style -f gcc -e $LEFT_OUT "$file" >"$TMP/found" 2>&1; then
		continue
	fi
	not_ok "shellcheck of $file"
	head -n 20 "$TMP/found" | diag
done <"$TMP/files"
[ "$KTB_FAILED" -gt 0 ] || ok "shellcheck of $(wc -l <"$TMP/files") scripts"

wrong=
while IFS= read -r file; do
	case $(head -n 1 "$file") in
	'#!'*) [ -x "$file" ] || wrong="$wrong $file" ;;
	esac
done <"$TMP/files"
# shellcheck disable=SC2086 # one line a file
[ -z "$wrong" ] || printf 'run: chmod +x %s\n' $wrong | diag
check "scripts are executable" test -z "$wrong"
finish
