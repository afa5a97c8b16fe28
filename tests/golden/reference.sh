#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The table of the exact suite in BENCHMARKS.md is what results/reference/ says, and has no
# hole; every kernel of the matrix has its figures there. Recording is as cheap as promised.

. "$(dirname "$0")/../lib.sh"

command -v jq >/dev/null || skip_all "jq is not installed"
"$TOP/vm/exact-table" >"$TMP/table.md" 2>"$TMP/err"
check "the table is printed" test $? -eq 0
diag <"$TMP/err"
printf '%s\n' "$(awk '/^\| least/ && !done { on = done = 1 } /^## / { on = 0 } on' "$TOP/BENCHMARKS.md")" >"$TMP/published.md"
check "it is the one in BENCHMARKS.md" diff -u "$TMP/published.md" "$TMP/table.md"
check "what fork is without rep stands beside it" grep -q '^| without clearing pages, .* 13,047 | 13,560 | 16,550 |$' "$TMP/published.md"
check "each path is there in each kernel" sh -c "! grep -q '| - |' '$TMP/table.md'"
# What we promise of ourselves: a sample costs this much beyond the clock read that it needs.
check "recording takes 45 instructions at most, in each kernel" jq -se '
	def mean($metric): .figures[] | select(.job == "null" and .metric == $metric).mean;
	map(mean("record") - mean("clock_pair")) | length > 0 and all(. > 0 and . <= 45)' \
	"$TOP"/results/reference/*.json
check_fails 2 'make exact-reference KERNELS=' "a kernel without figures is told" \
	env REFERENCE="$TMP" "$TOP/vm/exact-table"
finish
