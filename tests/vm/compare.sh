#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# vm/compare, in a tree where downloads, builds and guests only pretend, and the
# verb compare as well: the order of boots, one guest at a time, what is torn and
# tried again, going on, looks, what it ends with. `make compare` is the real thing.
# shellcheck disable=SC2013,SC2016 # words are meant, and shells that are called expand them

. "$(dirname "$0")/../lib.sh"

command -v jq >/dev/null || skip_all "jq is not installed (setup/install matrix)"
REAL=$TOP REAL_B=$B
export TOP=$TMP/tree B=$TMP/build STATE=$TMP KTBENCH_CACHE=$TMP/cache RESULTS=$TMP/results
export KTBENCH_CATALOG=$REAL/runner/catalog.json KTBENCH_SYSROOT=$TMP/root PATH=$TMP/bin:$PATH
mkdir -p "$TOP/bench" "$TOP/setup" "$B" "$TMP/bin" "$TMP/root/proc/self"
cp -r "$REAL/vm" "$TOP"
cp "$REAL/setup/environment.sh" "$TOP/setup"
for name in kernel module run; do
	cp "$REAL/tests/vm/compare/pretend" "$TOP/vm/$name"
done
cp "$REAL"/bench/{compare,exact}.ini "$TOP/bench"
# The program, but for what it says of the results.
cat >"$B/ktbench" <<END
#!/bin/sh
[ "\$1" = compare ] || exec '$REAL_B/ktbench' "\$@"
echo "\$*" >>'$TMP/compared'
exit "\$(cat '$TMP/verdict')"
END
printf '#!/bin/sh\necho 2\n' >"$TMP/bin/nproc"
chmod +x "$B/ktbench" "$TMP/bin/nproc"
cp "$B/ktbench" "$TMP/root/proc/self/exe"
echo 0 >"$TMP/verdict"
cd "$TMP" || exit 1
COMPARE=$TOP/vm/compare

# at_once: the most guests that ran at the same time.
at_once() {
	awk '{ n += $1; if (n > max) max = n } END { print max + 0 }' running
}

# again: as if nothing had run yet.
again() {
	rm -f calls running compared failures
}

# Options.
check_fails 2 "unknown option '--boot'" "an unknown option" "$COMPARE" --boot 2
check_fails 2 '--boots needs an argument' "an option without its argument" "$COMPARE" --boots
check_fails 2 'give two kernels.*1 given' "one kernel" "$COMPARE" 6.1
check_fails 2 "no suite 'nosuch'" "an unknown suite" "$COMPARE" --suite nosuch 6.1 6.12
check_fails 2 'no noise to wait for' "looks in the exact lane" "$COMPARE" --exact --looks "2 3" 6.1 6.12
check_fails 2 'takes nothing else' "boots of a plan that is there" "$COMPARE" --continue x --boots 3
check_fails 2 'x has no plan.json' "a plan that is not there" "$COMPARE" --continue x
check_fails 2 'give ascending' "looks that go back" "$COMPARE" --looks "3 2" 6.1 6.12
check_fails 2 'is out of range' "too many boots" "$COMPARE" --boots 9999 6.1 6.12
check_fails 126 'no network' "a kernel that cannot be had" "$COMPARE" 6.1 7.3
check_fails 2 'is not empty' "a comparison over another" "$COMPARE" --out "$TOP" 6.1 6.12
check_fails 2 'cannot be made' "a place that cannot be written" "$COMPARE" --out /proc/x/y 6.1 6.12
check_fails 0 '--looks "N N..."' "help" "$COMPARE" --help
check "none of these leaves anything" sh -c '[ ! -e calls ] && [ -z "$(ls -A results 2>/dev/null)" ]'
for option in $(grep -oE -e '^		  --[a-z]+' "$TOP/vm/compare-options.sh" | sort -u); do
	check "docs/boots.md has $option" grep -qF -e "\`$option" "$REAL/docs/boots.md"
done

# The whole course.
echo 1 >verdict
DIR=$RESULTS/compare-$(date +%Y-%m-%d)
check_fails 1 "^comparison: $DIR\$" "two kernels, three boots each; the verdict is passed on" \
	"$COMPARE" --boots 3 --seed 3 6.1 6.12
check "in the plan's order" sh -c \
	'[ "$(sed "s/.*--kernel \([^ ]*\).*/\1/" calls | paste -sd" ")" = "$(jq -r ".sides as \$s | .order | map({A: \$s[0].kernel, B: \$s[1].kernel}[.]) | join(\" \")" "$1"/plan.json)" ]' sh "$DIR"
check "one guest at a time" test "$(at_once)" -eq 1
check "by its release, which does not move" sh -c '[ "$(grep -c -- "--kernel 6.1.0 " calls)" -eq 3 ]'
check "with the plan's seeds, all different" sh -c \
	'[ "$(sed "s/.*--seed \([0-9]*\).*/\1/" calls | sort -u | wc -l)" -eq 6 ]'
check "with the shape of the guests" grep -q -- '--smp 2 --kernel 6.1.0 --mem 1G --timeout [0-9]' calls
check "each boot is a result of its side" sh -c \
	'[ "$(ls "$1"/A "$1"/B | grep -c -- "-boot-0[1-6]$")" -eq 6 ]' sh "$DIR"
check "with its logs beside it" sh -c \
	'[ "$(ls "$1"/?/*/console.log "$1"/?/*/vm.txt "$1"/?/*/guest.log | wc -l)" -eq 18 ]' sh "$DIR"
