#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# `ktbench trend`: the index grown is the index made anew; changes are found, told, triaged
# and drawn; and one clear sentence for what is wrong.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
MAKE=$B/tests/analysis/make_result

# result DIR NUMBER [OPTION...]: an invented result of a day in January.
result() {
	local dir=$1 number
	number=$(printf %02d "$2")
	shift 2
	mkdir -p "$(dirname "$dir")"
	"$MAKE" --cells 3 --cpus 1 --samples 400 --seed "$number" "$@" "$dir"
	change "$dir" --arg n "$number" '.run = "202601\($n)-030405-x" |
		.created = "2026-01-\($n)T03:04:05Z" | .environment.kernel = "6.\($n)"'
}

# change DIR JQ-ARGUMENT...: of result.json.
change() {
	local dir=$1
	shift
	jq "$@" "$dir/result.json" >"$dir/new" && mv "$dir/new" "$dir/result.json"
}

# index NAME AWK-OPTION...: an invented index; its results are nowhere else.
index() {
	local name=$1
	shift
	awk "$@" -f "$TOP/tests/analysis/trend_index.awk" >"$TMP/$name.jsonl"
}

# trend STATUS WHAT ARGUMENT...: what it printed is in said and err.
trend() {
	local want=$1 what=$2 status=0
	shift 2
	"$KTBENCH" trend "$@" >"$TMP/said" 2>"$TMP/err" || status=$?
	diag <"$TMP/err"
	check "$what: exit $want" test $status -eq "$want"
}

says() {
	check "  $1" grep -Eq -e "$2" "$TMP/said"
}

tells() {
	check "  $1" grep -Eq -e "$2" "$TMP/err"
}

has() {
	check "  $1" jq -e "$2" "$TMP/said"
}

mkdir "$TMP/none"

# A history that begins with results which do not tell how late missed periods were, and in
# which nothing changes but that.
for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
	result "$TMP/method/$n" "$n" --missed 40 --older
done
for n in 13 14 15 16 17 18 19 20 21 22 23 24; do
	result "$TMP/method/$n" "$n" --missed 40
done
trend 0 "a change of method" "$TMP/method" --index "$TMP/method.jsonl" --format json
has "is no change of the kernel" '[.changes[] | select(.metric | test("lateness"))] == []'
has "what was served goes on" \
	'[.series[] | select(.metric == "lateness_served" and .quantile == "p99") | .nr_points] | length > 0 and all(. == 24)'
has "what is over the schedule begins" \
	'[.series[] | select(.metric == "lateness" and .quantile == "p99") | .nr_points] | length > 0 and all(. == 12)'
check "  what was missed is kept" grep -q '"lost":0,"missed":40,' "$TMP/method.jsonl"
trend 0 "in words" "$TMP/method" --index "$TMP/method.jsonl"
says "the series are explained" '24 results missed periods: primary metrics are over the schedule'

# The index: grown step by step, in any order, and made anew.
for number in 3 1 2; do
	result "$TMP/many/a/b/20260${number}x" $number
	"$KTBENCH" trend "$TMP/many" --index "$TMP/grown.jsonl" >/dev/null
done
result "$TMP/many/20260104-030405-x" 4
trend 0 "a directory of four results" "$TMP/many" --index "$TMP/grown.jsonl"
says "four are there, one CPU model, one host" '^metal/[0-9a-f]{8}: Invented CPU 9000, 4 results of host nowhere$'
says "and too few for any series" ' series have fewer than 10 points and are not judged yet'
trend 0 "made anew" "$TMP/many" --index "$TMP/anew.jsonl" --rebuild
check "grown is made anew, byte for byte" cmp "$TMP/grown.jsonl" "$TMP/anew.jsonl"
trend 0 "without --index" "$TMP/many"
check "  it lies in the first directory" cmp "$TMP/grown.jsonl" "$TMP/many/trend.jsonl"
check "  in the order of time" sh -c "jq -r .created '$TMP/grown.jsonl' | LC_ALL=C sort -c"
check "  a quantile's line tells all" jq -es '.[0] | .schema == "ktbench-trend" and .lane == "metal"
	and .hostname == "nowhere" and .kernel == "6.01" and .count == 400 and .low <= .value
	and .value <= .high and .unit == "ns" and .quantile == "p50"' "$TMP/grown.jsonl"

