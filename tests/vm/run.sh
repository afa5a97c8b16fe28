#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 480
# vm/run, round trips: what goes in, what comes out, and each way to fail.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

RUN=$TOP/vm/run
# The runner has tests of its own; any program will do in its place.
[ -x "$B/ktbench" ] || export KTB_RUNNER=/bin/sh
echo "from the host" >"$TMP/input"

# One guest answers all that a healthy one can be asked.
GUEST='
grep -c ^processor /proc/cpuinfo
cat /sys/devices/system/cpu/cpu1/topology/thread_siblings_list
ls -d /sys/devices/system/node/node[0-9]* | wc -l
for node in 0 1 2; do
	sysfs=/sys/devices/system/node/node$node
	echo "node $node: CPUs $(cat $sysfs/cpulist), memory $(awk "/MemTotal/ { print (\$4 > 0) }" $sysfs/meminfo)"
done
ktbench topology
printf "[a]\nworkload = hrtimer\ncpus = one-per-numa\n" >one.ini
ktbench run --dry-run one.ini
cat /sys/devices/system/clocksource/clocksource0/current_clocksource
id -u
ls -l /dev/ktbench
command -v ktbench
echo "$KTBENCH_LANE: $KTBENCH_LANE_DETAIL"
cat /proc/cmdline
cat /given/input
echo "to stderr" >&2
ls /ktbench/bench
echo "switches counted: $(cat /sys/module/ktbench/parameters/count_switches)"
mkdir /out/dir
dd if=/dev/urandom of=/out/dir/blob bs=64k count=160 2>/dev/null
md5sum </out/dir/blob
printf "%s\n" "$1"
exit 42'
"$RUN" --timeout 240 --smp 4 --topology 2x1x2 --numa 0-1,2-3:-,- --mem 1G --append "ktb.word=1" \
	--add "$TMP/input:/given/" --out "$TMP/out" -- \
	sh -c "$GUEST" sh "it's \"quoted\" \$HOME * " >"$TMP/said" 2>"$TMP/err"
status=$?
said() {
	if grep -qE -e "$1" "$TMP/said"; then
		ok "$2"
	else
		not_ok "$2"
		diag <"$TMP/said"
		tail -n 20 "$TMP/err" | diag
	fi
}
check "the command's status is vm/run's (42 is $status)" test "$status" -eq 42
check "four vCPUs" sh -c "[ \"\$(sed -n 1p '$TMP/said')\" = 4 ]"
said '^0-1$' "vCPUs 0 and 1 are siblings"
check "three nodes" sh -c "[ \"\$(sed -n 3p '$TMP/said')\" = 3 ]"
said '^node 0: CPUs 0-1, memory 1$' "one has CPUs and memory"
said '^node 1: CPUs 2-3, memory 0$' "one has no memory"
said '^node 2: CPUs , memory 1$' "one has no CPU"
if [ -x "$B/ktbench" ]; then
	said '^ +1 +0 +0 +0 +0$' "CPU 1 is on the first node, by ktbench topology"
	said '^ +3 +1 +1 +1 +1$' "CPU 3 is on the node without memory"
	said 'cpus: one-per-numa: 0 2$' "no CPU is planned for a node without one"
fi
said '^(tsc|kvm-clock)$' "the clock is no slow one"
said '^0$' "the command is root"
said '^crw------- .*/dev/ktbench' "the module is loaded"
said '/ktbench$' "ktbench is in PATH"
said '^vm: QEMU [0-9.]+, (TCG|KVM), 4 vCPUs, 2x1x2, 3 nodes \(0-1,2-3:-,-\), 1024 MiB' "the lane is told"
said 'ktb.word=1' "--append reaches the kernel"
# KVM's guests need no such word.
said '(no_timer_check.*ktb.word=1|QEMU [0-9.]+, KVM)' "a busy host is taken for no broken timer at boot"
# QEMU before 8.1 races when code is patched beside a vCPU that runs.
old_tcg='QEMU ([0-7]|8[.]0)[.].*TCG, 4 vCPUs'
said "^switches counted: $(grep -Eq "$old_tcg" "$TMP/said" && echo N || echo Y)\$" \
	"context switches are counted where that is safe"
said '^from the host$' "--add brings a file"
said '^to stderr$' "stderr comes back too"
said "^it's \"quoted\" \\\$HOME \* \$" "arguments arrive as they were"
check "/out comes back whole, 10 MiB of it" sh -c \
	"grep -q \"\$(md5sum <'$TMP/out/dir/blob' | cut -d' ' -f1)\" '$TMP/said'"
check "the console is kept" grep -q 'Linux version' "$TMP/out/console.log"
check "and what was run" grep -q 'command line of QEMU: .*-smp 4' "$TMP/out/vm.txt"
check "the status file of the guest is no result" test ! -e "$TMP/out/status"

check_fails 127 'nosuch: not found' "a command that the guest lacks" "$RUN" -- nosuch
check_fails 5 'WARNING: planted.*|kernel warned as above' "a kernel warning fails the run" \
	"$RUN" -- sh -c 'echo "<4>WARNING: planted" >/dev/kmsg'
check "unless it is allowed" "$RUN" --quiet --allow-warnings -- \
	sh -c 'echo "<4>WARNING: planted" >/dev/kmsg'
check_fails 125 'VM is lost: it ended without a status' "a guest that panics is lost" \
	"$RUN" -- sh -c 'echo c >/proc/sysrq-trigger'
