#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# vm/matrix, in a tree where downloads, builds and guests only pretend: how many
# run at once, that one kernel stops no other, what each way to fail comes to, that
# nothing outlives it. `make matrix` is the real thing.
# shellcheck disable=SC2013,SC2016 # words are meant, and shells that are called expand them

. "$(dirname "$0")/../lib.sh"

command -v jq >/dev/null || skip_all "jq is not installed (setup/install matrix)"
REAL=$TOP
export TOP=$TMP/tree B=$TMP/build STATE=$TMP KTBENCH_CACHE=$TMP/cache RESULTS=$TMP/results
mkdir -p "$TOP/bench" "$TOP/setup" "$B"
cp -r "$REAL/vm" "$TOP"
cp "$REAL/setup/environment.sh" "$TOP/setup"
for name in kernel module run; do
	cp "$REAL/tests/vm/matrix/pretend" "$TOP/vm/$name"
done
cp "$REAL/bench/smoke.ini" "$TOP/bench"
printf '#!/bin/sh\necho "2 cells, 2 repetitions, about 1 min 10 s"\n' >"$B/ktbench"
chmod +x "$B/ktbench"
MATRIX=$TOP/vm/matrix

# verdict KERNEL FILTER: what the last report's verdict says.
verdict() {
	jq -e "$2" "$OUT/$1/verdict.json"
}

# at_once: the most guests that ran at the same time.
at_once() {
	awk '{ n += $1; if (n > max) max = n } END { print max + 0 }' "$TMP/running"
}

# Options.
check_fails 2 "unknown option '--job'" "an unknown option" "$MATRIX" --job 2
check_fails 2 '--jobs 0: give a whole number from 1' "no guest" "$MATRIX" --jobs 0
check_fails 2 '--suite needs an argument' "an option without its argument" "$MATRIX" --suite
check_fails 2 "no suite 'smok': there are smoke" "an unknown suite" "$MATRIX" --suite smok
check_fails 2 "no kernel '9.9': give one of 5.10 .*7.3-rt, a release" "an unknown kernel" "$MATRIX" 9.9
check_fails 2 "kernel '6.1' is named twice" "a kernel twice" "$MATRIX" 6.1 6.1
check_fails 2 'no kernel image /nowhere/linux: give the tree' "a tree that is not there" \
	"$MATRIX" /nowhere/linux
check_fails 2 'is not empty' "a report over another" "$MATRIX" --out "$TMP" 6.1
check_fails 126 'is not built: run make all' "no runner" env KTB_RUNNER=/nowhere/ktbench "$MATRIX" 6.1
check_fails 0 '--dry-run ' "help" "$MATRIX" --help
for option in $(grep -oE -e '--[a-z][a-z-]+' "$TOP/vm/matrix-plan.sh" | sort -u); do
	case $option in
	--topology | --numa | --plan) ;;
	*) check "docs/vm.md has $option" grep -qF -e "$option" "$REAL/docs/vm.md" ;;
	esac
done
check "nothing was begun" test ! -e "$TMP/calls"

# What would be done.
mkdir -p "$TMP/bin" "$TMP/host/proc"
echo 'MemAvailable: 4000000 kB' >"$TMP/host/proc/meminfo"
printf '#!/bin/sh\necho 8\n' >"$TMP/bin/nproc"
chmod +x "$TMP/bin/nproc"
host() {
	KTB_SYSROOT=$TMP/host PATH=$TMP/bin:$PATH "$@"
}
check_fails 0 '^3 guests at once \(8 CPUs and 3906 MiB of free memory, of which one takes 1280 MiB\)$' \
	"memory bounds the guests" host "$MATRIX" --dry-run
host "$MATRIX" --dry-run >"$TMP/plan" 2>&1
check "every row of vm/kernels is in the plan" \
	test "$(grep -c 'in the cache; module to build; guest about 110 s (a guess)$' "$TMP/plan")" -eq \
	"$(grep -vc '^#' "$TOP/vm/kernels")"
check "with the time: 10 guests, 3 at once, each the suite and a boot" \
	grep -q '^about 6 min 18 s, which is a guess' "$TMP/plan"
check_fails 0 '^2 guests at once' "no more guests than kernels" host "$MATRIX" --dry-run 6.1 5.10
check_fails 0 '^5 guests at once \(asked for; ' "--jobs overrides" host "$MATRIX" --dry-run --jobs 5
printf '#!/bin/sh\necho 1\n' >"$TMP/bin/nproc"
check_fails 0 '^1 guest at once \(1 CPU ' "CPUs bound the guests" host "$MATRIX" --dry-run
echo 'MemAvailable: 900000 kB' >"$TMP/host/proc/meminfo"
check_fails 0 '^1 guest at once .*that is little\)$' "one guest at least" host "$MATRIX" --dry-run
check "nothing was begun by that" test ! -e "$TMP/calls" -a ! -e "$RESULTS"

