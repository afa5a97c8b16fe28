#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: apart
# Every text that a verb reads, as editors and other systems save it: with a
# byte-order mark, in UTF-16, with CR LF, with a zero byte, empty, a directory.
# Each is read, or said to be what it is; nothing of it is left out in silence.
. "$(dirname "$0")/../lib.sh"

K=$B/ktbench
export KTBENCH_CATALOG="$TOP/runner/catalog.json" KTBENCH_LANE=exact
NONE="--device /nonexistent"
cd "$TMP" || exit 1

# One run at a time on a machine is told by the network namespace.
apart=
unshare --net true 2>/dev/null && apart="unshare --net"

# as KIND FILE: FILE as another system has it, in the place of $made.
as() {
	rm -rf "$made"
	case $1 in
	mark) { printf '\357\273\277' && cat "$2"; } >"$made" ;;
	utf16) iconv -f UTF-8 -t UTF-16 "$2" >"$made" ;;
	utf16be) iconv -f UTF-8 -t UTF-16BE "$2" >"$made" ;;
	crlf) sed 's/$/\r/' "$2" >"$made" ;;
	zero) { head -c 20 "$2" && printf '\0' && tail -c +21 "$2"; } >"$made" ;;
	empty) : >"$made" ;;
	directory) mkdir "$made" ;;
	gzip) gzip -c "$2" >"$made" ;;
	esac
}

printf '%s\n' '[a]' 'workload = user_null' 'cpus = 0' 'duration = 50ms' 'warmup = 0' >a.ini
# shellcheck disable=SC2086 # The words are meant to be split.
$apart "$K" run $NONE --align 0 --name a a.ini >/dev/null 2>&1
mv results/*-a one
mkdir history plan
cp -r one history/1
# shellcheck disable=SC2086
"$K" run $NONE --plan-only --boots 2 --kernels 6.1.0,6.12.0 --compare-dir planned a.ini >/dev/null 2>&1
check "a plan is there to be read" test -s planned/plan.json
printf '%s\n' '# series | run | word | text' >none.triage
printf '%s\n' '# page | claim | today | checks' '' >none.claims
"$K" figures one >figures.json
printf '%s\n' '{"schema":"ktbench-check","schema_version":1,"kernel":{"release":"6.1","version":"",' \
	'"machine":"","hz":250,"preempt_rt":false},"module":{"build":""},"lane":"exact",' \
	'"lane_detail":"","cpus_online":1,"checks":[],"summary":{}}' >check.json

# What reads a file: NAME, the file, where it is put, and the command.
# shellcheck disable=SC2086
reads() {
	case $1 in
	job) "$K" run --dry-run $NONE made.ini ;;
	catalogue) KTBENCH_CATALOG=made.json "$K" list $NONE ;;
	result | cells) "$K" export -f csv made ;;
	figures) "$K" compare made.figures figures.json ;;
	state) "$K" env --restore --state made.state ;;
	plan) "$K" run --continue plan --next ;;
	triage) "$K" trend --triage made.triage history ;;
	claims) "$K" check --table --claims made.claims check.json ;;
	kernel) "$K" check --table made.check ;;
	index) "$K" trend --index made.index history ;;
	topology) "$K" topology -i made.xml ;;
	esac
}
sources="job:a.ini:made.ini catalogue:$TOP/runner/catalog.json:made.json
	result:one/result.json:made/result.json cells:one/cells.jsonl:made/cells.jsonl
	figures:figures.json:made.figures state:made.none:made.state
	plan:planned/plan.json:plan/plan.json triage:none.triage:made.triage
	claims:none.claims:made.claims kernel:check.json:made.check
	index:made.none2:made.index topology:$TOP/tests/golden/dry-run/machine.xml:made.xml"
printf '[]\n' >made.none
# Plain text, as older results have it, is what somebody can have changed.
zstd -dq --rm one/cells.jsonl.zst
cp -r one made
"$K" trend --index made.none2 history >/dev/null 2>&1

MARK='byte-order mark'
# expected NAME KIND: `same` as the file itself, or what is said of it.
expected() {
	case $2:$1 in
	mark:cells | mark:index) echo "$MARK" ;;
	mark:* | crlf:*) echo same ;;
	utf16:* | utf16be:*) echo 'UTF-16' ;;
	zero:*) echo 'zero bytes' ;;
	gzip:*) echo 'gzip' ;;
	empty:job) echo 'there is no job in it' ;;
	empty:cells) echo 'there is no figure' ;;
	empty:triage | empty:claims | empty:index) echo same ;;
	empty:*) echo 'it is empty' ;;
	directory:figures) echo 'nor a directory of results' ;;
	directory:*) echo 'Is a directory|is a directory' ;;
	esac
}

# A topology that is none says what it is.
tells() {
	printf '%s\n' "${@:2}" >other.xml
	check_fails 2 "^ktbench: other.xml is $1" "a topology, ${1%%;*}" "$K" topology -i other.xml
}
tells 'not a topology: it is not XML;' '[a]' 'workload = null'
tells 'not a topology: it is XML without <topology>;' '<html>' '</html>'
tells 'a damaged topology' '<topology version="2.0">' '<object'
sed 's/topology version="2.0"/topology version="3.0"/' \
	"$TOP/tests/golden/dry-run/machine.xml" >third.xml
check "a version is there to be changed" grep -q 'topology version="3.0"' third.xml
# hwloc 2.12 and later read that.
if pkg-config --atleast-version=2.12 hwloc 2>/dev/null; then
	check "a topology of hwloc 3" "$K" topology -i third.xml
else
	check_fails 2 '^ktbench: third.xml is written by hwloc 3, and this program has hwloc 2; write it there' \
		"a topology of hwloc 3" "$K" topology -i third.xml
fi
check_fails 2 '^ktbench: cannot read the topology nosuch.xml: No such file' \
	"a topology that is not there" "$K" topology -i nosuch.xml

for source in $sources; do
	IFS=: read -r name file made <<<"$source"
	rm -rf "$made"
	cp "$file" "$made"
	reads "$name" >plain 2>&1
	status=$?
	for kind in mark utf16 utf16be crlf zero gzip empty directory; do
		as $kind "$file"
		what=$(expected "$name" $kind)
		if [ "$what" = same ]; then
			reads "$name" >out 2>&1
			got=$?
			[ $kind != empty ] || cp plain out
			if [ $got -eq $status ] && cmp -s plain out; then
				ok "$name, $kind: is read as it is without"
			else
				not_ok "$name, $kind: is read as it is without ($got, $status)"
				diff plain out | head -5 | diag
			fi
		else
			reads "$name" >out 2>&1
			got=$?
			if [ $got -ne 0 ] && grep -Eq "^ktbench: .*($what)" out; then
				ok "$name, $kind: is told"
			else
				not_ok "$name, $kind: is told ($got): $what"
				head -3 out | diag
			fi
		fi
	done
	rm -rf "$made"
	cp "$file" "$made"
done
finish
