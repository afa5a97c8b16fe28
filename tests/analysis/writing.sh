#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# What is written: as a whole, by any number at once, with nothing left over, into the
# file that was meant and with its mode; and what cannot be written says why, in every
# verb and format.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
MAKE_RESULT=$B/tests/analysis/make_result

[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"

for boot in A/1 A/2 B/1 B/2; do
	mkdir -p "$TMP/$(dirname $boot)"
	"$MAKE_RESULT" --cells 4 --cpus 2 --samples 100 --seed ${boot#*/}7 --kernel 6.${boot%/*} "$TMP/$boot"
done
for boot in 1 2; do
	sed -i "s/\"run\": \"[^\"]*\"/\"run\": \"A-$boot\"/" "$TMP/A/$boot/result.json"
	sed -i "s/\"run\": \"[^\"]*\"/\"run\": \"B-$boot\"/" "$TMP/B/$boot/result.json"
done
"$MAKE_RESULT" --cells 2 --cpus 2 --samples 100 --lane exact "$TMP/exact"
"$KTBENCH" figures "$TMP/exact" >"$TMP/figures.json"

# No device, full disk or other reader of stdout makes a difference: one sentence, exit 5.
# Each row is a verb and its arguments.
VERBS='report R
report --no-plots R
report -o O R S
compare A B
compare -f json A B
compare -f junit A B
compare -f markdown A B
compare -f ktap A B
compare F F
figures X
trend -i I A
trend -i I -f json A
export -f google-benchmark R
export -f smaller-is-better R
export -f bmf R
export -f openmetrics R
export -f hgrm -m harness/empty R
export -f ktap R
export -f junit R
export -f csv R
export -f jsonl R
topology -i R/topology.xml
list
list --json
env
env --json
check --table K
run --dry-run J
--help
--man
--completion
report --help'
printf '[n]\nworkload = user_null\n' >"$TMP/J"
# words ROW: its words, with the files in the place of capitals.
words() {
	WORDS=()
	for word in $1; do
		case $word in
		R) word=$TMP/A/1 ;;
		S) word=$TMP/B/1 ;;
		A | B | J | O | I) word=$TMP/$word ;;
		X) word=$TMP/exact ;;
		F) word=$TMP/figures.json ;;
		K) word=$TOP/tests/golden/contracts/old.json ;;
		R/*) word=$TMP/A/1/${word#R/} ;;
		esac
		WORDS+=("$word")
	done
}
if [ -e /dev/full ]; then
	while IFS= read -r row; do
		words "$row"
		status=0
		"$KTBENCH" "${WORDS[@]}" >"$TMP/good" 2>"$TMP/good.err" </dev/null || status=$?
		if [ ! -s "$TMP/good" ]; then
			not_ok "ktbench $row prints nothing, exit $status"
			continue
		fi
		status=0
		"$KTBENCH" "${WORDS[@]}" >/dev/full 2>"$TMP/err" </dev/null || status=$?
		diag <"$TMP/err"
		check "ktbench $row: a full disk ends it with 5" test $status -eq 5
		check "  and is what it says, once, and no other reason" test \
			"$(grep -c 'No space left on device' "$TMP/err").$(grep -c 'memory' "$TMP/err")" = 1.0
	done <<<"$VERBS"
fi

# Files: each verb that writes one, into places where it cannot.
# cannot WHAT WORDS COMMAND...
cannot() {
	local what=$1 expected=$2

	shift 2
	check_fails 5 "$expected" "$what" "$@"
	check "  in one sentence" test "$(grep -c . "$TMP/.out")" -eq 1
}
echo plain >"$TMP/plain"
mkdir "$TMP/folder"
cannot "export into a file's folder" 'plain/x: Not a directory' "$KTBENCH" export -f csv -o "$TMP/plain/x" "$TMP/A/1"
cannot "export into a folder" 'folder: Is a directory' "$KTBENCH" export -f csv -o "$TMP/folder" "$TMP/A/1"
cannot "export under too long a name" 'File name too long' "$KTBENCH" export -f csv -o "$TMP/$(printf %0300d 1)" "$TMP/A/1"
cannot "an index that is a folder" 'folder: ' "$KTBENCH" trend -i "$TMP/folder" --rebuild "$TMP/A"
cannot "an index in no folder" 'nosuch/i: No such file' "$KTBENCH" trend -i "$TMP/nosuch/i" "$TMP/A"
cannot "a trend in a file" 'plain/t: Not a directory' "$KTBENCH" trend -i "$TMP/I" -o "$TMP/plain/t" "$TMP/A"
cannot "a comparison in a file" 'plain/t: Not a directory' "$KTBENCH" compare -o "$TMP/plain/t" "$TMP/A" "$TMP/B"
cannot "a report of several in a file" 'plain/t: Not a directory' "$KTBENCH" report -o "$TMP/plain/t" "$TMP/A/1" "$TMP/B/1"
cp -r "$TMP/A/1" "$TMP/taken"
rm -rf "$TMP/taken/report.html" "$TMP/taken/plots"
mkdir "$TMP/taken/report.html"
cannot "a report whose page is a folder" 'report.html: Is a directory' "$KTBENCH" report -q --no-plots "$TMP/taken"
rmdir "$TMP/taken/report.html"
echo >"$TMP/taken/plots"
cannot "a report whose pictures' folder is a file" 'taken/plots: Not a directory' "$KTBENCH" report -q "$TMP/taken"
ulimit -f >/dev/null && cannot "a file that may not be so large" 'x.csv: File too large' \
	bash -c "ulimit -f 1; trap '' XFSZ; exec '$KTBENCH' export -f csv -o '$TMP/x.csv' '$TMP/A/1'"
check "  leaves nothing" test ! -e "$TMP/x.csv"
if [ "$(id -u)" -eq 0 ] && [ -n "$(type -P setpriv)" ]; then
	NOBODY=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chmod 755 "$TMP"
	rm -f "$TMP/A/1/report.html"
	cannot "a folder of somebody else's" 'A/1/report.html: Permission denied; name a file where' \
		"${NOBODY[@]}" "$KTBENCH" report -q --no-plots "$TMP/A/1"
	cannot "  for an export" 'x.csv: Permission denied' "${NOBODY[@]}" "$KTBENCH" export -f csv -o "$TMP/x.csv" "$TMP/A/1"
	mkdir -m 777 "$TMP/free"
	echo kept >"$TMP/free/theirs"
	for verb in "export -f csv -o $TMP/free/theirs $TMP/A/1" "trend -i $TMP/free/theirs --rebuild $TMP/A"; do
		read -ra WORDS <<<"$verb"
		cannot "a file of somebody else's in one's own folder: ${WORDS[0]}" 'theirs: Permission denied' \
			"${NOBODY[@]}" "$KTBENCH" "${WORDS[@]}"
	done
	check "  which is as it was" grep -qx kept "$TMP/free/theirs"
	cp -r "$TMP/A/1" "$TMP/free/1"
	echo kept >"$TMP/free/1/report.html"
	chown -R 65534:65534 "$TMP/free/1"
	chmod 444 "$TMP/free/1/report.html"
	cannot "a page without write permission" 'report.html: Permission denied' \
		"${NOBODY[@]}" "$KTBENCH" report -q --no-plots "$TMP/free/1"
	check "  which is as it was" grep -qx kept "$TMP/free/1/report.html"
	chmod 666 "$TMP/free/1/report.html"
	chmod 555 "$TMP/free/1"
	check "a page in a folder that takes no new file" "${NOBODY[@]}" "$KTBENCH" report -q --no-plots "$TMP/free/1"
	check "  is written" grep -q '</html>' "$TMP/free/1/report.html"
else
	skip "folders of somebody else's" "this needs root and setpriv"
fi

# What other tools do with a file that is there.
echo old >"$TMP/a.csv" && chmod 640 "$TMP/a.csv"
ln -s a.csv "$TMP/link"
ln -s link "$TMP/second"
ln -s "$TMP/later.csv" "$TMP/dangling"
ln -s loop "$TMP/loop"
check "a file through two links" "$KTBENCH" export -f csv -o "$TMP/second" "$TMP/A/1"
check "  which stay links" test -L "$TMP/second" -a -L "$TMP/link"
check "  and the file its mode" test "$(stat -c %a "$TMP/a.csv")" = 640
check "  with what was exported" grep -q '^wheel-scaling,' "$TMP/a.csv"
check "a link to nothing yet" "$KTBENCH" export -f csv -o "$TMP/dangling" "$TMP/A/1"
check "  makes what it leads to" cmp "$TMP/later.csv" "$TMP/a.csv"
cannot "a link to itself" 'loop: Too many levels' "$KTBENCH" export -f csv -o "$TMP/loop" "$TMP/A/1"
check "a new file has the mode of any" sh -c "umask 027; '$KTBENCH' export -f csv -o '$TMP/n.csv' '$TMP/A/1' 2>/dev/null && test \$(stat -c %a '$TMP/n.csv') = 640"
echo old >"$TMP/one" && ln "$TMP/one" "$TMP/two"
check "an index with two names" "$KTBENCH" trend -i "$TMP/one" --rebuild "$TMP/A"
check "  has both still" test "$TMP/one" -ef "$TMP/two"
check "  and is one" "$KTBENCH" trend -i "$TMP/two" "$TMP/A"
check "no index at all" "$KTBENCH" trend -i /dev/null "$TMP/A"
check "  and the device stays one" test -c /dev/null
"$KTBENCH" report -q --no-plots "$TMP/A/1"
chmod 600 "$TMP/A/1/report.html"
"$KTBENCH" report -q --no-plots "$TMP/A/1"
check "a page keeps its mode too" test "$(stat -c %a "$TMP/A/1/report.html")" = 600
mv "$TMP/A/1/report.html" "$TMP/elsewhere.html" && ln -s "$TMP/elsewhere.html" "$TMP/A/1/report.html"
check "and is written where its link leads" "$KTBENCH" report -q --no-plots "$TMP/A/1"
check "  which stays one" test -L "$TMP/A/1/report.html"
rm "$TMP/A/1/report.html"
if [ "$(id -u)" -eq 0 ]; then
	chown 65534:65534 "$TMP/n.csv"
	"$KTBENCH" export -f csv -o "$TMP/n.csv" "$TMP/A/1"
	check "what root writes stays its owner's" test "$(stat -c %u "$TMP/n.csv")" = 65534
fi

# Several at once.
# at_once COMMAND: five of it; all must end well and say nothing.
at_once() {
	local pids=() pid bad=0

	for _ in 1 2 3 4 5; do
		"$@" >>"$TMP/at_once" 2>&1 &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || bad=$((bad + 1))
	done
	return $bad
}
# leftovers: what no finished command has left.
leftovers() {
	find "$TMP" -name '.*' -not -name .out -not -name '.' -not -path "$TMP"
}
mkdir "$TMP/out"
for _ in 1 2 3; do
	: >"$TMP/at_once"
	check "five reports of one result" at_once "$KTBENCH" report -q "$TMP/A/1"
	check "  none has anything to say" test ! -s "$TMP/at_once"
	check "  the page is whole" sh -c "tail -n 1 '$TMP/A/1/report.html' | grep -q '</html>'"
done
rm -f "$TMP/I"
check "five trends with one index" at_once sh -c "'$KTBENCH' trend -i '$TMP/I' -o '$TMP/out' '$TMP/A' '$TMP/B' >/dev/null"
check "  which has each result" test "$(jq -r .run "$TMP/I" | sort -u | wc -l)" -eq 4
rm -f "$TMP/I"
n=0
one_of_five() {
	mkdir -p "$TMP/five/$1" && cp -r "$TMP/A/1" "$TMP/five/$1/x" &&
		sed -i "s/\"run\": \"[^\"]*\"/\"run\": \"five-$1\"/" "$TMP/five/$1/x/result.json"
}
pids=()
for n in 1 2 3 4 5; do
	one_of_five $n
	"$KTBENCH" trend -i "$TMP/I" "$TMP/five/$n" >/dev/null 2>&1 &
	pids+=($!)
done
wait "${pids[@]}"
check "five trends of five folders: the index has them all" test "$(jq -r .run "$TMP/I" | sort -u | wc -l)" -eq 5
check "five exports into one file" at_once "$KTBENCH" export -f csv -o "$TMP/five.csv" "$TMP/A/1"
check "  which is whole" cmp "$TMP/five.csv" "$TMP/later.csv"
check "five comparisons in one folder" at_once sh -c "'$KTBENCH' compare -q -o '$TMP/out' '$TMP/A' '$TMP/B'; test \$? -eq 3"
check "five reports of several in one folder" at_once "$KTBENCH" report -q -o "$TMP/O" "$TMP/A/1" "$TMP/B/1"
leftovers >"$TMP/left"
diag <"$TMP/left"
check "nothing is left over" test ! -s "$TMP/left"

# A signal in the middle: a gnuplot that waits is the middle.
printf '#!/bin/sh\ntouch "%s/drawing"\nexec sleep 60\n' "$TMP" >"$TMP/slow"
chmod +x "$TMP/slow"
for signal in HUP INT TERM PIPE QUIT; do
	rm -f "$TMP/drawing" "$TMP/A/1/report.html"
	# A shell's background jobs ignore INT and QUIT; this one does not.
	"$KTBENCH" report -q --gnuplot "$TMP/slow" "$TMP/A/1" 2>/dev/null &
	pid=$!
	[ $signal != INT ] && [ $signal != QUIT ] || {
		kill -KILL $pid
		wait $pid 2>/dev/null
		rm -rf "$TMP/A/1/plots"/.new-*
		rm -f "$TMP/drawing"
		python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$KTBENCH" report -q --gnuplot "$TMP/slow" "$TMP/A/1" 2>/dev/null &
		pid=$!
	}
	for ((i = 0; i < 500; i++)); do
		[ ! -e "$TMP/drawing" ] || break
		sleep .02
	done
	(ulimit -c 0; kill -$signal $pid)
	status=0
	wait $pid 2>/dev/null || status=$?
	check "$signal ends a report as it ends anything" test $status -eq $((128 + $(kill -l $signal)))
	leftovers >"$TMP/left"
	check "  and nothing is left over" test ! -s "$TMP/left"
done
if trap '' HUP; then
	rm -f "$TMP/drawing"
	printf '#!/bin/sh\ntouch "%s/drawing"\nsleep .3\n' "$TMP" >"$TMP/slow"
	"$KTBENCH" report -q --gnuplot "$TMP/slow" "$TMP/A/1" 2>/dev/null &
	pid=$!
	for ((i = 0; i < 500; i++)); do
		[ ! -e "$TMP/drawing" ] || break
		sleep .02
	done
	kill -HUP $pid
	check "nohup keeps its promise" wait $pid
	trap - HUP
fi

# Results of one second are told in the order of their numbers.
mkdir "$TMP/second.d"
for number in 10 2 1; do
	cp -r "$TMP/A/1" "$TMP/second.d/run-$number"
	sed -i "s/\"run\": \"[^\"]*\"/\"run\": \"run-$number\"/" "$TMP/second.d/run-$number/result.json"
done
"$KTBENCH" trend -i "$TMP/order" "$TMP/second.d" >/dev/null
check "-2 stands before -10" test "$(jq -r .run "$TMP/order" | uniq | paste -sd' ')" = "run-1 run-2 run-10"
finish
