#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: apart
# A plan of boots on a machine that pretends: kernels, boot_id, GRUB, kexec and
# systemd are files and scripts of the test. The whole course without a person;
# torn boots, the wrong kernel, the same boot twice; looks; what is refused.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

K=$B/ktbench
cd "$TMP" || exit 1
export KTBENCH_SYSROOT="$TMP/root" KTBENCH_LANE=metal PATH="$TMP/bin:$PATH"
mkdir -p bin root/proc/self root/proc/sys/kernel/random root/boot/grub \
	root/lib/modules/6.1.0 root/etc/systemd/system

# One run at a time on a machine is told by the network namespace.
apart=
unshare --net true 2>/dev/null && apart="unshare --net"

ktb() {
	$apart "$K" "$@"
}

# boot KERNEL: the machine comes up with it.
boot() {
	echo "$1" >root/proc/sys/kernel/osrelease
	echo "id-$((++booted))" >root/proc/sys/kernel/random/boot_id
}
booted=0

# fake NAME LINE...: a program that notes how it was called.
fake() {
	printf '%s\n' '#!/bin/sh' "echo \"$1 \$*\" >>'$TMP/calls'" "${@:2}" >"bin/$1"
	chmod +x "bin/$1"
}

touch root/boot/vmlinuz-6.1.0 root/boot/vmlinuz-6.12.0 root/boot/initrd.img-6.12.0
printf '%s\n' '[a]' '# A moment of nothing' 'workload = user_null' 'cpus = 0' \
	'duration = 300ms' 'warmup = 0' >a.ini
sed 's/300ms/1500ms/' a.ini >long.ini
cp a.ini short.ini
boot 5.10.0

# Making a plan.
make_plan() {
	ktb run --kernels 6.1.0,6.12.0 "$@"
}
check_fails 2 "there is no kernel '6.12.1' here .did you mean '6.12.0'.*uname -r" "a kernel that is not installed" \
	ktb run --boots 2 --kernels 6.1.0,6.12.1 a.ini
check_fails 2 "'6.1.0': give two kernels" "one kernel" ktb run --boots 2 --kernels 6.1.0 a.ini
check_fails 2 "'6.1.0,': give two kernels" "one kernel and nothing" ktb run --boots 2 --kernels 6.1.0, a.ini
check_fails 2 'something is missing: .*--kernels A,B' "boots of no kernels" ktb run --boots 2 a.ini
check_fails 2 'how many boots of each' "kernels without boots" make_plan a.ini
check_fails 2 'say what to measure' "nothing to measure" make_plan --boots 2
check_fails 2 '\-\-boots: .0. is out of range' "no boots" make_plan --boots 0 a.ini
check_fails 2 'name does not go with a new plan' "an option that says nothing here" \
	make_plan --boots 2 --name x a.ini
check_fails 2 'looks .5,3.: give ascending' "looks that go back" make_plan --looks 5,3 a.ini
check_fails 2 '20 boots a side by --boots: make them agree' "looks that end elsewhere" \
	make_plan --looks 5,10 --boots 20 a.ini
check_fails 2 'cannot read the job file nosuch.ini' "no such job file" make_plan --boots 2 nosuch.ini
check_fails 2 "there is no job \[b\]" "a key of no job" make_plan --boots 2 --set b.duration=1s a.ini
check_fails 2 'cannot read the module .*/m/6.1.0.ko of kernel 6.1.0: .*vm/module --headers' \
	"a module that is not built" make_plan --boots 2 --module m/%r.ko a.ini
check_fails 2 'this one is not booted' "a plan for elsewhere boots nothing" \
	make_plan --boots 2 --plan-only --reboot a.ini
mkdir full && touch full/x
check_fails 2 'full is not empty, and has no plan' "a directory of something else" \
	make_plan --boots 2 --compare-dir full a.ini
touch file
check_fails 2 'cannot write a plan in file: Not a directory' "a directory that is none" \
	make_plan --boots 2 --compare-dir file a.ini
# Root writes where it likes, but not there.
check_fails 2 'cannot write a plan in /proc/ktbench' "a directory that cannot be written" \
	make_plan --boots 2 --compare-dir /proc/ktbench a.ini
check "nothing was made by these" test ! -e results

# By hand: told where to go, and nothing measured in the wrong kernel.
check_fails 0 '^comparison: c$' "a plan is made" \
	make_plan --boots 2 --seed 3 --compare-dir c a.ini
cp .out said
cp c/plan.json plan.before
check "its order is ABBA by this seed" test "$(jq -r '.order | join("")' c/plan.json)" = ABBA
check "it says which kernel to boot first" grep -q '^next: boot 1 of 4, side A, kernel 6.1.0$' said
check "without GRUB, a person has to" grep -q \
	"boot 6.1.0 by hand.*give this command: ktbench run --continue $TMP/c\$" said
