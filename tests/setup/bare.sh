#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# setup/bare ends with nothing left, however it ends; tests/distros/run counts what its
# systems counted, and takes one that dies for a failure. The systems are invented; CI
# makes true ones (.ci/run).

. "$(dirname "$0")/../lib.sh"

BARE=$TOP/setup/bare
mkdir "$TMP/bin"

# debootstrap LINE...: what stands in its place; its fourth argument is the root.
debootstrap() {
	printf '%s\n' '#!/bin/bash' "$@" >"$TMP/bin/debootstrap"
	chmod +x "$TMP/bin/debootstrap"
}

bare() {
	env PATH="$TMP/bin:$PATH" KTBENCH_MIRROR=file:///nowhere "$BARE" --out "$TMP/out" "$@"
}

check_fails 2 'usage: setup/bare' "no suite" "$BARE"
check_fails 2 'usage: setup/bare' "no command" "$BARE" bookworm
check_fails 2 "unknown option '--nosuch'" "an unknown option" "$BARE" --nosuch bookworm true
if [ "$(id -u)" -ne 0 ]; then
	skip "a system of its own" "it needs root"
elif ! unshare --mount --pid --fork true 2>/dev/null; then
	skip "a system of its own" "this machine gives no namespaces"
else
	# A copy where anybody may read it: the checkout may lie in root's home.
	mkdir "$TMP/public"
	cp -r "$TOP/setup" "$TOP/vm" "$TMP/public"
	chmod -R a+rX "$TMP/public"
	chmod a+x "$TMP"
	check_fails 4 'needs root' "without root" \
		setpriv --reuid 65534 --regid 65534 --clear-groups env KTBENCH_CACHE=/nonexistent \
		"$TMP/public/setup/bare" bookworm true
	debootstrap 'echo "E: Failed getting release file"' 'exit 1'
	check_fails 4 'Failed getting release file' "what debootstrap says is told" bare bookworm true
	check "and nothing stays mounted" sh -c "! grep -q '$TMP/out' /proc/mounts"

	# In the middle of it, ended by force and by request.
	debootstrap 'grep " $4 tmpfs" /proc/mounts >"'"$TMP"'/mounted"' 'readlink /proc/self/ns/pid >"'"$TMP"'/space"' 'exec sleep 300'
	for signal in KILL TERM HUP; do
		rm -f "$TMP/space"
		env PATH="$TMP/bin:$PATH" KTBENCH_MIRROR=file:///nowhere "$BARE" --out "$TMP/out" \
			bookworm true >"$TMP/said" 2>&1 &
		pid=$!
		for _ in $(seq 200); do
			[ ! -s "$TMP/space" ] || break
			sleep 0.1
		done
		check "$signal: it was in a space of its own" test "$(cat "$TMP/space")" != "$(readlink /proc/self/ns/pid)"
		kill -"$signal" "$pid"
		wait "$pid" 2>/dev/null
		check "$signal: nothing runs there any more" sh -c "
			for try in 1 2 3 4 5 6 7 8 9 10; do
				readlink /proc/[0-9]*/ns/pid | grep -qxF '$(cat "$TMP/space")' || exit 0
				sleep 0.5
			done
			exit 1"
		check "$signal: nothing is mounted" sh -c "! grep -q '$TMP/out' /proc/mounts"
	done
	check "its root was a file system in memory" test -s "$TMP/mounted"
fi

# Counting. A tree with a setup/bare that does as its file says.
TREE=$TMP/tree
mkdir -p "$TREE/setup" "$TREE/tests/distros"
cp "$TOP/tests/distros/run" "$TREE/tests/distros/"
cp "$TOP/tests/tap.awk" "$TREE/tests/"
cp "$TOP/setup/environment.sh" "$TREE/setup/"
printf '%s\n' 'one | root |' 'two | x | unit module/x' 'three | x | unit' >"$TREE/tests/distros/suites"
printf '%s\n' '#!/bin/bash' 'while [ "$1" != --out ]; do shift; done' 'cd "$2" && shift 2' \
	"echo \"\$*\" >>$TMP/called" ". $TMP/does.\$1" >"$TREE/setup/bare"
chmod +x "$TREE/setup/bare"
git init -q "$TREE"
distros() {
	rm -f "$TMP/called"
	env TOP="$TREE" B="$TREE/build" "$TREE/tests/distros/run" "$@"
}
# does SUITE LINE...
does() {
	local suite=$1

	shift
	printf '%s\n' "$@" >"$TMP/does.$suite"
}

does one 'echo "10 passed, 0 failed, 19 skipped" >summary' 'echo "ok 1 - make test"' 'echo "1..1"'
does two 'echo "5 passed, 0 failed" >summary' 'echo "ok 1 - x"' 'echo "ok 2 - y"' 'echo "1..2"'
check_fails 0 '^18 passed, 0 failed, 19 skipped$' "what two systems counted, and around them" distros one two
check "each gets its tests and its user" grep -q '^two tests/distros/inside x unit module/x$' "$TMP/called"
check_fails 0 'what is not committed is not tested' "what is not committed is told" distros one
does two 'echo "5 passed, 1 failed" >summary' 'echo "failed: unit/x: y (see log)"' 'echo "not ok 1 - make test ends with 0"' 'echo "1..1"' 'exit 1'
check_fails 1 '^16 passed, 2 failed, 19 skipped$' "one that fails" distros one two
check_fails 1 '^failed: two: unit/x: y' "and is named again at the end" distros one two
does three 'echo "ok 1 - x"' 'exit 137'
check_fails 1 '^1 passed, 1 failed$' "one that dies without a word is one failure" distros three
does three 'exit 4'
check_fails 1 '^failed: three: its system ended with 4 before' "and one that cannot be made" distros three
does three 'echo "ok 1 - x"' 'echo "1..4"'
check_fails 1 '^1 passed, 1 failed$' "one that does not keep its plan" distros three
does three "echo \$\$ >$TMP/pid" 'exec sleep 300'
env TOP="$TREE" B="$TREE/build" "$TREE/tests/distros/run" three >"$TMP/said" 2>&1 &
for _ in $(seq 100); do
	[ ! -s "$TMP/pid" ] || break
	sleep 0.1
done
kill -KILL $!
check "when it is ended by force its system is" gone "$(cat "$TMP/pid")"
check_fails 2 "no suite 'nosuch'" "a suite that is none" distros one nosuch
check_fails 2 'there are one two three' "none at all" distros
finish
