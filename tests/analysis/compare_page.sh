#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The page of a comparison and its pictures: one file, no network, every kind is
# drawn, nothing is torn by odd names; without gnuplot the tables stay.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/page.lib"

MAKE_RESULT=$B/tests/analysis/make_result
FORMATS=$B/tests/analysis/formats
KTBENCH=$B/ktbench

[ -x "$FORMATS" ] || skip_all "$FORMATS is not built (make analysis-tools)"

# Pages that need no result.
for made in $("$FORMATS" --cases); do
	"$FORMATS" "$made" --output "$TMP/$made"
	check "$made: the page needs no network" no_network "$TMP/$made/compare.html"
	check "$made: no NaN, no infinity" sh -c "! grep -Ewi -e '[+-]?(nan|inf|infinity)' '$TMP/$made/compare.html'"
done
page=$TMP/plain/compare.html
has "the banner has a word and a glyph" "$page" 'class="banner"><span[^>]*>\? no verdict'
has "the lane has its banner" "$page" 'class="banner">lane vm .*times are shape only'
has "--force has its banner" "$page" 'class="banner">FORCED by --force: .*governor'
has "looks are told" "$page" 'look 1 of 3, at 5 boots a side'
has "what differs is told, and that it is refused" "$page" '>governor</td><td class="t bad">refused</td><td class="t">performance</td><td class="t">schedutil<'
has "intervals stand beside effects" "$page" '<td>\+5\.20 % \[\+3\.10 %, \+7\.30 %\]</td>'
has "losses stand out" "$page" '<td class="bad">0, 12&nbsp;!</td>'
has "it says how it is read" "$page" '<h2>How to read this'
check "the worst five are five at most, with an effect" test \
	"$(sed -n '/The worst five/,/<h2>Gated/p' "$page" | grep -c '^<tr><td')" -eq 4
has "the worst comes first" "$page" '^<tr><td class="t"><b>▲ regressed</b></td><td class="t">wheel timers=100: lateness p99<'
page=$TMP/exact/compare.html
has "the exact lane has instructions" "$page" 'instructions \(= virtual ns\)</h3>'
has_not "and nothing that takes boots" "$page" '<th>shift|<th>boots|Holm'
has "a change from nothing is among the worst" "$page" 'wheel timers=100: early p50</td><td>\+7<'
page=$TMP/odd/compare.html
has_not "markup in names stays text" "$page" '<script'
has "and is shown" "$page" '&lt;script&gt;&amp;&quot;'
has "a page without a gated figure says so" "$TMP/empty/compare.html" 'There is none: the job file gates nothing'
if command -v xmllint >/dev/null; then
	check "tables are closed" xmllint --html --noout "$TMP/plain/compare.html"
fi

# Two kernels, one of them slower, five boots each.
mkdir "$TMP/A" "$TMP/B"
for boot in 1 2 3 4 5; do
	"$MAKE_RESULT" --cells 16 --cpus 2 --samples 1500 --seed $boot --noise 4000 --odd \
		--created "2026-01-02T03:0$boot:00Z" "$TMP/A/$boot"
	"$MAKE_RESULT" --cells 16 --cpus 2 --samples 1500 --seed 1$boot --noise 4000 --odd \
		--kernel 6.12.0-invented --slower 150000 --slower-job harness \
		--created "2026-01-02T03:0$boot:30Z" "$TMP/B/$boot"
done

# Without gates each job's primary metric is one: more than are drawn.
for side in A B; do
	sed -i '/^ *"gates": \[/,/^ *\],/d' "$TMP/$side"/*/result.json
	check "the gates of $side are gone" sh -c "! grep '\"gates\"' '$TMP/$side'/*/result.json"
done

# compare DIR OPTION...: whatever the verdict is
compare()
{
	dir=$1
	shift
	rc=0
	"$KTBENCH" compare "$TMP/A" "$TMP/B" --quiet --output "$dir" "$@" >"$TMP/said" 2>&1 || rc=$?
	case $rc in
	0 | 1 | 3 | 6) return 0 ;;
	esac
	cat "$TMP/said"
	return 1
}