check_fails 2 'c has a plan already: go on with .ktbench run --continue c' "a plan over another" \
	make_plan --boots 2 --compare-dir c a.ini
check_fails 4 'boot 1 is one of kernel 6.1.0, and 5.10.0 is running: nothing is measured' \
	"the wrong kernel" ktb run --continue c
check "and nothing was measured" test ! -e c/A -a ! -e c/running
boot 6.1.0
check_fails 0 '^result: .*/c/A/.*-boot-01$' "the right one is measured" ktb run --continue c
cp .out said
check "and the next one told" grep -q '^next: boot 2 of 4, side B, kernel 6.12.0$' said
check_fails 4 'this boot was measured already, as boot 1; boot 2 needs one of its own' \
	"the same boot twice" ktb run --continue c
check "the job file is not read again" sh -c "echo nonsense >a.ini"
boot 6.12.0
check_fails 0 'boot-02$' "boot 2 is measured by the plan's text" ktb run --continue c
check_fails 4 'as boot 2; boot 3 needs' "the same kernel needs another boot" ktb run --continue c
boot 6.12.0
check_fails 0 'boot-03$' "boot 3" ktb run --continue c
boot 6.1.0
check_fails 0 '^the plan is done: all 4 boots are measured$' "boot 4 is the last" ktb run --continue c
check_fails 0 "^what came of it: ktbench compare $TMP/c\$" "then there is nothing to do" ktb run --continue c
check "two results a side" sh -c 'ls c/A c/B | sed "s/.*-boot/boot/" | paste -sd" " | grep -qx "c/A: boot-01 boot-04  c/B: boot-02 boot-03"'
check "of the kernels of the plan" sh -c \
	'[ "$(cat c/A/*/result.json c/B/*/result.json | jq -r .environment.kernel | paste -sd" ")" = "6.1.0 6.1.0 6.12.0 6.12.0" ]'
check "of a boot and a seed of its own each" sh -c \
	'[ "$(cat c/?/*/result.json | jq -r "[.environment.boot_id, .seed] | @tsv" | sort -u | cut -f2 | sort -u | wc -l)" = 4 ]'
check "the plan was not touched" cmp plan.before c/plan.json
cp short.ini a.ini

# Without a person: GRUB and the unit.
cat >root/boot/grub/grub.cfg <<'END'
submenu 'Advanced' $menuentry_id_option 'more' {
	menuentry 'Linux 6.12.0' $menuentry_id_option 'linux-6.12.0' {
		linux	/boot/vmlinuz-6.12.0 root=/dev/sda1 ro
	}
	menuentry 'Linux 6.1.0' $menuentry_id_option 'linux-6.1.0' {
		linux	/boot/vmlinuz-6.1.0 root=/dev/sda1 ro
	}
}
END
fake grub-reboot "echo \"\$1\" >'$TMP/entry'"
boot 5.10.0
fake systemctl '[ "$1" != enable ]'
make_plan --boots 1 --compare-dir unable a.ini >/dev/null
check_fails 5 '.systemctl enable ktbench-boots.service. failed: exit 1' "a unit that cannot be enabled" \
	ktb run --continue unable --install-unit --reboot
check "is not left behind, and nothing is rebooted" sh -c \
	'[ -z "$(ls root/etc/systemd/system)" ] && ! grep -q reboot calls'
rm calls
fake systemctl
make_plan --boots 2 --seed 3 --compare-dir 'd %$' a.ini >said
check "with GRUB it says what to type" grep -q \
	"^to boot it: grub-reboot 'more>linux-6.1.0' && systemctl reboot; then give" said
check "the unit can be looked at" sh -c "'$K' run --continue 'd %\$' --unit >ktbench-look.service"
check "it goes on in this directory, percent and dollar and all" grep -qxF \
	"ExecStart=\"$(realpath "$K")\" run --continue \"$TMP/d %%\$\$\" --reboot" ktbench-look.service
check "after the system is up" grep -qx 'After=multi-user.target' ktbench-look.service
if command -v systemd-analyze >/dev/null; then
	check "systemd takes it" systemd-analyze verify "$TMP/ktbench-look.service"
	check "and has nothing to say of it" sh -c \
		"! systemd-analyze verify '$TMP/ktbench-look.service' 2>&1 | grep ktbench-look"
else
	skip "systemd takes it" "systemd-analyze is not installed"
fi
check "nothing was called so far" test ! -e calls
check_fails 0 '^next: boot 1 of 4, .*: rebooting now: .*GRUB unsets it itself' \
	"the unit is installed, and the first kernel booted" \
	ktb run --continue 'd %$' --install-unit --reboot
