#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The formats of a comparison, on comparisons that are made by hand: each carries
# what must be said, can be read by whom it is for, and is torn by no name.

. "$(dirname "$0")/../lib.sh"

FORMATS=$B/tests/analysis/formats

[ -x "$FORMATS" ] || skip_all "$FORMATS is not built (make analysis-tools)"

for made in $("$FORMATS" --cases); do
	mkdir "$TMP/$made"
	for format in $("$FORMATS" --formats); do
		"$FORMATS" "$made" "$format" >"$TMP/$made/$format" || not_ok "$made is printed as $format"
	done
	check "$made: the directory has a file of each format" "$FORMATS" "$made" --output "$TMP/$made/dir"
	# "Nothing" in a number's place; words that have these letters are none.
	check "$made: no NaN, no infinity" sh -c "! grep -Ewi -e '[+-]?(nan|inf|infinity)' '$TMP/$made'/*[a-z]"
done

# has CASE WHAT REGEX...: each format and the page have all of it.
has()
{
	made=$1
	what=$2
	shift 2
	for file in "$TMP/$made"/[a-z]* "$TMP/$made/dir/compare.html"; do
		[ -f "$file" ] || continue
		for regex in "$@"; do
			check "$made, $(basename "$file") $what: $regex" grep -Eq -e "$regex" "$file"
		done
	done
}

has plain "carries its verdict" 'no verdict'
has plain "carries its lane" 'times are shape only, never figures' '[^a-z]vm[^a-z]'
has plain "says that it was forced, and what differs" 'FORCED|"forced": true' governor performance schedutil
has plain "says that there were looks" 'look 1 of 3|"look": 1,'
has plain "says why there is no verdict" '12 samples were lost in boot 3 of B'
has plain "names the CPU" 'CPU 3|"worst_cpu":3'
has plain "says what it takes" '24 boots a side|"boots_needed": 24'
has plain "tells the modes" '2 of 5|"modes_a":2'
has calm "carries its verdict" unchanged
has exact "carries its lane" 'instructions of the guest'
has exact "has instructions" '12,595|12595'
has exact "says what is missing" 'only A has it|MISSING +wheel timers=100: gone'
has empty "says that nothing was asked" 'no figure is gated|"gated":\{"unchanged":0,"improved":0,"too noisy":0,"regressed":0,"no verdict":0\}'
has empty "says that --force was given" 'force was given|"forced": true'

for file in "$TMP/exact"/[a-z]* "$TMP/exact/dir/compare.html"; do
	[ -f "$file" ] || continue
	check "exact, $(basename "$file"): no interval, no p, no boots" \
		sh -c "! grep -Ei 'Holm|permutation,|[0-9] boots|% \\[|_percent\":-?[0-9][^}]*\"p\":[0-9]' '$file'"
done

# JSON
if python3 -c 'import jsonschema' 2>/dev/null; then
	for made in $("$FORMATS" --cases); do
		check "$made: JSON holds against the schema" "$TOP/tests/analysis/validate" "$TMP/$made/json"
	done
	sed 's/"verdict": "no verdict"/"verdict": "fine"/' "$TMP/plain/json" >"$TMP/wrong"
	check_fails 1 'verdict: .fine. is not one of' "another verdict is found" "$TOP/tests/analysis/validate" "$TMP/wrong"
	sed 's/"too noisy":1/"too noisy":2/' "$TMP/plain/json" >"$TMP/wrong"
	check_fails 1 'too noisy is 2, 1 figures say so' "a wrong count is found" "$TOP/tests/analysis/validate" "$TMP/wrong"
else
	skip "JSON holds against the schema" "python3-jsonschema is missing (Debian: apt-get install python3-jsonschema)"
fi

