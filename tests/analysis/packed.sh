#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Cells that are compressed, as the runner writes them, and plain ones of older results
# say the same in every output; vm/cells makes the ones of the others.

. "$(dirname "$0")/../lib.sh"

KTB=$B/ktbench
MAKE_RESULT=$B/tests/analysis/make_result
VALIDATE=$(dirname "$0")/validate

[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"
command -v zstd >/dev/null || skip_all "zstd is not installed"

for form in plain packed; do
	option=
	[ $form = plain ] || option=--packed
	mkdir "$TMP/$form"
	# shellcheck disable=SC2086 # an option or nothing
	"$MAKE_RESULT" --cells 12 --cpus 4 --repetitions 2 --samples 300 --odd --losses \
		$option "$TMP/$form/result"
done
check "the packed one is no larger than a third" sh -c \
	'[ $(($(wc -c <"$1/packed/result/cells.jsonl.zst") * 3)) -lt $(wc -c <"$1/plain/result/cells.jsonl") ]' sh "$TMP"
check "both are as the schemas say" "$VALIDATE" "$TMP/plain/result" "$TMP/packed/result"

# same WHAT COMMAND...: run in both directories, it prints the same.
same()
{
	what=$1
	shift
	for form in plain packed; do
		# 6: there are invalid repetitions.
		(cd "$TMP/$form" && "$@" >"$TMP/$form.out" 2>"$TMP/$form.err") || [ $? -eq 6 ] ||
			diag <"$TMP/$form.err"
	done
	check "$what: the same" cmp "$TMP/plain.out" "$TMP/packed.out"
	check "$what: and it says something" test -s "$TMP/packed.out"
}
# The worst samples that are left out are behind the 64 worst of their repetition.
same "text" sh -c "'$KTB' report --no-plots result | grep -v 'more within'"
for format in csv jsonl openmetrics 'hgrm --metric harness/record'; do
	# shellcheck disable=SC2086 # a format and its option
	same "export ${format%% *}" "$KTB" export -f $format result
done
same "cells" sh -c "'$TOP/vm/cells' result | jq -c 'del(.cpus[].worst)'"

# Two of each CPU, and the 64 worst of all.
check "the worst are those of all" sh -ec '
	for form in plain packed; do
		"$TOP/vm/cells" "$1/$form/result" | jq -c \
			"[.cpus[].worst[] | .value_ns - .allowed_ns] | sort | .[-64:]" >"$1/$form.worst"
	done
	test -s "$1/plain.worst"
	cmp "$1/plain.worst" "$1/packed.worst"' sh "$TMP"

cp -r "$TMP/packed" "$TMP/torn"
truncate -s -1 "$TMP/torn/result/cells.jsonl.zst"
check "a torn one is told" sh -c "'$KTB' report --no-plots '$TMP/torn/result' 2>&1 |
	grep -q 'cells.jsonl.zst: the last line is cut off after'"
cp -r "$TMP/packed" "$TMP/unpacked"
zstd -dq --rm "$TMP/unpacked/result/cells.jsonl.zst"
check "what somebody has unpacked says the same" sh -ec '
	for form in packed unpacked; do
		"$2" export -f csv "$1/$form/result" >"$1/$form.csv"
	done
	test -s "$1/packed.csv"
	cmp "$1/unpacked.csv" "$1/packed.csv"' sh "$TMP" "$KTB"
finish