cp .out said
UNIT=root/etc/systemd/system/ktbench-boots.service
check "installing it is told" grep -q '^installed and enabled /etc/systemd/system/ktbench-boots.service' said
check "it is the one that was looked at" cmp "$UNIT" ktbench-look.service
check "in this order" sh -c 'paste -sd, calls | grep -qxF "systemctl daemon-reload,systemctl enable ktbench-boots.service,grub-reboot more>linux-6.1.0,systemctl reboot"'
make_plan --boots 1 --compare-dir other a.ini >/dev/null
check_fails 2 'is the unit of another plan' "one unit at a time" ktb run --continue other --install-unit
check "which stays what it was" cmp "$UNIT" ktbench-look.service
rm calls
order=
for _ in 1 2 3 4 5; do
	[ -e "$UNIT" ] || break
	kernel=$(sed 's/.*linux-//' entry)
	order="$order $kernel"
	boot "$kernel"
	ktb run --continue 'd %$' --reboot >>course 2>&1
done
check "boots come by themselves, ABBA" test "$order" = " 6.1.0 6.12.0 6.12.0 6.1.0"
check "and end with the plan" grep -q '^the plan is done: all 4 boots' course
check "each but the last one reboots" test "$(grep -c '^systemctl reboot$' calls)" -eq 3
check "the unit is gone" test ! -e "$UNIT"
check "which is told" grep -q '^disabled and removed /etc/systemd/system/ktbench-boots.service' course
check "systemd knows" sh -c 'tail -n 2 calls | paste -sd, | grep -qx "systemctl disable ktbench-boots.service,systemctl daemon-reload"'

# The unit never reboots out of a kernel that is not the plan's: no endless loop.
rm calls
boot 5.10.0
check_fails 4 'boot 1 is one of kernel' "the wrong kernel is not left" ktb run --continue other --reboot
check "nothing was called" test ! -e calls
fake kexec
check_fails 0 '^to boot it: kexec -l /boot/vmlinuz-6.12.0 --initrd=/boot/initrd.img-6.12.0 --reuse-cmdline && systemctl kexec; then' \
	"kexec, with the initrd that there is" ktb run --boots 1 --kernels 6.12.0,6.12.0 --kexec --compare-dir e a.ini
check_fails 0 'rebooting now: kexec -l /boot/vmlinuz-6.1.0 --reuse-cmdline && systemctl kexec' \
	"kexec, without one, at once" ktb run --boots 1 --kernels 6.1.0,6.1.0 --kexec --reboot --compare-dir f a.ini
check "kexec was called" sh -c 'paste -sd, calls | grep -qx "kexec -l /boot/vmlinuz-6.1.0 --reuse-cmdline,systemctl kexec"'
fake grub-reboot 'exit 3'
check_fails 5 "cannot reboot: .grub-reboot 'more>linux-6.1.0'. failed: exit 3" "a way that fails" \
	ktb run --boots 1 --kernels 6.1.0,6.1.0 --reboot --compare-dir g a.ini
rm root/boot/grub/grub.cfg
check_fails 4 'grub.cfg has no entry for this kernel: boot 6.1.0 by hand' "no entry" \
	ktb run --continue g --install-unit --reboot
rm "$UNIT"

# Torn boots.
boot 6.1.0
make_plan --boots 1 --seed 3 --compare-dir h long.ini >/dev/null
# tear SIGNAL: a boot that is ended when its result is there
tear() {
	$apart "$K" run --continue h >torn.said 2>&1 &
	pid=$!
	for _ in $(seq 100); do
		! grep -q ' cells, ' torn.said || [ ! -s "$(echo h/running/*/result.json)" ] || break
		sleep 0.1
	done
	kill "-$1" "$pid"
	wait "$pid"
}
tear KILL 2>/dev/null
check "what a killed run leaves is no boot" sh -c '[ ! -e h/A ] && ls h/running/*-boot-01'
tear TERM
check "an interrupted one says how to go on" grep -q \
	"boot 1 did not come to its end: .ktbench run --continue $TMP/h. does it again" torn.said
check "what was left before is set aside, and told" sh -c \
	'grep -q "its remains are in .*/h/torn/.*-boot-01" torn.said && ls h/torn/*-boot-01/result.json'
tear TERM
check_fails 5 'boot 1 was begun 3 times and never came to its end' "nobody is there: not for ever" \
	ktb run --continue h --reboot
check_fails 0 '^result: .*/h/A/.*-boot-01$' "somebody is: it is done again" ktb run --continue h
check "nothing was lost" sh -c '[ "$(ls h/torn | wc -l)" = 3 ] && [ -z "$(ls h/running)" ]'

# Results of machines elsewhere, and looks.
cat >root/proc/self/exe <<'END'
#!/bin/sh
echo "$*" >>looks
exit "$(cat verdict)"
END
chmod +x root/proc/self/exe
check_fails 0 '^comparison: k$' "a plan for elsewhere" ktb run --looks 2,3,5 \
	--kernels row,/tree --plan-only --compare-dir k --seed 9 a.ini
