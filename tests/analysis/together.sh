#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Results side by side: a column a result, what is not there is told, lanes are not
# mixed, nothing is written unless all can be read, and no word of a verdict.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/page.lib"

MAKE_RESULT=$B/tests/analysis/make_result
KTBENCH=$B/ktbench

[ -x "$MAKE_RESULT" ] ||
	skip_all "$MAKE_RESULT is not built (make analysis-tools)"

# invent NAME KERNEL [OPTION...]: a result of that kernel.
invent()
{
	name=$1 kernel=$2
	shift 2
	"$MAKE_RESULT" --cpus 2 --samples 300 "$@" "$TMP/$name"
	sed -i "s/6\.1\.0-invented/$kernel/" "$TMP/$name/result.json"
}

beside()
{
	out=$1
	shift
	(cd "$TMP" && "$KTBENCH" report --together "$out" "$@")
}

# row FILE JOB CELL: the fields of a cell in the first table of a job, a line each.
row()
{
	sed -n "/Job <b>$2</,/<h2/p" "$1" | grep -m 1 "^<tr><td class=\"l\">$3<" |
		sed 's,</td>,\n,g; s,</tr>,,' | sed 's,<td[^>]*>,,g; s,<small>, ,g; s,</small>,,g; s,<tr>,,'
}

invent old 6.1.0 --cells 30
invent new 6.12.0 --seed 2 --cells 30
invent few 6.12.0 --seed 3 --cells 4 --losses --state interrupted
invent other 7.2.0 --seed 4 --cells 30
sed -i 's/Invented CPU 9000/Other CPU/' "$TMP/other/result.json"

# Two kernels, one machine.
check "two results are reported" beside two --no-plots old new
page=$TMP/two/report.html
check "the page needs no network" no_network "$page"
has_not "no NaN, no infinity" "$page" '[^a-z](nan|inf)[^a-z]'
has "it says what stands there" "$page" '<b>A</b></td><td class="t">6\.1\.0<.*metal<.*2026-01-02T03:04:05Z<.*complete<.*<td>30</td><td>30</td><td>0</td><td>18,000</td><td>0</td><td>28</td><td>1</td><td class="t">old<'
has "of both" "$page" '<b>B</b></td><td class="t">6\.12\.0<.*<td>2</td><td class="t">new<'
has "it gives no verdict" "$page" 'class="banner">This is no verdict: one run of each says nothing'
has_not "no word of one" "$page" 'regressed|improved|unchanged|significant'
has "it says in what they differ" "$page" '<td class="t">seed</td><td class="t">1</td><td class="t">2</td>'
has_not "and not in what they do not" "$page" '<td class="t">clocksource</td>'
has_not "one machine is one" "$page" 'machines</b>'
has_not "metal has no differences of instructions" "$page" '<small>[+=]'

# The figures are those of the results, in their columns.
for name in old new; do
	"$KTBENCH" report --no-plots --quiet "$TMP/$name"
done
# p50 of wheel-scaling timers=10 in a result's own report, of the same unit.
own()
{
	sed -n '/Job <b>wheel-scaling</,/<h2/p' "$TMP/$1/report.html" | grep -m 1 '^<tr><td>2</td><td>10</td>' |
		grep -o '[0-9.]* ms<small>' | sed -n '1s/ .*//p'
}
row "$page" wheel-scaling timers=10 >"$TMP/row"
check "a row has its cell" grep -q '^timers=10$' "$TMP/row"
check "and two fields a figure" test "$(grep -c . "$TMP/row")" -eq 13
check "p50 of A is that of the first one's report" test "$(sed -n 2p "$TMP/row")" = "$(own old)"
check "p50 of B that of the second one's" test "$(sed -n 3p "$TMP/row")" = "$(own new)"
check "they differ" test "$(own old)" != "$(own new)"
check "n is there" test "$(sed -n 8p "$TMP/row")" = 600
check "lost is there" test "$(sed -n 11p "$TMP/row")" = 0
check "so is missed" test "$(sed -n 13p "$TMP/row")" = 0
has "a table has one unit" "$page" '<caption>lateness, ms</caption>'
has "parts have a table of their own" "$page" '<summary>parts of it, [0-9]+ rows</summary>'

beside two --no-plots old new >"$TMP/text"
has "the text says so too" "$TMP/text" '^This is no verdict: one run of each'
has "with columns" "$TMP/text" '^  lateness, ms +A +B$'
has "and the same figures" "$TMP/text" "^  timers=10 +p50 +$(own old) +$(own new)\$"

# What the results are, to be held against later.
contents()
{
	(cd "$TMP" && find old new few other -type f -exec cksum {} + | sort)
}
contents >"$TMP/before"