check "nothing else is left" sh -c '[ "$(ls -x "$1" | xargs)" = "A B guest plan.json" ]' sh "$DIR"
check "the report is asked for, once" grep -cqx "compare --output $DIR $DIR" compared
for status in 0 3; do
	echo $status >verdict
	check_fails $status "^comparison: $DIR\$" "when all is done, only the report is made ($status)" \
		"$COMPARE" --continue "$DIR"
done
check "no guest was booted for it" test "$(wc -l <calls)" -eq 6
again
echo 0 >verdict
check_fails 0 "comparison: $DIR-2\$" "another one of the day, of one kernel; lost samples are told" \
	"$COMPARE" --boots 1 6.12-rt 6.12-rt
check "6 is no reason to try again" test "$(wc -l <calls)" -eq 2

# The exact lane.
again
check_fails 0 '6 boots, 0 done; as many guests at once' "the exact lane: three boots each" \
	"$COMPARE" --exact --out exact 6.1 6.1
check "as many at once as there are CPUs" test "$(at_once)" -eq $(($(nproc) < 6 ? $(nproc) : 6))
check "with the same words" sh -c '[ "$(sed "s/--out [^ ]* //" calls | sort -u | wc -l)" -eq 1 ]'
check "of bench/exact.ini" grep -q -- '--exact .* ktbench run /exact.ini' calls
check "each is a boot of its own side" sh -c 'ls exact/A exact/B | grep -c -- "-boot-0[1-6]$" | grep -qx 6'

# Trees of one's own.
again
mkdir -p linux "tree 2/linux"
check_fails 0 '^comparison: ' "two trees of one release" "$COMPARE" --boots 1 --out trees "$TMP/linux" "$TMP/tree 2/linux"
check "each is built for apart, and booted with that" sh -c \
	'grep -q "^B=$B/compare/A .*--kernel $1/linux " calls && grep -q "^B=$B/compare/B .*--kernel $1/tree 2/linux " calls' sh "$TMP"
check "by its path" test "$(jq -r '.sides[1].kernel' trees/plan.json)" = "$TMP/tree 2/linux"

# What goes wrong.
again
printf '%s\n' once twice >failures
check_fails 0 'boot 1 of 2, .*failed .exit 124., try 2 of 3' "a guest that is lost is tried again" \
	"$COMPARE" --boots 1 --out lost 6.1 6.12
check "its remains are kept" sh -c '[ "$(ls lost/torn | xargs)" = "guest-boot-01 guest-boot-01-2" ]'
again
check_fails 5 'to go on: make compare COMPARE=' "three times, and it is over" "$COMPARE" --boots 1 --out dead 7.2 7.2
check "after three tries" test "$(wc -l <calls)" -eq 3
check "with no verdict" test ! -e compared
check_fails 5 'failed .exit 5., try 1 of 3' "a kernel that warns is no good boot" "$COMPARE" --boots 1 --out warned 5.10 5.10
check "and is not kept as one" test ! -e warned/A -a ! -e warned/B

# Looks.
again
echo 3 >verdict
printf '#!/bin/sh\necho "$*" >>%s/looked\nexit 0\n' "$TMP" >root/proc/self/exe
check_fails 3 'the verdict is clear' "it ends as soon as the verdict is clear" \
	"$COMPARE" --looks "2 3 5" --out looks 6.1 6.12
check "after two boots each" test "$(wc -l <calls)" -eq 4
check "which the program's own verb has said" grep -qx "compare --looks 2,3,5 $TMP/looks" looked
check "the report is the plan's, with its looks" grep -qx "compare --output $TMP/looks $TMP/looks" compared
again
printf '#!/bin/sh\nexit 3\n' >root/proc/self/exe
check_fails 3 'look at 3 boots a side: too noisy' "and goes to the end while it is not" \
	"$COMPARE" --looks "2 3 4" --out looks2 6.1 6.12
check "all of them" test "$(wc -l <calls)" -eq 8

# Signals. The test's own background jobs would not hear INT.
begin() {
	again
	rm -f pids
	touch hang
	env --default-signal=INT "$COMPARE" "$@" >said 2>&1 &
	RUN=$!
	for _ in $(seq 100); do
		[ ! -s pids ] || break
		sleep 0.1
	done
	read -r GUEST CHILD <pids
}
# over WHAT STATUS: it ended so, and its guest is gone, with what that began.
over() {
	wait "$RUN" 2>/dev/null
	check "$1: exit $2" test $? -eq "$2"
	check "$1: nothing is left" gone "$GUEST" "$CHILD"
}
echo 0 >verdict
begin --boots 1 --seed 1 --out stopped 6.1 6.12
kill -INT "$RUN"
over "Ctrl-C" 130
check "it says how to go on" grep -q "to go on: make compare COMPARE=$TMP/stopped\$" said
begin --continue stopped
kill -KILL "$RUN"
over "SIGKILL" 137
check "what the first guest left was set aside" sh -c 'jq -e ".state == \"interrupted\"" stopped/torn/guest-boot-01/out/results/*/result.json'
rm hang
again
echo nonsense >"$TOP/bench/compare.ini"
check_fails 0 '^comparison: ' "it goes on, with the plan's own job file" "$COMPARE" --continue stopped
check "from the boot that was torn" test "$(wc -l <calls)" -eq 2
check "nothing is lost" sh -c '[ "$(ls stopped/torn | xargs)" = "guest-boot-01 guest-boot-01-2" ]'
check_fails 2 'compare.ini:1: ' "a job file that is none" "$COMPARE" --boots 1 --out ended 6.1 6.12
check "leaves no plan" sh -c '[ ! -e ended ] && ! ls -A | grep -q "^\.compare"'
finish