# JUnit and the page
if command -v xmllint >/dev/null; then
	for made in $("$FORMATS" --cases); do
		check "$made: JUnit is well-formed" xmllint --noout "$TMP/$made/junit"
		for pair in testcase:tests failure:failures error:errors skipped:skipped; do
			check "$made: JUnit has as many of ${pair%%:*} as it says" test \
				"$(xmllint --xpath "count(//${pair%%:*})" "$TMP/$made/junit")" = \
				"$(xmllint --xpath "string(//testsuite/@${pair##*:})" "$TMP/$made/junit")"
		done
	done
else
	skip "JUnit is well-formed" "xmllint is missing (Debian: apt-get install libxml2-utils)"
fi
check "markup in names stays text in JUnit" grep -q 'name="&lt;script&gt;&amp;&quot;' "$TMP/odd/junit"

# KTAP: the plan is kept, numbers follow each other, nothing else looks like a result.
for made in $("$FORMATS" --cases); do
	check "$made: KTAP keeps its plan" awk '
		NR == 1 && $0 != "KTAP version 1" { bad = 1 }
		NR == 2 { sub(/^1\.\./, ""); plan = $0; next }
		NR > 2 && /^(not )?ok / { sub(/^not /, ""); if ($2 != ++n) bad = 1; next }
		NR > 2 && !/^#/ { print; bad = 1 }
		END { exit bad || !plan || n != plan }' "$TMP/$made/ktap"
done
check "KTAP: regressed is not ok" grep -q '^not ok 2 wheel\.timers_100\.lateness\.p99$' "$TMP/plain/ktap"
check "KTAP: no verdict is not ok" grep -q '^not ok 1 hrtimer\.latency\.p50$' "$TMP/plain/ktap"
check "KTAP: too noisy is skipped" grep -q '^ok 3 .* # SKIP too noisy: needs 24 boots a side$' "$TMP/plain/ktap"
check "KTAP: improved and unchanged are ok" test "$(grep -Ec '^ok [45] [a-z0-9._]+$' "$TMP/plain/ktap")" = 2
check "KTAP: a test is a word" sh -c "! grep -E '^(not )?ok [0-9]+ ' '$TMP'/*/ktap | sed 's/ # SKIP too noisy: needs .* boots a side\$//' | grep -Ev ':(not )?ok [0-9]+ [A-Za-z0-9._-]+\$'"

# Markdown: short, and says what it leaves out; tables have four columns.
for made in $("$FORMATS" --cases); do
	check "$made: Markdown fits a comment" test "$(wc -m <"$TMP/$made/markdown")" -lt 60000
	check "$made: Markdown keeps its columns" awk '
		/^\|/ { gsub(/\\\\/, ""); gsub(/\\\|/, ""); if (gsub(/\|/, "") != 5) { print; bad = 1 } }
		END { exit bad }' "$TMP/$made/markdown"
	check "$made: what is opened in Markdown is closed" test \
		"$(grep -o '<details>' "$TMP/$made/markdown" | wc -l)" = "$(grep -o '</details>' "$TMP/$made/markdown" | wc -l)"
done
check "Markdown says how many it has left out" sh -c "
	rows=\$(grep -c '^| [^v-].*regressed' '$TMP/many/markdown')
	[ \$rows -le 60 ] && [ \$rows -gt 20 ] && grep -q '^and [0-9]* more that are not unchanged, which do not fit here' '$TMP/many/markdown'"
check "and they are all of them" sh -c "
	told=\$(sed '/<details>/,\$d' '$TMP/many/markdown' | grep -c '^| [^ a-z:-]* ')
	left=\$(sed -n 's/^and \\([0-9]*\\) more that are not unchanged.*/\\1/p' '$TMP/many/markdown')
	all=\$(sed -n 's/.*of 5000 gated figures.* \\([0-9]*\\) unchanged.*/\\1/p' '$TMP/many/markdown' | head -n 1)
	[ \$((told + left + all)) -eq 5000 ]"
check "markup in names stays text in Markdown" grep -q '&lt;script>&amp;"' "$TMP/odd/markdown"

# Of the rest no more than 20 are told, and how many are not.
for format in text junit ktap; do
	check "many, $format: the rest is told up to 20" test "$(grep -c 'lateness p99, CPU 3' "$TMP/many/$format")" = 20
	check "many, $format: and counted" grep -q 'and 80 more that have changed' "$TMP/many/$format"
done

# Whole or not at all.
check_fails 5 'cannot make the directory .*/nowhere/dir: No such file' "a directory without a parent" \
	"$FORMATS" plain --output "$TMP/nowhere/dir"
echo old >"$TMP/file"
check_fails 5 'cannot (make|write) .*Not a directory' "a file is no directory" "$FORMATS" plain --output "$TMP/file"
check "and is left alone" grep -qx old "$TMP/file"
check "no temporary file is left" sh -c "! ls -A '$TMP'/*/dir | grep '^\\.[a-z]'"
if [ -w /dev/full ]; then
	check "a full disk is noticed" sh -c "! '$FORMATS' plain json >/dev/full"
fi
finish
