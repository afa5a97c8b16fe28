#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# One run that is given twice, as a copy, a link, or by its name again: each verb that
# takes several results says so, and counts it once or not at all.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
MAKE_RESULT=$B/tests/analysis/make_result

[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"

# make SIDE BOOT: a result of its own.
make() {
	mkdir -p "$TMP/$1"
	"$MAKE_RESULT" --cells 4 --cpus 2 --samples 100 --seed "$2" --kernel "6.$1" --noise 20000 \
		--created "2026-01-02T03:04:0${2}Z" "$TMP/$1/run-$2"
	sed -i "s/\"run\": \"[^\"]*\"/\"run\": \"$1-$2\"/; s/\"hostname\"/\"boot_id\": \"$1 $2\", \"hostname\"/" \
		"$TMP/$1/run-$2/result.json"
}
for boot in 1 2 3; do
	make A $boot
	make B $boot
done
# The ways to give A/run-1 a second time.
cp -r "$TMP/A/run-1" "$TMP/copy"
cp -r "$TMP/A/run-1" "$TMP/torn" && truncate -s -9 "$TMP/torn/cells.jsonl"
ln -s "$TMP/A/run-1" "$TMP/link"
WAYS="copy link A/run-1 A/../A/run-1"

# refuses VERB... : with each of the ways.
refuses() {
	local way words='are one directory'

	for way in $WAYS torn; do
		case $way in
		copy | torn) words='are one run, copied' ;;
		*) words='are one directory' ;;
		esac
		check_fails 2 "$words; name it once" "$1, and $way" "$KTBENCH" "$@" "$TMP/A/run-1" "$TMP/$way"
	done
}
refuses report --together "$TMP/together"
for format in google-benchmark smaller-is-better bmf csv jsonl junit openmetrics; do
	refuses export -f $format
done
refuses export -f hgrm -m harness/empty

# A side of a comparison leaves it out, and says which.
status=0
"$KTBENCH" compare -f json "$TMP/A" "$TMP/B" >"$TMP/once" 2>"$TMP/err" || status=$?
check "three boots a side" test "$(jq -c '[.sides[].results]' "$TMP/once")" = "[3,3]"
check "  of which nothing is said" test ! -s "$TMP/err"
ln -s "$TMP/A/run-1" "$TMP/A/run-4"
cp -r "$TMP/A/run-2" "$TMP/A/run-5"
again=0
"$KTBENCH" compare -f json "$TMP/A" "$TMP/B" >"$TMP/twice" 2>"$TMP/err" || again=$?
check "a link beside them is told" grep -q 'left out: .*/A/run-4: it and .*/A/run-1 are one directory$' "$TMP/err"
check "so is a copy" grep -q 'left out: .*/A/run-5: it and .*/A/run-2 are one run, copied$' "$TMP/err"
check "  and they change nothing" cmp "$TMP/once" "$TMP/twice"
check "  nor how it ends" test $again -eq $status

# An index has a run once.
"$KTBENCH" trend -i "$TMP/index" "$TMP/A" >"$TMP/said" 2>"$TMP/err"
check "trend has three of five" test "$(jq -r .run "$TMP/index" | sort -u | wc -l)" -eq 3
check "  and says of the copy why" grep -q 'left out: .*/A/run-5: it has the name and the date of another one' "$TMP/err"

# What only looks the same is not: another boot, seed or beginning; the exact lane,
# where the same inputs make the same bytes.
for change in 's/"boot_id": "A 1"/"boot_id": "other"/' 's/"seed": [0-9]*/"seed": 77/'; do
	rm -rf "$TMP/other" && cp -r "$TMP/A/run-1" "$TMP/other"
	sed -i "$change" "$TMP/other/result.json"
	check "two runs, by $change" "$KTBENCH" report -q --no-plots -o "$TMP/together" "$TMP/A/run-1" "$TMP/other"
done
rm -rf "$TMP/other" && cp -r "$TMP/A/run-1" "$TMP/other"
jq -c '.begin_ns -= 1' "$TMP/A/run-1/cells.jsonl" >"$TMP/other/cells.jsonl"
check "two runs, by when they began" "$KTBENCH" report -q --no-plots -o "$TMP/together" "$TMP/A/run-1" "$TMP/other"
"$MAKE_RESULT" --cells 2 --cpus 2 --samples 100 --lane exact "$TMP/exact"
cp -r "$TMP/exact" "$TMP/same"
check "two runs of the exact lane" "$KTBENCH" report -q --no-plots -o "$TMP/together" "$TMP/exact" "$TMP/same"
check_fails 2 'are one directory; name it once' "  but not one twice" \
	"$KTBENCH" report -q --no-plots -o "$TMP/together" "$TMP/exact" "$TMP/exact"
finish