# Something is missing; another machine; two of one kernel.
check "four results are reported" beside four --no-plots old few other new
page=$TMP/four/report.html
has "results of one kernel stand together" "$page" '<th class="c" colspan="2"><small>6\.12\.0</small>'
check "in the order B, C" sh -c "grep -o '<b>[A-D]</b></td><td class=\"t\">[0-9.]*' '$page' | sed 's/.*>//' | paste -sd' ' | grep -qx '6.1.0 6.12.0 6.12.0 7.2.0'"
has "a job that is not there is told" "$page" '>B has no cell of it: its run is interrupted: Somebody stopped it\.'
has "so are cells" "$page" '>B lacks 2 of 5 cells \(timers=1,000; timers=10,000\): its run is interrupted'
row "$page" wheel-scaling timers=1,000 >"$TMP/row"
check "the cell says so in its place" test "$(sed -n 3p "$TMP/row")" = "not there"
check "and only there" test "$(grep -c 'not there' "$TMP/row")" -eq 6
has "machines are told apart" "$page" 'are of <b>2 machines</b>.*are no verdict on kernels'
has "by what differs" "$page" '<td class="t">cpu_model</td><td class="t">Invented CPU 9000</td>.*Other CPU<'
has "losses stand out" "$page" '<b class="bad">22&nbsp;!</b>'
has "invalid cells too" "$page" 'B has <b class="bad">INVALID</b> repetitions of timers=10 \(1\): wrong_cpu'
has "why the run ended" "$page" 'The run of B is <b>interrupted</b>'
beside four --no-plots old few other new >"$TMP/text"
has "the text tells how a run ended" "$TMP/text" '^The run of B is interrupted: Somebody stopped it\.$'
has "the text tells what is missing" "$TMP/text" '^  B lacks 2 of 5 cells'
has "and what is invalid" "$TMP/text" '^  timers=10 +p50 .*  B INVALID$'

# A job that the other one's files do not have, and settings that differ.
mkdir "$TMP/unlike"
sed 's/\[wheel-levels\]/[gone]/; s/"left_out": \[/&"x.ini:1: [wheel-kinds]: no CPU",/' "$TMP/new/result.json" >"$TMP/unlike/result.json"
grep -v '"job":"wheel-levels"' "$TMP/new/cells.jsonl" | grep -v '"job":"wheel-kinds"' |
	sed '/"job":"wheel-slack"/s/"timers":100,/"timers":77,/' >"$TMP/unlike/cells.jsonl"
check "unlike plans are reported" beside plans --no-plots old unlike
page=$TMP/plans/report.html
has "its files do not have the job" "$page" '>B has no cell of it: its job files have no \[wheel-levels\]\.'
has "it was left out" "$page" '>B has no cell of it: left out: x\.ini:1: \[wheel-kinds\]: no CPU\.'
has "the settings differ" "$page" 'The settings differ</b>'
has "in this" "$page" '<td class="t">timers</td><td class="t">100</td><td class="t">77</td>'
has "so do the job files" "$page" '<td class="t">job files</td><td class="t">those of A</td><td class="t">others than those of A</td>'

# The exact lane: instructions, and by how many they differ.
invent exact 6.1.0 --cells 2 --cpus 1 --lane exact
invent exact2 6.12.0 --cells 2 --cpus 1 --lane exact --seed 2
# The same inputs: the same to the last bit.
invent exact3 6.1.0 --cells 2 --cpus 1 --lane exact
beside exact-out --no-plots exact exact2 exact3 >"$TMP/text"
page=$TMP/exact-out/report.html
row "$page" wheel-scaling timers=1 >"$TMP/row"
# min of A, B, C: B is the first one again, for it is of the same kernel.
check "a difference is the difference" awk -F '[ +]+' '
	{ gsub(",", "") }
	NR == 2 { a = $1 } NR == 3 { same = $1 == a && $2 == "=" }
	NR == 4 { n = split($0, at, " "); differs = at[1] - a == at[2] + 0 && at[2] != 0 }
	END { exit !(same && differs) }' "$TMP/row"
has "what it means is told" "$page" 'by how many instructions it differs from that of A'
has "ktbench compare judges" "$page" 'differences in instructions are shown, and .ktbench compare. says'
has "the lane has its banner" "$page" 'Lane exact: times are instructions'
has "the text has differences" "$TMP/text" '^  timers=1 +min +[0-9,]+ +[0-9,]+ \(=\) +[0-9,]+ \([+-][0-9,]+\)$'

