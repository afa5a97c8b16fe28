#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# setup/bench with a VM, a module and a runner that only pretend: where results
# go, which status is passed on, that the module is unloaded whatever happens.
# shellcheck disable=SC2016 # the pretenders expand the words

. "$(dirname "$0")/../lib.sh"

# A tree of its own, with pretenders where the real one has programs.
REAL=$TOP
export TOP=$TMP/tree B=$TMP/build RESULTS=$TMP/results CALLS=$TMP/calls
mkdir -p "$TOP/vm" "$TOP/bench" "$B" "$TMP/bin"
cp "$REAL/vm/needs" "$REAL/vm/lib.sh" "$TOP/vm"
mkdir -p "$TOP/setup"
cp "$REAL/setup/environment.sh" "$TOP/setup"
: >"$TOP/bench/quick.ini"
: >"$TOP/bench/smoke.ini"
echo "# Memory of a guest: 3G" >"$TOP/bench/large.ini"

pretend() {
	printf '#!/bin/bash\necho "%s $*" >>"$CALLS"\n%s\n' "${1##*/}" "$2" >"$1"
	chmod +x "$1"
}

# The directory behind an option of the call.
BEHIND='while [ $# -gt 1 ]; do [ "$1" != "$WANT" ] || { dir=$2; break; }; shift; done'
MAKE_RESULT='mkdir -p "$dir/run-1" && echo "{}" >"$dir/run-1/result.json"'
pretend "$TMP/bin/insmod" '[ ! -e "$TMP/no-insmod" ]'
pretend "$TMP/bin/rmmod" ''
pretend "$TMP/bin/id" 'echo 0'
pretend "$TOP/vm/module" 'echo /x/ktbench.ko'

# runner STATUS: the command on the host; vm STATUS: the guest with a result.
runner() {
	pretend "$B/ktbench" "[ \$1 = run ] || { echo report; exit 0; }
		[ \$2 != --dry-run ] || { echo '3 cells, 3 repetitions, about 2 h 5 min'; exit 0; }
		WANT=--results; $BEHIND; $MAKE_RESULT; exit $1"
}
vm() {
	pretend "$TOP/vm/run" "WANT=--out; $BEHIND; dir=\$dir/results
		$MAKE_RESULT; echo log >\$dir/../console.log; : >\$dir/../vm.txt; exit $1"
}
bench() {
	rm -rf "$RESULTS" "$CALLS"
	PATH=$TMP/bin:$PATH "$REAL/setup/bench" "$@"
}
called() {
	check "$1" grep -qE "$2" "$CALLS"
}

runner 0
vm 0
check "vm: a run that is fine" bench vm quick
check "the result is where results go" test -e "$RESULTS/run-1/result.json"
check "with the guest's console" test -e "$RESULTS/run-1/console.log"
called "its report was made" "^ktbench report $RESULTS/run-1\$"
called "four vCPUs of two nodes" '^run --smp 4 --mem 1G --topology 2x1x2 --numa 2 --kernel 6.1 '
check "nothing else is left" test "$(find "$RESULTS" -mindepth 1 -maxdepth 1 | wc -l)" -eq 1
check "SMP= gives another machine" env SMP=2 KERNEL=7.2 bash -c "$(declare -f bench); REAL=$REAL bench vm quick"
called "of that size, with that kernel" '^run --smp 2 --mem 1G --numa 1 --kernel 7.2 '
called "for a time that follows from the plan" ' --timeout 24300 '
check "a suite says what memory a guest of it needs" bench vm large
called "it has that much" '^run --smp 4 --mem 3G '
check "MEM= gives it another" env MEM=2G bash -c "$(declare -f bench); REAL=$REAL bench vm large"
called "and that is what it has" '^run --smp 4 --mem 2G '
check "exact: one vCPU" bench exact smoke
called "counting instructions" '^run --exact .*/bench/smoke.ini'
vm 6
check_fails 6 '^report$' "a run that is invalid is reported, its status passed on" bench vm quick
check "and its result kept" test -e "$RESULTS/run-1/result.json"
pretend "$TOP/vm/run" 'exit 125'
check_fails 125 'no result to report \(exit 125\)' "a lost VM" bench vm quick
check "leaves nothing" test -z "$(ls -A "$RESULTS")"
pretend "$TOP/vm/run" 'exit 0'
check_fails 6 'no result to report' "a run without a result is not fine" bench vm quick
check_fails 2 "no suite 'slow': there are large quick smoke" "an unknown suite" bench vm slow

check "metal: a run that is fine" bench metal quick
called "the module was loaded" '^insmod /x/ktbench.ko$'
called "and unloaded" '^rmmod ktbench$'
check "the result is where results go" test -e "$RESULTS/run-1/result.json"
runner 5
check_fails 5 '^report$' "metal: a run that fails" bench metal quick
called "unloads the module too" '^rmmod ktbench$'
: >"$TMP/no-insmod"
bench metal quick >/dev/null 2>&1
check "metal: a module that does not load is not run" sh -c "! grep -q '^ktbench run' '$CALLS'"
finish
