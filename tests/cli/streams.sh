#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: apart
# Descriptors 0 to 2 closed by the caller: no file of a verb becomes one of them,
# children have all three, and what could not be printed is an error.
# shellcheck disable=SC2016 # shells that are called expand the words
. "$(dirname "$0")/../lib.sh"

K=$B/ktbench
export KTBENCH_CATALOG="$TOP/runner/catalog.json" KTBENCH_LANE=exact
cd "$TMP" || exit 1

# One run at a time on a machine is told by the network namespace.
apart=
unshare --net true 2>/dev/null && apart="unshare --net"

# closed WHICH WORD...: ktbench with descriptors closed: in, out, err, all.
closed() {
	# shellcheck disable=SC2086 # The words are meant to be split.
	case $1 in
	in) $apart "$K" "${@:2}" <&- ;;
	out) $apart "$K" "${@:2}" >&- ;;
	err) $apart "$K" "${@:2}" 2>&- ;;
	all) $apart "$K" "${@:2}" <&- >&- 2>&- ;;
	esac
}

printf '%s\n' '[a]' 'workload = user_null' 'cpus = 0' 'duration = 100ms' \
	'warmup = 0' 'repetitions = 3' >a.ini

# exits STATUS COMMAND...: it may have no output at all.
exits() {
	local expected=$1 rc=0

	"${@:2}" || rc=$?
	[ $rc -eq "$expected" ]
}

# What ktbench writes below $1 is all text of its own.
clean() {
	! grep -rqE '^(ktbench:|result:|\[[0-9]+/[0-9]+\]|[0-9]+ cells)' "$1"
}

for which in in out err all; do
	case $which in out | all) expected=5 ;; *) expected=0 ;; esac
	check "run, closed: $which" exits $expected closed $which run \
		--device /nonexistent --align 0 --results "r-$which" --name a a.ini
	check "its cells are whole" sh -c \
		'"$TOP/vm/cells" "$1"/*-a | jq -es "length == 3 and all(.state == \"ok\")"' sh "r-$which"
	check "its result is whole" jq -e '.state == "complete"' "r-$which"/*-a/result.json
	check "and nothing else is in them" clean "r-$which"
done

# Every verb that prints, into an output that is closed or full; those with a
# status of their own keep it, and say what was lost.
cp -r r-in/*-a one
mkdir -p side
cp -r one side/1
silent() {
	local what=$1 rc=0

	shift
	closed out "$@" 2>err || rc=$?
	if [ $rc -ne 0 ] && grep -q '^ktbench: cannot write' err; then
		ok "$what: a closed output is an error"
	else
		not_ok "$what: a closed output is an error (exit $rc)"
		diag <err
	fi
	rc=0
	# shellcheck disable=SC2086 # The words are meant to be split.
	$apart "$K" "$@" >/dev/full 2>err || rc=$?
	if [ $rc -ne 0 ] && grep -q '^ktbench: cannot write' err; then
		ok "$what: a full output is an error"
	else
		not_ok "$what: a full output is an error (exit $rc)"
		diag <err
	fi
}
silent "--help" --help
silent "--version" --version
silent "--man" --man
silent "--completion" --completion
silent "run --help" run --help
silent "run --dry-run" run --dry-run --device /nonexistent a.ini
silent "list" list --device /nonexistent
silent "topology" topology
silent "env" env
silent "figures" figures one
silent "export" export --format csv one
silent "report" report one
"$K" figures one >figures.json
silent "compare" compare figures.json figures.json
silent "trend" trend side

# Files that verbs write while all three are closed.
check "topology -o, all closed" exits 5 closed all topology -o topology.xml
check "writes the topology and nothing else" sh -c 'head -1 topology.xml | grep -q "^<?xml" &&
	tail -1 topology.xml | grep -q "^</topology>"'
check "export -o, all closed" closed all export --format csv -o out.csv one
"$K" export --format csv -o expected.csv one
check "writes what it always writes" cmp out.csv expected.csv
rm -f one/report.html
check "report, all closed" exits 5 closed all report one
check "writes the whole page" sh -c 'head -c 15 one/report.html | grep -qi "^<!doctype" &&
	tail -1 one/report.html | grep -q "</html>"'

# A terminal that clears no line gets none to clear, and one that does does.
terminal() {
	TERM=$1 script -qec "$apart $K run --device /nonexistent --align 0 --results t a.ini" /dev/null </dev/null
}
terminal xterm >xterm.out
terminal dumb >dumb.out
terminal "" >none.out
check "a terminal gets the line's rest cleared" grep -q "$(printf '\033')\[K" xterm.out
check "a dumb one gets text only" sh -c '! grep -q "$(printf "\033")" dumb.out none.out'
check "  and all of it" grep -q '\[3/3\] a, repetition 3 of 3: ok' dumb.out

# A child has all three, whatever the caller closed.
mkdir bin
cat >bin/gnuplot <<EOF
#!/bin/sh
for fd in 0 1 2; do
	[ -e /proc/self/fd/\$fd ] || echo "\$fd" >>"$TMP/lacks"
done
echo called >>"$TMP/called"
exit 1
EOF
chmod +x bin/gnuplot
PATH=$TMP/bin:$PATH closed all report one
check "gnuplot is called" test -s called
check "and has its three descriptors" test ! -e lacks
finish
