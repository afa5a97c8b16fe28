#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Pictures: every kind is drawn, gnuplot has nothing to complain about, each SVG
# is well-formed, curves are short; without gnuplot, or with one that fails, the
# data stay and each picture is named.

. "$(dirname "$0")/../lib.sh"

MAKE_RESULT=$B/tests/analysis/make_result
REPORT=$B/tests/analysis/report

[ -x "$REPORT" ] ||
	skip_all "$REPORT is not built (make analysis-tools)"

count()
{
	echo $#
}

# Without gnuplot: a name in no PATH, and a path to nothing.
none=$TMP/none
"$MAKE_RESULT" --cells 9 --samples 400 "$none"
check_fails 0 'pictures are skipped: no-such-gnuplot cannot be run .*install gnuplot.*02-wheel-scaling-scaling\.svg' \
	"without gnuplot each picture is named" \
	"$REPORT" --gnuplot no-such-gnuplot "$none"
check "the data are there" test -s "$none/plots/02-wheel-scaling-scaling.dat"
check "the page says so" grep -q 'The picture is <b>skipped</b>: no-such-gnuplot cannot be run' "$none/report.html"
check "the page has the data" grep -q 'Data of 02-wheel-scaling-scaling.svg' "$none/report.html"

command -v gnuplot >/dev/null || {
	skip "everything that gnuplot draws" "gnuplot is missing (Debian: apt-get install gnuplot-nox)"
	finish
}

# A gnuplot that dies at the second picture, once: the others are drawn.
cat >"$TMP/gnuplot" <<'EOF'
#!/bin/sh
if [ ! -e "$0.died" ]; then
	: >"$0.died"
	awk '/^print/ && ++n == 2 { print; print "exit status 3"; exit } { print }' plots.gp >half.gp
	gnuplot -d half.gp
	exit 3
fi
exec gnuplot "$@"
EOF
chmod +x "$TMP/gnuplot"
check_fails 0 'picture 01-harness-percentile\.svg is skipped: .*exited with 3' \
	"a picture that fails is named" "$REPORT" --gnuplot "$TMP/gnuplot" "$none"
check "and only that one" test "$(count "$none"/plots/[0-9]*.svg)" -eq \
	$(($(count "$none"/plots/[0-9]*.dat) - 1))
check "the page says so" grep -q 'The picture is <b>skipped</b>: .*exited with 3' "$none/report.html"

# A gnuplot that warns: a picture that somebody should look at.
cat >"$TMP/warning" <<'EOF'
#!/bin/sh
gnuplot "$@"
rc=$?
echo "warning: something is odd" >&2
exit $rc
EOF
chmod +x "$TMP/warning"
check_fails 0 'is skipped: warning: something is odd' \
	"a warning is no picture" "$REPORT" --gnuplot "$TMP/warning" "$none"

# gnuplot 6 says of each series without a value that it has none.
sed -i 's/^echo .*/echo "plots.gp line 81: warning: Skipping data file with no valid points" >\&2/' "$TMP/warning"
check "an empty series is one" "$REPORT" --gnuplot "$TMP/warning" "$none"
check "  and none is skipped" test "$(count "$none"/plots/[0-9]*.svg)" -eq "$(count "$none"/plots/[0-9]*.dat)"

# What may be asked for, in all lanes and sizes: gnuplot has nothing to say.
check_quiet()
{
	what=$1
	dir=$2
	shift 2
	"$MAKE_RESULT" "$@" "$dir"
	if "$REPORT" --quiet "$dir" >"$TMP/said" 2>&1 && [ ! -s "$TMP/said" ]; then
		ok "$what: every picture is drawn, without a word"
	else
		not_ok "$what: every picture is drawn, without a word"
		diag <"$TMP/said"
	fi
}

check_quiet "plain" "$TMP/plain"
check_quiet "many CPUs, losses, odd names" "$TMP/many" --cpus 32 --samples 100 --losses --odd --lane vm
check_quiet "few samples, one CPU, exact" "$TMP/few" --cpus 1 --samples 5 --lane exact
check_quiet "one sample" "$TMP/one" --cpus 1 --samples 1
check_quiet "no sample" "$TMP/zero" --samples 0
check_quiet "over a hundred cells" "$TMP/long" --cells 120 --samples 60

# drawn JOB KIND WORDS: there is such a picture, with these words in it.
drawn()
{
	check "$1: $2 says $3" sh -c "grep -q '$3' '$TMP'/plain/plots/[0-9]*-$1-$2.svg"
}

for kind in histogram percentile scaling matrix parts slack phases rate pairs calls; do
	check "kind $kind is drawn" sh -c "ls '$TMP/plain'/plots/*-$kind.svg"