# What cannot stand side by side; nothing is written.
refused()
{
	_what=$1 _code=$2 _regex=$3
	shift 3
	check_fails "$_code" "$_regex" "$_what" beside refused --no-plots "$@"
	check "  and nothing is written" test ! -e "$TMP/refused"
}
refused "lanes are not mixed" 2 'old is of lane metal and exact of lane exact: lanes are never mixed' old exact
refused "one alone" 2 '1 results cannot stand side by side; give 2 to 12' old
refused "thirteen" 2 '13 results cannot .* give 2 to 12' old old old old old old old old old old old old old
mkdir "$TMP/torn"
head -c 500 "$TMP/new/result.json" >"$TMP/torn/result.json"
refused "a truncated result.json" 2 'torn/result\.json is damaged' old torn
cp "$TMP/new/result.json" "$TMP/torn/"
sed '5s/"sum":[0-9]*/"sum":1/' "$TMP/new/cells.jsonl" >"$TMP/torn/cells.jsonl"
refused "a damaged line" 2 'cells\.jsonl line 5 is damaged' old torn
refused "what is not there" 2 'nosuch: No such file' old nosuch
sed -i 's/"schema_version": 1/"schema_version": 9/' "$TMP/torn/result.json"
refused "a later schema" 2 'schema' old torn
check_fails 2 'old is a result, whose own report would be overwritten' \
	"a result is no place for it" beside old --no-plots old new
check_fails 5 'cannot make the directory nowhere/deep: No such file' \
	"a place that cannot be made" beside nowhere/deep --no-plots old new
: >"$TMP/file"
check_fails 5 'file' "a place that is a file" beside file --no-plots old new
mkdir -p "$TMP/full/report.html/x"
check_fails 5 'cannot write full/report\.html' "a page that cannot be replaced" beside full --no-plots old new
check "nothing is left of it" sh -c "! ls -A '$TMP/full' | grep new"
[ ! -e /dev/full ] || check_fails 5 'cannot write to stdout' "a full disk for the text" \
	sh -c "cd '$TMP' && '$KTBENCH' report --no-plots -o two old new >/dev/full"

# Pictures: of each kind, a curve a column, with its looks.
if command -v gnuplot >/dev/null; then
	check_fails 0 'pictures: [0-9]+ drawn, 0 skipped, 0 left out' "pictures are drawn" beside drawn old few other new
	check "gnuplot has nothing to say" sh -c "! grep -q 'is skipped' '$TMP/.out'"
	page=$TMP/drawn/report.html
	plots=$TMP/drawn/plots
	has "of each kind" "$page" 'wheel-scaling: p50 of lateness against the number of timers</b>'
	has "with counts and losses" "$page" '</b> A n 3,014, lost 0, missed 14 in 5 cells; B n 1,200, lost 0, missed 0 in 2 cells; C n 3,014'
	has "by percentile" "$page" 'wheel-scaling: lateness by percentile, timers=1</b> A n 600, lost 0, missed 0; B n 600'
	has "invalid ones are not drawn" "$page" 'timers=10,000</b> A n 614, lost 0, missed 14; B not there'
	check "no more than three cells a job" test "$(find "$plots" -name '02-*-percentile*.dat' | wc -l)" -eq 3
	check "a curve a column" test "$(grep -c '^# [A-D] ' "$plots/02-wheel-scaling-percentile.dat")" -eq 4
	check "D looks the same where B is missing" sh -c "
		awk '/^# ---- 02-wheel-scaling-percentile-3/ { on = 1 } /^# ---- 02/ && !/percentile-3/ { on = 0 } on && /^(name|style)/' '$plots/plots.gp' |
		grep -A1 \"name3 = 'D 7.2.0'\" | grep -qx 'style3 = 4'"
	check "no data has a NaN" sh -c "! grep -Eil '(^|	)-?(nan|inf)' '$plots'/*.dat"
	check "the page needs no network, with pictures" no_network "$page"
	if command -v xmllint >/dev/null; then
		check "each SVG is well-formed" sh -c "xmllint --noout '$plots'/*.svg"
		check "the page is clean, no id is there twice" sh -c "
			! xmllint --html --noout '$page' 2>&1 | grep ' error ' | grep -v 'Tag [a-zA-Z]* invalid' &&
			! grep -o ' id=\"[^\"]*\"' '$page' | sort | uniq -d | grep ."
	else
		skip "each SVG is well-formed" "xmllint is missing (Debian: apt-get install libxml2-utils)"
	fi
	check_fails 0 'pictures are skipped: no-such-gnuplot cannot be run' "without gnuplot each is named" \
		beside drawn --gnuplot no-such-gnuplot old new
	has "in the page too" "$page" 'The picture is <b>skipped</b>: no-such-gnuplot'
else
	skip "pictures" "gnuplot is missing (Debian: apt-get install gnuplot-nox)"
fi
contents >"$TMP/after"
check "nothing was written into the results" cmp "$TMP/before" "$TMP/after"
finish
