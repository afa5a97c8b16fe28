#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/run and tests/lib.sh themselves: each way in which a test can go wrong
# without saying so is told as a failure, and the counts are right.

. "$(dirname "$0")/../lib.sh"

TREE=$TMP/tree
LIB=$TOP/tests/lib.sh

# The runner of tests on the planted tree, with a limit of a second a test; its
# last line once more, marked.
run_tests()
{
	_rc=0
	env TOP="$TREE" B="$TREE/build" KTB_TEST_TIMEOUT=1 KTB_PATIENCE=1 KTB_TEST_SUMMARY= \
		"$TOP/tests/run" "$@" >"$TMP/said" || _rc=$?
	cat "$TMP/said"
	echo "LAST:$(tail -n 1 "$TMP/said")"
	return $_rc
}

# plant NAME LINE...: the only test of the tree is a script of these lines.
plant()
{
	rm -rf "$TREE"
	mkdir -p "$TREE/tests/$(dirname "$1")" "$TREE/setup"
	cp "$TOP/setup/environment.sh" "$TREE/setup/"
	_script=$TREE/tests/$1.sh
	shift
	printf '%s\n' '#!/bin/sh' "$@" >"$_script"
	chmod +x "$_script"
}

# says CODE LAST WHAT: the exit status and the last line of a run.
says()
{
	check_fails "$1" "^LAST:$2\$" "$3" run_tests
}

plant cli/x 'echo "ok 1 - a"' 'echo "ok 2 - b"' 'echo 1..2'
says 0 '2 passed, 0 failed' "two cases that pass"
plant cli/x 'echo "ok 1 - a"' 'echo "ok 2 - b # SKIP no such machine"' 'echo 1..2'
says 0 '1 passed, 0 failed, 1 skipped' "a case that is skipped"
check_fails 0 '^skipped: cli/x: b: no such machine$' \
	"the reason for skipping is told" run_tests
plant cli/x 'echo "not ok 1 # SKIP cmocka"' 'echo "1..1"'
says 0 '0 passed, 0 failed, 1 skipped' "a case that cmocka skips"
plant cli/x 'echo "ok 1 - a"' 'echo "not ok 2 - b"' 'echo 1..2' 'exit 1'
says 1 '1 passed, 1 failed' "a case that fails"
plant cli/x 'echo "not ok 1 - a"' 'echo 1..1' 'exit 0'
says 1 '0 passed, 2 failed' "a failed case under an exit status of 0"
plant cli/x 'echo "ok 1 - a"' 'echo "last words" >&2' 'exit 3'
says 1 '1 passed, 1 failed' "a test that dies without a failed case"
check_fails 1 'last words' "its last words are shown" run_tests
plant cli/x 'exit 0'
says 1 '0 passed, 1 failed' "a test without a case"
plant cli/x 'echo "ok 1 - a"' 'sleep 30'
says 1 '1 passed, 1 failed' "a test that runs past its limit"
plant cli/x '# timeout: 9' 'sleep 2' 'echo "ok 1 - a"'
says 0 '1 passed, 0 failed' "a test with a limit of its own"
plant cli/x 'echo "ok 1 - a"' 'sleep 2' "echo \"ok 2 - patience \$KTB_PATIENCE\""
check_fails 0 'patience 9' "a busy machine has its limits times KTB_PATIENCE" \
	env TOP="$TREE" B="$TREE/build" KTB_TEST_TIMEOUT=1 KTB_PATIENCE=9 KTB_TEST_SUMMARY= "$TOP/tests/run"
plant cli/x 'echo "ok 1 - a"' 'echo 1..2'
says 1 '1 passed, 1 failed' "a plan that was not kept"
plant cli/x 'echo "ok 1 - a"' "kill -SEGV \$\$"
says 1 '1 passed, 1 failed' "a test that a signal ends"
rm -rf "$TREE"
mkdir -p "$TREE/tests/unit"
echo 'int main(void);' >"$TREE/tests/unit/test_x.c"
says 1 '0 passed, 1 failed' "a unit test that is not built"
check_fails 2 "no test matches: nosuch" "a group that does not exist" \
	run_tests nosuch
check_fails 2 "unknown option '--nosuch'" "an option that does not exist" \
	run_tests --nosuch

# Side by side: each of two waits for the other, a third is alone, and one fails.
meets()
{
	printf '%s\n' '#!/bin/sh' "$4" '# timeout: 3' "touch '$TMP/$2'" \
		"while [ ! -e '$TMP/$3' ]; do sleep 0.1; done" \
		"echo '$5ok 1 - $2 meets $3'" 'echo 1..1' >"$TREE/tests/cli/$1.sh"
	chmod +x "$TREE/tests/cli/$1.sh"
}
rm -rf "$TREE"
mkdir -p "$TREE/tests/cli"
meets a one two '# beside: yes' 'not '
meets b two one '# beside: yes' ''
meets c three three '' ''
says 1 '2 passed, 2 failed' "tests that say so run side by side"
check_fails 1 '^failed: cli/a: one meets two .see ' "and each has its own verdict" run_tests
rm -f "$TMP/one" "$TMP/two"
meets a one two '' ''
check_fails 1 'ran past its limit of 3 s' "others run alone" run_tests

# What lib.sh says of things that go wrong.
plant cli/x ". '$LIB'" 'check "false" false' \
	'check_fails 1 x "another exit status" true' \
	'check_fails 0 nosuchword "another output" echo word' finish
says 1 '0 passed, 3 failed' "checks that do not hold"
plant cli/x ". '$LIB'" 'ok "a"' 'exit 0'
says 1 '1 passed, 1 failed' "a script that ends before its finish line"
plant cli/x ". '$LIB'" 'set -e' 'ok "a"' 'false' 'finish'
says 1 '1 passed, 1 failed' "a script that dies half-way"

plant cli/x ". '$LIB'" 'tool() { echo "tool version 19.1.7 (3)"; }' 'pinned tool 14 15.2' 'not_ok x' finish
says 0 '0 passed, 0 failed, 1 skipped' "a tool in another version than the one that counts"
check_fails 0 'tool is 19.1.7 here, and what counts is its version 14 or 15.2$' "and which that is" run_tests
plant cli/x ". '$LIB'" 'tool() { echo "tool version 14.0.6"; }' 'pinned tool 14' 'not_ok x' finish
says 1 '0 passed, 1 failed' "the version that counts"
plant cli/x ". '$LIB'" 'tool() { echo "tool version 141.0"; }' 'pinned tool 14' 'not_ok x' finish
says 0 '0 passed, 0 failed, 1 skipped' "one that only begins like it"

finish