done
drawn wheel-scaling scaling 'lateness against the number of timers'
drawn wheel-levels scaling 'against the asked delay'
drawn wheel-levels scaling 'one tick'
drawn create-population scaling 'against the number of other threads'
drawn sleep-long scaling 'oversleep against the asked time, api=msleep'
drawn sleep-long scaling 'as long as asked'
drawn sleep-long scaling-2 'asked time, api=schedule_hrtimeout'
drawn create-population phases 'the phases of life'
drawn create-population phases 'handover'
check "each bar ends at the mean of the whole" awk -F '\t' '
	/^#/ { next }
	NF == 6 { end[FILENAME, $1] = $4 }
	NF == 9 { off = end[FILENAME, $1] - $5; n++; if (off < -6 || off > 6) { print FILENAME, $0; bad = 1 } }
	END { exit bad || n < 16 }' "$TMP"/plain/plots/*-phases.dat
check "phases are not drawn as parts too" sh -c "! ls '$TMP'/plain/plots/*-create-*-parts*"
drawn create-rate rate 'creations per second against the number of creators'
drawn create-rate rate 'api=create_on_cpu'
check "perfect scaling is the first point, times the creators" awk -F '\t' '
	/^#/ { first = 0; next }
	NF == 8 { if (!first) first = $2; n++; if ($3 != first * $1 || $4 > $2 || $2 > $5) { print; bad = 1 } }
	END { exit bad || n != 8 }' "$TMP"/plain/plots/*-create-rate-rate.dat
drawn wake-pairs pairs 'p50 of latency from CPU to CPU, source=thread'
drawn wake-pairs pairs-2 'p50 of latency from CPU to CPU, source=hrtimer'
check "every pair of CPUs is there once" test \
	"$(grep '^[0-9]' "$TMP"/plain/plots/*-wake-pairs-pairs.dat | cut -f 3,4 | sort -u | wc -l)" -eq 16
check "such a job has no other matrix" sh -c "! ls '$TMP'/plain/plots/*-wake-pairs-matrix*"
drawn calls calls 'cost of hrtimer calls against the number of pending timers, base=own'
# Curves of each series: every call once, at most eight in a picture.
calls=$(grep -c '"call": true' "$TMP/plain/result.json")
for base in own first; do
	check "every call is drawn, base=$base" test \
		"$(grep -h "^# .*, base=$base\$" "$TMP"/plain/plots/*-calls-calls*.dat | sort -u | wc -l)" -eq "$calls"
done
check "at most eight in a picture" sh -c "
	! grep -c '^# .*, base=' '$TMP'/plain/plots/*-calls-calls*.dat | grep -v ':[1-8]$'"
check "a call looks the same in each series" sh -c "
	awk '/^name[0-9]+ = / { name = \$3 } /^style[0-9]+ = / { print name, \$3 }' \
		'$TMP/plain/plots/plots.gp' | sort | uniq -c |
	awk '\$1 != 2 { print; bad = 1 } END { exit bad || NR != $calls }'"
check "calls are not drawn one by one" sh -c "! ls '$TMP'/plain/plots/*-calls-scaling*"
if command -v xmllint >/dev/null; then
	check "each SVG is well-formed" sh -c "xmllint --noout '$TMP'/*/plots/*.svg"
	sed -n '/<svg/,/<\/svg>/p' "$TMP/many/report.html" | sed 's/<figure>//g' >"$TMP/body"
	(echo '<all>'; cat "$TMP/body"; echo '</all>') >"$TMP/all.xml"
	check "each SVG in the page is well-formed, no id is there twice" \
		sh -c "xmllint --noout '$TMP/all.xml' && ! grep -o ' id=\"[^\"]*\"' '$TMP/all.xml' | sort | uniq -d | grep ."
else
	skip "each SVG is well-formed" "xmllint is missing (Debian: apt-get install libxml2-utils)"
fi
check "each SVG of the page has a role, a title, a description" sh -c "
	n=\$(grep -c '<svg' '$TMP/plain/report.html')
	[ \$n -gt 20 ] &&
	[ \$(grep -c '<svg role=\"img\" aria-labelledby=' '$TMP/plain/report.html') -eq \$n ] &&
	[ \$(grep -c '^<title id=' '$TMP/plain/report.html') -eq \$n ]"
check "the vm lane's remark is in each picture" sh -c "
	! grep -L 'times are shape only' '$TMP'/many/plots/[0-9]*.svg | grep ."
check "no curve has more than 500 points" awk '
	FNR == 1 || /^$/ { n = 0 }
	/^[0-9]/ && ++n > 500 { print FILENAME; bad = 1 }
	END { exit bad }' "$TMP"/*/plots/[0-9]*-[a-z]*.dat
check "no data has a NaN" sh -c "! grep -Eil '(^|	)-?(nan|inf)' '$TMP'/*/plots/*.dat"
check "the script beside the pictures draws them again" sh -c "
	cd '$TMP/plain/plots' && rm [0-9]*.svg && gnuplot -d plots.gp 2>/dev/null &&
	[ \$(ls [0-9]*.svg | wc -l) -eq \$(ls [0-9]*.dat | wc -l) ]"
if command -v lstopo-no-graphics >/dev/null || command -v lstopo >/dev/null; then
	check "the topology is drawn" grep -q "id='topology-PU_3" "$TMP/plain/report.html"
else
	skip "the topology is drawn" "lstopo is missing (Debian: apt-get install hwloc-nox)"
fi
finish