trend 0 "directories that overlap" "$TMP/many" "$TMP/many/a" "$TMP/many/a/b/" --rebuild
check "  are no results that are there twice" test ! -s "$TMP/err"
check "  and none is missing" cmp "$TMP/grown.jsonl" "$TMP/many/trend.jsonl"

# What is known is not read again, and what has changed is.
cells=$TMP/many/20260104-030405-x/cells.jsonl
cp -p "$cells" "$TMP/kept"
tr 0-9 x <"$TMP/kept" >"$cells"
touch -r "$TMP/kept" "$cells"
trend 0 "damage that neither size nor time tell" "$TMP/many"
check "  is not looked at" test ! -s "$TMP/err"
trend 0 "but is with --rebuild" "$TMP/many" --rebuild
tells "and told" '^ktbench: left out: .*04-030405-x/cells.jsonl line 1 is damaged'
says "three are left" ' 3 results of host'
says "and what is left out is counted" '^1 of 4 results that were found are left out; stderr says why'
cp -p "$TMP/kept" "$cells"
trend 0 "when it is whole again" "$TMP/many"
check "  the index is too" cmp "$TMP/grown.jsonl" "$TMP/many/trend.jsonl"
mv "$TMP/many/a" "$TMP/away"
trend 0 "results that were taken away" "$TMP/many"
says "stay in the index" '^3 results are in the index only'
check "  which is as before" cmp "$TMP/grown.jsonl" "$TMP/many/trend.jsonl"

# What a series is not made of.
result "$TMP/odd/lossy" 1 --losses
result "$TMP/odd/running" 2 --state running
result "$TMP/odd/failed" 3 --state failed
result "$TMP/odd/foreign" 4
change "$TMP/odd/foreign" '.schema_version = 3'
result "$TMP/odd/torn" 5
head -c 3000 "$TMP/odd/torn/result.json" >"$TMP/t" && mv "$TMP/t" "$TMP/odd/torn/result.json"
result "$TMP/odd/twice" 1
result "$TMP/odd/1/2/3/4/deep" 6
trend 0 "one of seven can be used" "$TMP/odd" --index "$TMP/odd.jsonl"
tells "one that runs" 'odd/running: its run has not ended'
tells "one that failed" 'odd/failed: its run has failed'
tells "one of a later schema" 'odd/foreign/result.json has schema_version 3'
tells "one that is torn" 'odd/torn/result.json is damaged at line'
tells "one that is there twice" 'odd/twice: it has the name and the date of another'
check "  one too deep is not found" sh -c "! grep -q 2026-01-06 '$TMP/odd.jsonl'"
says "invalid cells are left out and counted" '^1 cells of 1 results are left out, for they are invalid'
says "five are told" '^5 of 6 results that were found are left out'

# Changes: one worse, one better, one constant, one that only has noise.
index step -v results=40 -v metrics=4 -v steps=2
trend 1 "a step up and a step down" "$TMP/none" --index "$TMP/step.jsonl"
says "the step up is worse" '^WORSE   j n=0: lateness p99  \+(9|10)\.[0-9]+ % \((99\.[0-9]+|100\.[0-9]) us -> 1(09|10)\.[0-9] us\)  p 0\.001  20 points before, 20 from'
says "between two runs and kernels" '^ +between r019 \(6\.4\) and r020 \(6\.5\)$'
says "the step down is better" '^better  j n=1: lateness p99  -(9|10)\.[0-9]+ % .* p 0\.001  20 points before'
says "nothing else has changed" '^2 of 4 series changed: 1 changes for the worse, 1 for the better, 0 others; 0 are triaged; 1 new'
cp "$TMP/said" "$TMP/first"
trend 1 "the same again" "$TMP/none" --index "$TMP/step.jsonl"
check "  is the same to the byte" cmp "$TMP/first" "$TMP/said"
trend 1 "among the newest twenty" "$TMP/none" --index "$TMP/step.jsonl" --since 20
trend 0 "not among the newest nineteen" "$TMP/none" --index "$TMP/step.jsonl" --since 19
says "it is told all the same" '^WORSE .*, not new$'
trend 0 "only the better one" "$TMP/none" --index "$TMP/step.jsonl" --series '*/n=1/*'
says "the others are counted" '^3 series were not asked for'
trend 1 "as JSON" "$TMP/none" --index "$TMP/step.jsonl" --format json
has "the change" '.changes[0] | .word == "worse" and .points_before == 20 and .last_before.run == "r019"
	and .first_after.kernel == "6.5" and .effect_ppm > 95000 and .p_ppm == 1000 and .triage == null'
