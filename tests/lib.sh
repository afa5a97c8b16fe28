# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What a shell test sources: it prints TAP, numbers the cases and writes the
# plan at the end. It knows nothing of what is tested.
#
#	. "$(dirname "$0")/../lib.sh"
#	check "two and two" test $((2 + 2)) -eq 4
#	check_fails 2 "unknown option" "a wrong option" "$B/ktbench" --wrong
#	finish
#
# B is the build directory and TOP the checkout, both absolute; TMP is an empty
# directory that goes away with the test. Works in sh and in bash.

set -u
# shellcheck source=setup/environment.sh
. "$(dirname "$0")/../../setup/environment.sh"
# What is looked at has letters of several bytes, and '.' is one of them.
LC_ALL=C.UTF-8

TOP=${TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
B=${B:-$TOP/build}
TMP=$(mktemp -d "${TMPDIR:-/tmp}/ktbench-test.XXXXXX")
export TOP B TMP

# The python3 that imports what setup/install has installed is the system's.
PATH=/usr/bin:$PATH

KTB_CASES=0
KTB_FAILED=0
KTB_FINISHED=no
KTB_AT_EXIT=

# at_exit COMMAND: eval it when the test ends, whichever way.
at_exit()
{
	KTB_AT_EXIT="$1
$KTB_AT_EXIT"
}

_ktb_exit()
{
	_ktb_status=$?
	trap - EXIT
	eval "$KTB_AT_EXIT"
	rm -rf "$TMP"
	if [ "$KTB_FINISHED" = no ] && [ $_ktb_status -eq 0 ]; then
		not_ok "the test reaches its finish line"
		_ktb_status=1
	fi
	exit $_ktb_status
}
trap _ktb_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# cpu_time COMMAND...: its exit status and the seconds that it and its children took of the
# CPUs; its output is $TMP/said. Other tests run beside this one: no limit is wall time.
cpu_time()
{
	sh -c 'out=$1; shift; "$@" >"$out" 2>&1; echo $?; times' sh "$TMP/said" "$@" |
		awk 'NR == 1 { status = $1 }
		     NR == 3 { split($0, t, /[ms ]+/)
			       printf "%d %.2f\n", status, 60 * (t[1] + t[3]) + t[2] + t[4] }'
}

# diag [TEXT...]: a remark; without arguments standard input, line by line.
diag()
{
	if [ $# -gt 0 ]; then
		printf '%s\n' "$*" | sed 's/^/# /'
	else
		sed 's/^/# /'
	fi
}

ok()
{
	KTB_CASES=$((KTB_CASES + 1))
	printf 'ok %d - %s\n' $KTB_CASES "$1"
}

not_ok()
{
	KTB_CASES=$((KTB_CASES + 1))
	KTB_FAILED=$((KTB_FAILED + 1))
	printf 'not ok %d - %s\n' $KTB_CASES "$1"
}

# skip WHAT REASON
skip()
{
	KTB_CASES=$((KTB_CASES + 1))
	printf 'ok %d - %s # SKIP %s\n' $KTB_CASES "$1" "$2"
}

# skip_all REASON: the whole test cannot run here.
skip_all()
{
	skip "$(basename "$0" .sh)" "$1"
	finish
}

# pinned TOOL VERSION...: TOOL is there in one of these versions, whose verdict counts;
# else the whole test is skipped. A newer one finds other things, which say nothing of
# a change.
pinned()
{
	_ktb_tool=$1
	shift
	[ -n "$(command -v "$_ktb_tool")" ] ||
		skip_all "$_ktb_tool is not installed (Debian: apt-get install $_ktb_tool)"
	_ktb_is=$("$_ktb_tool" --version | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)
	for _ktb_version; do
		case $_ktb_is in
		"$_ktb_version" | "$_ktb_version".*) return ;;
		esac
	done
	skip_all "$_ktb_tool is $_ktb_is here, and what counts is its version $(echo "$@" | sed 's/ / or /g')"
}

# check WHAT COMMAND...: ok when the command exits 0; its output is shown if not.
check()
{
	_ktb_what=$1
	shift
	if "$@" >"$TMP/.out" 2>&1; then
		ok "$_ktb_what"
		return 0
	else
		_ktb_rc=$?
	fi
	not_ok "$_ktb_what"
	diag "exit $_ktb_rc of: $*"
	tail -n 60 "$TMP/.out" | diag
	return 0
}

# check_fails CODE REGEX WHAT COMMAND...: ok when the command exits with CODE
# and a line of its output (both streams) matches the extended REGEX.
check_fails()
{
	_ktb_code=$1
	_ktb_regex=$2
	_ktb_what=$3
	shift 3
	_ktb_rc=0
	"$@" >"$TMP/.out" 2>&1 || _ktb_rc=$?
	if [ $_ktb_rc -eq "$_ktb_code" ] && grep -Eq -e "$_ktb_regex" "$TMP/.out"; then
		ok "$_ktb_what"
		return 0
	fi
	not_ok "$_ktb_what"
	diag "exit $_ktb_rc (expected $_ktb_code) of: $*"
	diag "expected a line like: $_ktb_regex; it said:"
	tail -n 60 "$TMP/.out" | diag
	return 0
}

# gone PID...: have these processes ended? They are given 5 s for it.
gone()
{
	for _ktb_pid; do
		_ktb_tries=50
		while [ -e "/proc/$_ktb_pid" ]; do
			_ktb_tries=$((_ktb_tries - 1))
			[ $_ktb_tries -gt 0 ] || return 1
			sleep 0.1
		done
	done
}

# tree_files: the checkout's files, one a line, relative to TOP: what git knows
# or would add; in a tree without git all but the build directories.
tree_files()
{
	if [ -e "$TOP/.git" ]; then
		git -C "$TOP" ls-files --cached --others --exclude-standard
	else
		(cd "$TOP" && find . -type f ! -path './build/*' | sed 's,^\./,,')
	fi | LC_ALL=C sort -u | while IFS= read -r _ktb_file; do
		[ ! -f "$TOP/$_ktb_file" ] || printf '%s\n' "$_ktb_file"
	done
}

# copy_tree DIR: a copy of the checkout's files, without git.
copy_tree()
{
	mkdir -p "$1"
	tree_files | tar -C "$TOP" -cf - -T - | tar -C "$1" -xf -
}

finish()
{
	KTB_FINISHED=yes
	printf '1..%d\n' $KTB_CASES
	[ $KTB_FAILED -eq 0 ] && exit 0
	exit 1
}