# One of each kind.
OUT=$RESULTS/matrix-$(date +%Y-%m-%d)
check_fails 126 "^report: $OUT/matrix.md\$" "all kinds: exit 126, the worst" \
	"$MATRIX" --jobs 2 5.10 5.10-rt 6.1 6.1-rt 6.12 6.12-rt 7.2 7.3
cp "$TMP/.out" "$TMP/said"
check "two guests at once, and never three" test "$(at_once)" -eq 2
check "each guest was begun once" test "$(wc -l <"$TMP/calls")" -eq 6
check "as a machine of two nodes, by its release" \
	grep -q -- '--kernel 6.1-rt --topology 2x1x2 --numa 2 --mem 1G --timeout 810 --allow-warnings ' "$TMP/calls"
check "one line a kernel" test "$(grep -c 'checks: ' "$TMP/said")" -eq 8
check "a line says all" grep -qE '^5.10 +5.10 +checks: 2 hold, 0 changed, 0 fail, 0 skipped; smoke: 2 cells, 42 samples, 0 lost, 0 early; warnings: 0; [0-9]+ s: ok$' "$TMP/said"
check "5.10 is fine, memory that came back and all" verdict 5.10 '.status == 0 and .suite.early == 0'
check "a check that failed" verdict 5.10-rt '.status == 1 and .problems[0].words == "1 check failed"'
check "early samples" verdict 6.1 '.status == 1 and .problems[0].words == "2 samples early"'
check "lost samples" verdict 6.1-rt '.status == 6 and .suite.lost == 3'
check "a kernel that warned" verdict 6.12 '.status == 5 and (.warnings | length) == 1'
check "a guest that is lost" verdict 6.12-rt '.status == 5 and (.problems[0].words | test("VM is lost"))'
check "a module that does not build" verdict 7.2 '.status == 126 and (.problems[0].words | test("does not build"))'
check "a kernel that cannot be had" verdict 7.3 '.status == 126 and (.problems[0].words | test("no network"))'
check "the suite's result is kept" test -s "$OUT/5.10/smoke/result.json"
# in_report WHAT LINE
in_report() {
	check "the report $1" grep -qxF -e "$2" "$OUT/matrix.md"
}
in_report "has the contract that failed" '  * `timer_list.early`: never early (timer.c)'
in_report "with its reason" '    * does not hold: a \| b'
in_report "and evidence" '    * seen: 1'
in_report "tells where kernels differ" '| `timer_list.early` | holds | fails | holds | holds | holds | fails: a \| b |'
check "it has a row a kernel" test "$(grep -c '^| [567]\.' "$OUT/matrix.md")" -eq 8
check_fails 6 "^report: $OUT-2/matrix.md\$" "a second report of the day; lost samples are worse than a check" \
	"$MATRIX" --jobs 9 5.10-rt 6.1-rt
check_fails 0 '^1 kernel: 1 ok, 0 not$' "all is well: exit 0" "$MATRIX" 5.10
check_fails 0 'about 0 min [0-9]+ s, going by the last time$' "the next estimate knows" \
	"$MATRIX" --dry-run 5.10
mkdir -p "$TMP/a/linux/arch/x86/boot" "$TMP/b/linux/arch/x86/boot"
touch "$TMP/a/linux/arch/x86/boot/bzImage" "$TMP/b/linux/arch/x86/boot/bzImage"
check_fails 0 '^linux-2 .* a build tree' "two trees of the same name" \
	"$MATRIX" --dry-run "$TMP/a/linux" "$TMP/b/linux/arch/x86/boot/bzImage"

# Signals. The test's own background jobs would not hear INT.
begin() {
	rm -rf "$TMP/out" "$TMP/pids"
	OUT=$TMP/out
	env --default-signal=INT "$MATRIX" --jobs 1 --out "$OUT" 7.2-rt 5.10 >"$TMP/said" 2>&1 &
	RUN=$!
	for _ in $(seq 100); do
		[ ! -s "$TMP/pids" ] || break
		sleep 0.1
	done
	read -r GUEST CHILD <"$TMP/pids"
}
# over WHAT STATUS: it ended so, and its guest is gone, with what that began.
over() {
	wait "$RUN" 2>/dev/null
	check "$1: exit $2" test $? -eq "$2"
	check "$1: nothing is left" gone "$GUEST" "$CHILD"
}
begin
kill -INT "$RUN"
over "Ctrl-C" 130
check "what the guest handed over is kept" verdict 7.2-rt '.status == 0 and .suite.cells == 2'
check "what did not come to its guest is said" verdict 5.10 '.suite == null and (.problems[0].words | test("interrupted"))'
check "there is a report" grep -q 'interrupted' "$OUT/matrix.md"
begin
kill -TERM "$RUN"
over "SIGTERM" 143
check "the one that ran is said to be interrupted" verdict 7.2-rt '.status == 143'
begin
kill -KILL "$RUN"
over "SIGKILL" 137
finish