ktb run --continue k --next >next
check "the boots up to the first look are listed" sh -c \
	'[ "$(cut -d" " -f1 next | paste -sd" ")" = "1 2 3 4" ] && grep -Eq "^[1-4] B [0-9]+ /tree$" next'
# measure: the next boot of k, as if elsewhere
measure() {
	ktb run --continue k --next | head -n 1 >step
	read -r number _ seed kernel <step
	boot "$kernel"
	ktb run a.ini --seed "$seed" --name "boot-$(printf %02d "$number")" --results away >/dev/null
	ktb run --continue k --adopt away/*-boot-*
}
for _ in 1 2 3 4; do
	measure >>measured 2>&1
done
check "four are taken in" test "$(grep -c '^result: ' measured)" -eq 4
check "no look is taken in between" test ! -e looks
echo 3 >verdict
check_fails 0 '^5 [AB] ' "too noisy at the first look: on" ktb run --continue k --next
check "the program's own verb was asked" grep -qx "compare --looks 2,3,5 $TMP/k" looks
# told: what `ktbench compare` says of k, with these options.
told() {
	"$K" compare --force --format json "$@" k >told.json || true
	jq -c '[.look, .looks]' told.json
}
check "asked by a person it has the plan's looks" test "$(told)" = '[1,[2,3,5]]'
check "unless others are named" test "$(told --looks 2,9)" = '[1,[2,9]]'
boot 5.10.0
check_fails 4 'is one of kernel' "on a machine it is the same" ktb run --continue k
measure >/dev/null 2>&1
measure >/dev/null 2>&1
for verdict in 0 1; do
	echo $verdict >verdict
	check_fails 0 'look at 3 boots a side: the verdict is clear' "a verdict ($verdict) at the second" \
		ktb run --continue k --next
	check "and nothing is next" sh -c "'$K' run --continue k --next 2>/dev/null | cmp - /dev/null"
done
check_fails 0 '^the plan is done: the verdict is clear after 3 of 5 boots a side$' "the plan is done" \
	ktb run --continue k
echo 2 >verdict
check_fails 2 'the look at 3 boots a side gave no verdict .exit 2.' "no verdict to be had" ktb run --continue k
cp -r k/A/*-boot-01 away/20260101-000000-boot-07 2>/dev/null ||
	cp -r k/B/*-boot-01 away/20260101-000000-boot-07
sed -i 's/"complete"/"running"/' away/20260101-000000-boot-07/result.json
check_fails 2 "not a complete result: its state is 'running'" "half a result is not taken in" \
	ktb run --continue k --adopt away/20260101-000000-boot-07
check_fails 2 'cannot read the result nowhere' "nor none" ktb run --continue k --adopt nowhere
check "it stays where it is" test -e away/20260101-000000-boot-07/result.json

# What is not a plan's.
check_fails 2 'cannot read nowhere/plan.json: No such file' "no plan" ktb run --continue nowhere
check_fails 2 'takes no job files' "job files beside a plan" ktb run --continue c a.ini
check_fails 2 'boots does not go with --continue' "boots beside a plan" ktb run --continue c --boots 3
check_fails 2 'something is missing: .*--continue DIR' "going on with nothing" ktb run --next
cp -r c m
: >m/plan.json
check_fails 2 'm/plan.json is damaged: line 1' "an empty plan" ktb run --continue m
echo '{"schema": "ktbench-result"}' >m/plan.json
check_fails 2 "m/plan.json is no plan of boots: its schema is 'ktbench-result'" "another file" ktb run --continue m
jq '.order |= reverse | .order[0] = "B"' c/plan.json >m/plan.json
check_fails 2 'm/plan.json is damaged: order is not' "a plan that was changed" ktb run --continue m
jq '.schema_version = 2' c/plan.json >m/plan.json
check_fails 2 'm/plan.json has schema_version 2, and this program knows 1' "a newer plan" ktb run --continue m
cp c/plan.json m/plan.json
mkdir m/A/stranger
check_fails 2 'm/A/stranger is no result: .*move it away' "a directory among the results" ktb run --continue m
rmdir m/A/stranger
cp -r m/A/*-boot-01 m/A/20260101-000000-boot-01
check_fails 2 'boot 1 is there twice' "a boot twice" ktb run --continue m
rm -r m/A/20260101-000000-boot-01
mv m/A/*-boot-01 m/B
check_fails 2 'does not belong there: boot 1 is one of side A' "a boot on the wrong side" ktb run --continue m
exec 9<c
flock 9
check_fails 5 'another ktbench is at work in' "two at once" ktb run --continue c
exec 9<&-
finish