check_fails 124 'still running after [0-9]+ s: raise --timeout' "a guest that hangs is ended" \
	env KTB_PATIENCE=1 "$RUN" --timeout 25 --out "$TMP/hung" -- sleep 600
check "its console is kept" grep -q 'ktb-vm: begin' "$TMP/hung/console.log"
printf '#!/bin/sh\n[ "$1" != --version ] || exec %s --version\necho "no such machine" >&2\nexit 1\n' \
	"$(command -v qemu-system-x86_64)" >"$TMP/qemu"
chmod +x "$TMP/qemu"
check_fails 126 'could not start: no such machine' "a QEMU that fails could not start" \
	env QEMU="$TMP/qemu" "$RUN" --no-kvm -- true
# A QEMU of the given version whose guest trips over its own patched code.
cat >"$TMP/qemu" <<-END
	#!/bin/bash
	[ "\$1" != --version ] || { echo "QEMU emulator version \$VERSION (x)"; exit; }
	echo call >>"$TMP/calls"
	for word; do case \$word in file:*) log=\${word#file:} ;; esac; done
	printf 'Linux version 6.1\nOops: int3: 0000\n' >\$log
END
check_fails 125 'Oops: int3, mended in QEMU 8.1\): running once more' \
	"an old QEMU that trips is started again" \
	env QEMU="$TMP/qemu" VERSION=7.2.9 "$RUN" --no-kvm -- true
check "twice" test "$(wc -l <"$TMP/calls")" -eq 3
rm "$TMP/calls"
check_fails 125 'VM is lost' "with one vCPU it is not" \
	env QEMU="$TMP/qemu" VERSION=7.2.9 "$RUN" --smp 1 --no-kvm -- true
check "at all" test "$(wc -l <"$TMP/calls")" -eq 1
rm "$TMP/calls"
check_fails 125 'VM is lost' "a new one is not" \
	env QEMU="$TMP/qemu" VERSION=8.1.0 "$RUN" --no-kvm -- true
check "at all" test "$(wc -l <"$TMP/calls")" -eq 1
# One that stands still while the guest boots, the first time or each time.
cat >"$TMP/qemu" <<-END
	#!/bin/bash
	[ "\$1" != --version ] || { echo "QEMU emulator version 7.2.9 (x)"; exit; }
	echo call >>"$TMP/still"
	for word; do case \$word in file:*) log=\${word#file:} ;; esac; done
	printf 'Linux version 6.1\n' >\$log
	[ "\$(wc -l <"$TMP/still")" -ne "\$MOVES" ] || exit 1
	exec sleep 60
END
check_fails 124 'did not get to its command: it said nothing for 1 s, .*set KTB_VM_BOOT_S to more than 2' \
	"a guest that never boots is ended" \
	env QEMU="$TMP/qemu" MOVES=0 KTB_VM_BOOT_S=2 "$RUN" --no-kvm -- true
check "after two more tries" test "$(wc -l <"$TMP/still")" -eq 3
rm "$TMP/still"
check_fails 125 'stood still while the guest booted: running once more' \
	"a guest that stands still is started again, with a --timeout of no more than a boot's" \
	env QEMU="$TMP/qemu" KTB_PATIENCE=1 MOVES=2 KTB_VM_BOOT_S=6 "$RUN" --timeout 6 --no-kvm -- true
check "until it boots" test "$(wc -l <"$TMP/still")" -eq 2
rm "$TMP/still"
sed 's/exec sleep 60/for _ in 1 2 3 4 5 6 7 8; do sleep 0.5; echo word >>\$log; done/' "$TMP/qemu" >"$TMP/slow"
chmod +x "$TMP/slow"
check_fails 125 'VM is lost: it ended without' "one that boots slowly, and says so, is waited for" \
	env QEMU="$TMP/slow" MOVES=0 KTB_VM_BOOT_S=9 "$RUN" --no-kvm -- true
check "and started once" test "$(wc -l <"$TMP/still")" -eq 1
# One that stands still in the command, where the guest was patching its code.
rm "$TMP/still"
sed -i 's/Linux version 6.1/&\\nktb-vm: begin\\ntext_poke_bp_batch+0xb7/' "$TMP/qemu"
check_fails 125 'stood still in code that the guest was patching .*: running once more' \
	"one that stands still in code being patched, too" \
	env QEMU="$TMP/qemu" KTB_PATIENCE=1 MOVES=2 "$RUN" --timeout 4 --no-kvm -- true
# What ran: the command, whose time begins with the VM's, has all of --timeout.
check_fails 124 'still running after 4 s' "a short --timeout is no boot that stands still" \
	env QEMU="$TMP/qemu" KTB_PATIENCE=1 MOVES=0 "$RUN" --timeout 4 --no-kvm -- true
mkdir -p "$TMP/foreign"
printf 'obj-m := ktbench.o\nktbench-y := main.o\n' >"$TMP/foreign/Kbuild"
printf '#include <linux/module.h>\nstatic int __init no(void) { return -ENODEV; }\nmodule_init(no);\nMODULE_LICENSE("GPL");\nMODULE_DESCRIPTION("x");\n' >"$TMP/foreign/main.c"
check_fails 126 'could not start: ktbench.ko does not load: .*No such device' \
	"a module that does not load" env B="$TMP/build" KTB_MODULE_DIR="$TMP/foreign" \
	KTB_RUNNER=/bin/sh "$RUN" -- true
check "no working directory is left" sh -c "! ls -d '$TMP'/build/vm/run.* 2>/dev/null"
finish