has "the points of what has changed" '[.series[] | select(.points) | .points | length] == [40, 40]'

# Of what more is better, more is better.
sed 's/"lateness"/"per_second"/; s/"rate":0/"rate":1/' "$TMP/step.jsonl" >"$TMP/rate.jsonl"
trend 1 "a rate" "$TMP/none" --index "$TMP/rate.jsonl"
says "more of it is better" '^better  j n=0: per_second'
says "less of it is worse" '^WORSE   j n=1: per_second'

# Lanes, machines and units are never mixed, whatever the level.
jq -c 'if .created > "2026-01-01T19:30" then .lane = "vm" else . end' "$TMP/step.jsonl" >"$TMP/lanes.jsonl"
trend 0 "the second half in another lane" "$TMP/none" --index "$TMP/lanes.jsonl"
says "no series has both" '^0 of 8 series changed'
says "and it is told what that lane's figures are" '^vm/.*times are shape only, never figures'
for part in cpu_model topology unit settings; do
	jq -c --arg part $part 'if .created > "2026-01-01T19:30" then .[$part] = "other" else . end' \
		"$TMP/step.jsonl" >"$TMP/$part.jsonl"
	trend 0 "the second half of another $part" "$TMP/none" --index "$TMP/$part.jsonl"
	says "no series has both" '^0 of 8 series changed'
done
jq -c 'if .created > "2026-01-01T19:30" then .hostname = "other" else . end' "$TMP/step.jsonl" >"$TMP/host.jsonl"
trend 1 "another host of the same kind" "$TMP/none" --index "$TMP/host.jsonl"
says "is told" "^ +differs: hostname 'h' -> 'other'"
jq -c 'if .run == "r007" then .value = 0 else . end' "$TMP/step.jsonl" >"$TMP/zero.jsonl"
trend 0 "a figure of 0" "$TMP/none" --index "$TMP/zero.jsonl"
says "keeps its series out, and is told" '^4 series are not judged, for a figure of 0 .*, which is 0 in run r007$'

# Triage.
key=$(jq -r '.changes[0].series' <<<"$("$KTBENCH" trend "$TMP/none" --index "$TMP/step.jsonl" --format json)")
triaged() {
	printf '# Remarks.\n\n%s\n' "$1" >"$TMP/triage.txt"
}
triaged "$key | r020 | expected | a | b"
trend 0 "a change that somebody has looked at" "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/triage.txt"
says "is shown as that" '^triaged j n=0'
says "with what was said" '^ +worse, line 3: expected: a \| b$'
triaged "*/n=0/* | 6.5 | noise |"
trend 0 "by pattern and kernel" "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/triage.txt"
triaged "$key | r018 | noise |"
trend 0 "a run two points off" "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/triage.txt"
triaged "$key | r017 | noise |"
trend 1 "a run three points off" "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/triage.txt"
says "says that the line is of nothing" 'triage.txt:3: no change is there any more for .* at r017'
while IFS='~' read -r line regex what; do
	triaged "$line"
	check_fails 2 "triage.txt:3: $regex" "triage: $what" \
		"$KTBENCH" trend "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/triage.txt"
done <<'END'
a | b | noise~'a' has 3 fields; write SERIES~three fields
a~'a' has 1 fields~one field
a | b | wrong | x~'wrong' is no word for a change; say one of regression, improvement~a wrong word
 | b | noise | x~the series is empty~no series
a | | noise | x~the run is empty~no run
END
check_fails 2 'nosuch: No such file' "triage: no such file" \
	"$KTBENCH" trend "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/nosuch"

