#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Names of jobs that no document can hold as they are: every format of every verb
# stays whole for the reader that it is for, and no two names become one.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
MAKE_RESULT=$B/tests/analysis/make_result

[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"
[ -n "$(type -P xmllint)" ] || skip_all "xmllint is missing (Debian: apt-get install libxml2-utils)"
[ -n "$(type -P python3)" ] || skip_all "python3 is missing"

# odd DIR: its job wheel-scaling becomes four jobs, a cell each, with odd names.
odd() {
	python3 - "$1" <<-'EOF'
	import json, sys
	names = ["=1+1\ufffe\uffff\ufdd0\x85", "x\ufffe|`*_<b>&amp;\"'\\ # SKIP",
	         "x^^^|`*_<b>&amp;\"'\\ # SKIP", "tab\tnew\nline\x1b[2J\x7f%s\u00e9"]
	path = sys.argv[1] + "/cells.jsonl"
	cells = [json.loads(line) for line in open(path)]
	wheel = [cell for cell in cells if cell["job"] == "wheel-scaling"][:4]
	for i, cell in enumerate(wheel):
	    cell.update(job=names[i], cell=i)
	with open(path, "w", encoding="utf8") as to:
	    to.writelines(json.dumps(cell, ensure_ascii=False) + "\n" for cell in wheel)
	path = sys.argv[1] + "/result.json"
	result = json.load(open(path))
	result["cells_planned"] = len(wheel)
	result["gates"] = [dict(job=name, metric="lateness", quantile="p50", delta_ppm=None) for name in names]
	result["left_out"] = ["x.ini:1: [x\ufffe\n]: because\nof\ufffe that"]
	json.dump(result, open(path, "w", encoding="utf8"), ensure_ascii=False)
	EOF
}

# fit FILE...: UTF-8, and no character that XML or HTML forbids.
fit() {
	python3 - "$@" <<-'EOF'
	import re, sys
	bad = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
	for path in sys.argv[1:]:
	    found = bad.search(open(path, encoding="utf8", newline="").read())
	    if found:
	        sys.exit(f"{path}: {found.group()!r} at {found.start()}")
	EOF
}

"$MAKE_RESULT" --cells 8 --cpus 2 --samples 400 "$TMP/A"
"$MAKE_RESULT" --cells 8 --cpus 2 --samples 400 --seed 2 --kernel 6.12.0-invented "$TMP/B"
odd "$TMP/A"
odd "$TMP/B"
for side in A B; do
	mkdir "$TMP/boots.$side"
	for boot in 3 4; do
		"$MAKE_RESULT" --cells 8 --cpus 2 --samples 400 --seed $boot --kernel 6.$side "$TMP/boots.$side/$boot"
		odd "$TMP/boots.$side/$boot"
	done
done
mkdir "$TMP/trend" && cp -r "$TMP/A" "$TMP/B" "$TMP/trend"

# What is printed for people, errors among it.
{
	"$KTBENCH" report "$TMP/A"
	"$KTBENCH" report --no-plots -o "$TMP/both" "$TMP/A" "$TMP/B"
	"$KTBENCH" trend -i "$TMP/index" "$TMP/trend"
	"$KTBENCH" export -f csv "$(printf '%s/no\033[2J\nsuch' "$TMP")"
} >"$TMP/text" 2>&1
check "nothing that is said has a forbidden character" fit "$TMP/text"
check "  but all of the rest" grep -q '?|`\*_<b>&amp;' "$TMP/text"
check "  an error is one line" test "$(grep -c such "$TMP/text")$(tail -n 1 "$TMP/text" | grep -c '^ktbench: .*no?\[2J such')" = 11

# Pages and pictures.
check "a report" "$KTBENCH" report "$TMP/A"
check "  has no forbidden character" fit "$TMP/A/report.html"
check "results side by side" "$KTBENCH" report -o "$TMP/both" "$TMP/A" "$TMP/B"
check "  have none" fit "$TMP/both/report.html"
check_fails 3 "too noisy" "a comparison" "$KTBENCH" compare -o "$TMP/compare" "$TMP/boots.A" "$TMP/boots.B"
check "  has none, in any format" fit "$TMP/compare"/compare.{html,xml,md,ktap}
check "  its XML is well-formed" xmllint --nonet --noout "$TMP/compare/compare.xml"
check "  a row of its table is a line with the columns of the head" awk -F'(^|[^\\\\])[|]' '
	/^\|---/ { columns = NF; next }
	/^\|/ && columns && NF != columns { print; bad = 1 }
	END { exit bad || !columns }' "$TMP/compare/compare.md"
check "a trend" "$KTBENCH" trend -o "$TMP/page" --all "$TMP/trend"
check "  has none" fit "$TMP/page/trend.html"
if [ -n "$(type -P gnuplot)" ]; then
	find "$TMP/A/plots" "$TMP/both/plots" "$TMP/compare/plots" "$TMP/page/plots" -name '*.svg' >"$TMP/pictures"
	check "there are pictures of all of them" test "$(wc -l <"$TMP/pictures")" -ge 8
	check "  which are well-formed" xargs xmllint --nonet --noout --huge <"$TMP/pictures"
else
	skip "pictures" "gnuplot is missing"
fi

# Exports.
for format in junit ktap csv openmetrics jsonl google-benchmark; do
	check "export as $format" "$KTBENCH" export -f $format -o "$TMP/x.$format" "$TMP/A"
done
check "  what is for people has no forbidden character" fit "$TMP"/x.{junit,ktap}
check "  junit holds against its schema" xmllint --nonet --noout --schema "$TOP/tests/analysis/junit.xsd" "$TMP/x.junit"
grep -E '^(not )?ok ' "$TMP/x.ktap" | awk '{ sub("^not ", ""); print $3 }' >"$TMP/words"
check "  ktap has a word a job" test "$(sort -u "$TMP/words" | wc -l)" -ge 4
check "  and none twice" test "$(sort "$TMP/words" | uniq -d | wc -l)" -eq 0
check "  in ktap nothing of a name skips a test" sh -c "! grep -E 'ok .*# SKIP' '$TMP/x.ktap' | grep -vE 'SKIP (x.ini:1:|nothing of it was measured)'"
check "  csv has no formula" python3 -c '
import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))
assert len(rows) > 8 and all(len(row) == len(rows[0]) for row in rows)
assert any(row[0].startswith("\x27=1+1") for row in rows)
assert not any(row[0][:1] in "=+-@" for row in rows)' "$TMP/x.csv"
check "  openmetrics has a line a series, none twice" python3 -c '
import re, sys
seen = set()
for line in open(sys.argv[1], newline="\n"):
    assert line.startswith("#") or re.fullmatch(r"[a-z_]+(\{([a-z_]+=\"([^\"\\\n]|\\[\"\\n])*\",?)*\})? \S+\n", line), line
    series = line.rsplit(" ", 1)[0]
    assert line.startswith("#") or series not in seen, line
    seen.add(series)' "$TMP/x.openmetrics"
finish