check "without gnuplot there is a page" compare "$TMP/none" --gnuplot no-such-gnuplot
check "that names each picture" grep -q 'The picture is <b>skipped</b>: no-such-gnuplot cannot be run' "$TMP/none/compare.html"
check "and has its data" grep -q 'Data of 01-.*-shift.svg' "$TMP/none/compare.html"
check "pictures need not be asked for" compare "$TMP/bare" --no-plots
check "and then there is no directory of them" test ! -e "$TMP/bare/plots"
page=$TMP/bare/compare.html
has "it has the commands of both" "$page" '<pre>ktbench run .*--seed 1</pre>'
has "it has all results" "$page" '2026-01-02T03:05:30Z</td><td class="t">.*/B/5<'
check_fails 5 'cannot make the directory .*/nowhere/out' "a directory without a parent" \
	"$KTBENCH" compare "$TMP/A" "$TMP/B" --no-plots --output "$TMP/nowhere/out"

command -v gnuplot >/dev/null || {
	skip "everything that gnuplot draws" "gnuplot is missing (Debian: apt-get install gnuplot-nox)"
	finish
}
check "a comparison is drawn" compare "$TMP/out"
check "without a word" test ! -s "$TMP/said"
page=$TMP/out/compare.html
check "its page needs no network" no_network "$page"
for kind in shift percentile noise; do
	check "kind $kind is drawn" sh -c "ls '$TMP/out/plots'/*-$kind.svg"
done
check "every picture is in the page" test "$(grep -c '<svg role="img"' "$page")" -eq \
	"$(find "$TMP/out/plots" -name '*.svg' | wc -l)"
check "with a title and a description" test "$(grep -c '^<title id=' "$page")" -eq "$(grep -c '<svg role="img"' "$page")"
gated=$(grep -o '"gated":true[^}]*"verdict":"[a-z ]*"' "$TMP/out/compare.json" | grep -vc 'no verdict')
check "12 figures are drawn" test "$(grep -c '^# .*, A$' "$TMP"/out/plots/*-noise.dat)" -eq 12
has "and how many are not is said" "$page" "[^0-9]$((gated - 12)) more have no picture"
check "each boot has its place" test "$(awk -F '\t' '/^[0-9]/ { print $1 }' "$TMP"/out/plots/*-noise.dat | sort -un | wc -l)" -eq 10
check "and its side: they were made in turn" awk -F '\t' '
	/^# .*, [AB]$/ { side = substr($0, length($0)) }
	/^[0-9]/ && ($1 % 2 ? "A" : "B") != side { print; bad = 1 }
	END { exit bad }' "$TMP"/out/plots/*-noise.dat
check "an interval is around its effect" awk -F '\t' '
	/^[0-9]/ && $2 != "?" { n++; if ($3 > $2 || $4 < $2) { print FILENAME, $0; bad = 1 } }
	END { exit bad || n < 20 }' "$TMP"/out/plots/*-shift.dat
check "no data has a NaN" sh -c "! grep -Eil '(^|	)-?(nan|inf)' '$TMP'/out/plots/*.dat"
if command -v xmllint >/dev/null; then
	(echo '<all>'; sed -n '/<svg/,/<\/svg>/p' "$page" | sed 's/<figure>//g'; echo '</all>') >"$TMP/all.xml"
	check "each SVG is well-formed, no id is there twice" sh -c "
		xmllint --noout '$TMP/all.xml' && ! grep -o ' id=\"[^\"]*\"' '$TMP/all.xml' | sort | uniq -d | grep ."
fi
check "the script beside the pictures draws them again" sh -c "
	cd '$TMP/out/plots' && rm [0-9]*.svg && gnuplot -d plots.gp 2>/dev/null &&
	[ \$(ls [0-9]*.svg | wc -l) -eq \$(ls [0-9]*.dat | wc -l) ]"
finish
