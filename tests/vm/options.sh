#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# What vm/run, vm/kernel and vm/module say to wrong usage. No VM is started.
# shellcheck disable=SC2013,SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

export KTBENCH_CACHE=$TMP/cache
export KTB_RUNNER=/bin/sh
VM=$TOP/vm

check_fails 2 'no command: write vm/run' "no command" "$VM/run"
check_fails 2 'no command' "nothing behind --" "$VM/run" --
check_fails 2 "unknown option '--smpp'" "an unknown option" "$VM/run" --smpp 2 -- true
check_fails 2 "'true' stands before --" "a command without --" "$VM/run" true
check_fails 2 '--smp needs an argument' "an option without its argument" "$VM/run" --smp
check_fails 2 '--smp 0: give a whole number from 1 to 64' "no vCPU" "$VM/run" --smp 0 -- true
check_fails 2 '--smp 65: .* 1 to 64' "too many vCPUs" "$VM/run" --smp 65 -- true
check_fails 2 '--smp two: ' "a word for a number" "$VM/run" --smp two -- true
check_fails 2 '--topology 2x2: give SOCKETSxCORESxTHREADS' "half a topology" "$VM/run" --topology 2x2 -- true
check_fails 2 'makes 4 vCPUs and --smp says 3' "a topology of other size" "$VM/run" --topology 2x1x2 --smp 3 -- true
check_fails 2 '--smp 99: ' "a topology that is too large" "$VM/run" --topology 9x11x1 -- true
check_fails 2 '--numa 3 does not part 4 vCPUs evenly' "nodes that do not fit" "$VM/run" --smp 4 --numa 3 -- true
check_fails 2 '--mem 513M does not part evenly over 2 nodes' "memory that does not part" "$VM/run" --smp 2 --numa 2 --mem 513M -- true
check_fails 2 '--mem 512: give a size with its unit' "memory without a unit" "$VM/run" --mem 512 -- true
check_fails 2 '--mem 64: .*from 128' "too little memory" "$VM/run" --mem 64M -- true
check_fails 2 '--timeout 0: ' "no time" "$VM/run" --timeout 0 -- true
check_fails 2 "no kernel '9.9': give one of .*6\.1 " "an unknown kernel" "$VM/run" --kernel 9.9 -- true
check_fails 2 'no kernel image /nowhere/bzImage' "an image that is not there" "$VM/run" --kernel /nowhere/bzImage -- true
check_fails 2 'is no bzImage' "an image that is none" "$VM/run" --kernel "$TOP/Makefile" -- true
check_fails 2 'nowhere.ko: there is no such file' "a module that is not there" "$VM/run" --module nowhere.ko -- true
check_fails 2 'give words NAME=VALUE' "a parameter that is more than a word" \
	"$VM/run" --module-parameters 'x=$(reboot)' -- true
check_fails 126 'is not built: run make' "no runner" env KTB_RUNNER="$TMP/none" "$VM/run" -- true
check_fails 126 'install qemu-system-x86' "no QEMU" env QEMU=qemu-not-here "$VM/run" -- true
check_fails 0 '--topology SxCxT' "help" "$VM/run" --help
for option in $(grep -oE -e '--[a-z][a-z-]+' "$VM/options.sh" | sort -u); do
	check "docs/vm.md has $option" grep -qF -e "$option" "$TOP/docs/vm.md"
done

# What QEMU is decides what it can.
printf '#!/bin/sh\necho "QEMU emulator version $VERSION (x)"\n' >"$TMP/qemu"
chmod +x "$TMP/qemu"
check_fails 2 'needs QEMU 8.1 or newer and this is 8.0.5' "exact SMP with an old QEMU" \
	env QEMU="$TMP/qemu" VERSION=8.0.5 "$VM/run" --exact --smp 2 -- true
check_fails 2 "no kernel '9.9'" "exact SMP with a new QEMU is let through" \
	env QEMU="$TMP/qemu" VERSION=8.1.0 "$VM/run" --exact --smp 2 --kernel 9.9 -- true
check_fails 2 "no kernel '9.9'" "two digits are larger than one" \
	env QEMU="$TMP/qemu" VERSION=10.0.2 "$VM/run" --exact --smp 2 --kernel 9.9 -- true

check_fails 2 'usage' "vm/kernel without a name" "$VM/kernel"
check_fails 2 "unknown argument '--fast'" "vm/module: an unknown option" "$VM/module" --fast
check_fails 4 'is no prepared kernel tree' "vm/module: headers that are none" \
	"$VM/module" --headers "$TMP"
finish