# Pictures and the page.
if command -v gnuplot >/dev/null; then
	triaged "*/n=0/* | r020 | noise | <b>&amp; \"so\"</b>"
	trend 0 "a page" "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/triage.txt" --output "$TMP/page"
	page=$TMP/page/trend.html
	check "  of two pictures" test "$(grep -c '<svg role="img"' "$page")" -eq 2
	check "  with their data" test "$(grep -c '<summary>data' "$page")" -eq 2
	check "  and words at the changes" grep -q 'worse +.* %, noise' "$page"
	check "  and a glyph beside each" grep -q '▽&nbsp;better' "$page"
	check "  text stays text" grep -q 'noise: &lt;b&gt;&amp;amp; &quot;so' "$page"
	check "  no network" sh -c "! grep -Eq '(src|href)=\"(https?:)?//' '$page'"
	check "  gnuplot had nothing to say" test ! -s "$TMP/err"
	trend 0 "all series" "$TMP/none" --index "$TMP/step.jsonl" --triage "$TMP/triage.txt" --output "$TMP/page" --all
	check "  the constant one too" test "$(grep -c '<svg role="img"' "$page")" -eq 4
	check "  gnuplot had nothing to say" test ! -s "$TMP/err"
else
	skip "a page" "gnuplot is not installed (Debian: apt-get install gnuplot-nox)"
fi
trend 1 "without gnuplot" "$TMP/none" --index "$TMP/step.jsonl" --output "$TMP/bare" --gnuplot /nonexistent
check "  the page has the table, and says why" grep -q '/nonexistent cannot be run' "$TMP/bare/trend.html"

# Wrong input and nowhere to write.
refuses() {
	local code=$1 regex=$2 what=$3
	shift 3
	check_fails "$code" "$regex" "$what" "$KTBENCH" trend "$@"
}
refuses 2 'DIR' "no directory"
refuses 2 'nosuch: No such file or directory; give a directory' "one that is not there" "$TMP/nosuch"
refuses 2 'none: no result that could be used, of 0 that were found' "one that has none" "$TMP/none"
result "$TMP/alone/running" 1 --state running
refuses 2 'no result that could be used, of 1 that were found' "one that has none to use" "$TMP/alone"
check "  and no index was made" test ! -e "$TMP/alone/trend.jsonl"
{ cat "$TMP/step.jsonl"; head -n 1 "$TMP/step.jsonl" | head -c 99; } >"$TMP/cut.jsonl"
cp "$TMP/cut.jsonl" "$TMP/cut.kept"
refuses 2 'cut.jsonl:161: cannot be used: the line is cut off; .*--rebuild' "an index that is cut off" \
	"$TMP/none" --index "$TMP/cut.jsonl"
check "  is as it was" cmp "$TMP/cut.jsonl" "$TMP/cut.kept"
{ head -n 1 "$TMP/step.jsonl"; cat "$TMP/step.jsonl"; } >"$TMP/double.jsonl"
refuses 2 'has the figure .* of run r000 twice; .*--rebuild' "an index with a line twice" \
	"$TMP/none" --index "$TMP/double.jsonl"
refuses 2 "'yaml' is no format" "an unknown format" "$TMP/none" --format yaml
refuses 2 "'2' is not from 0.001" "an alpha that is none" "$TMP/none" --alpha 2
refuses 2 "'x' is not from 0.001" "an alpha that is no number" "$TMP/none" --alpha x
refuses 2 "needs --output" "all of no pictures" "$TMP/none" --all
echo text >"$TMP/file"
refuses 5 "cannot read .*/file/i.jsonl: Not a directory" "an index below a file" "$TMP/many" --index "$TMP/file/i.jsonl"
refuses 5 "cannot write .*/nosuch/i.jsonl" "an index that cannot be written" "$TMP/many" --index "$TMP/nosuch/i.jsonl"
refuses 5 "cannot make the directory .*/file/page" "a page that cannot be written" \
	"$TMP/none" --index "$TMP/step.jsonl" --output "$TMP/file/page"
check "  what was there is as it was" grep -qx text "$TMP/file"
[ ! -e /dev/full ] || check_fails 5 'cannot write to stdout' "a full disk" \
	sh -c "'$KTBENCH' trend '$TMP/none' --index '$TMP/step.jsonl' >/dev/full"
finish
