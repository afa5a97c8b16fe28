#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The documents keep up with the tables: each workload has its section, which
# names each parameter and metric; links lead somewhere; each target and verb
# that the documents speak of exists.

. "$(dirname "$0")/../lib.sh"

CATALOG=$TOP/runner/catalog.json
HEADINGS="Question Method Inside Biases 'How to read it' 'What it does not show'"

# section NAME: its lines in BENCHMARKS.md, without what is common to all.
section() {
	sed -n "/^## $1\$/,/^## /p" "$TOP/BENCHMARKS.md"
	grep -E '^(The common parameters|Counters as for)' "$TOP/BENCHMARKS.md"
}

# names WORKLOAD: of its own and common parameters, and of its metrics.
names() {
	jq -r --arg w "$1" '.[] | select(.name == $w) | (.params[], .metrics[]).name' "$CATALOG" |
		sed 's/^level_[1-7]$/level_0/'
}

for workload in $(jq -r '.[].name' "$CATALOG"); do
	section "$workload" >"$TMP/section"
	[ "$workload" != hrtimer ] || sed -n '/^| counter | what |$/,/^$/p' "$TOP/BENCHMARKS.md" >>"$TMP/section"
	eval "set -- $HEADINGS"
	for heading; do
		check "$workload: its section has '$heading'" grep -q "^\*\*$heading" "$TMP/section"
	done
	check "$workload: it is in the index" grep -q "^| \[\`$workload\`\](#$workload)" "$TOP/BENCHMARKS.md"
	missing=
	for name in $(names "$workload"); do
		grep -q "\`$name\`" "$TMP/section" || missing="$missing $name"
	done
	check "$workload: every parameter and metric is explained${missing:+, but:$missing}" test -z "$missing"
done

for page in README.md BENCHMARKS.md HACKING.md docs/*.md; do
	dead=
	while read -r link; do
		[ -z "$link" ] || [ -e "$(dirname "$page")/$link" ] || dead="$dead $link"
	done < <(sed 's/](/\n](/g' "$page" | sed -n 's/^](\([^)#]*\)[)#].*/\1/p' | grep -v '^https\?:')
	check "$page: links lead somewhere${dead:+, but:$dead}" test -z "$dead"
done

make -C "$TOP" --no-print-directory help >"$TMP/help"
unknown=
while read -r target; do
	grep -qE "^  $target " "$TMP/help" || unknown="$unknown $target"
done < <(grep -hoE '(`|^ {4})make [a-z-]+' README.md HACKING.md BENCHMARKS.md docs/*.md | sed 's/.*make //' | sort -u)
check "each make target of the documents exists${unknown:+, but:$unknown}" test -z "$unknown"
finish
