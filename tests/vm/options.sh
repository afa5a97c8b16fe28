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

# numa WHAT WORDS OPTION...: which nodes QEMU is to make, without what each line of it has.
numa() {
	local what=$1 words=$2 made

	shift 2
	made=$(bash -c '. "$0/lib.sh" && . "$0/options.sh" && . "$0/numa.sh"
		parse_options "$@" -- true && VERSION=7.2 && check_options && numa_words' "$VM" "$@" 2>&1 |
		sed '/^-object$/d; /^-numa$/d; s/memory-backend-ram,id=//; s/,size=/=/; s/node,nodeid=//' |
		paste -sd' ')
	check "$what: '$made'" test "$made" = "$words"
}
numa "one node needs no word" "" --smp 4 --numa 1
numa "nor does it as a list" "" --smp 4 --numa 0-3
numa "two nodes share evenly" "m0=512M 0,cpus=0-1,memdev=m0 m1=512M 1,cpus=2-3,memdev=m1" \
	--smp 4 --topology 2x1x2 --numa 2 --mem 1G
numa "three nodes of eight CPUs" \
	"m0=172M 0,cpus=0-2,memdev=m0 m1=172M 1,cpus=3-5,memdev=m1 m2=168M 2,cpus=6-7,memdev=m2" \
	--smp 8 --numa 3
numa "whole cores" "m0=256M 0,cpus=0-3,memdev=m0 m1=256M 1,cpus=4-5,memdev=m1" \
	--topology 1x3x2 --numa 2
numa "whole sockets" "m0=256M 0,cpus=0-3,memdev=m0 m1=256M 1,cpus=4-5,memdev=m1" \
	--topology 3x2x1 --numa 2
numa "nodes in sockets" \
	"m0=172M 0,cpus=0-0,memdev=m0 m1=172M 1,cpus=1-1,memdev=m1 m2=168M 2,cpus=2-3,memdev=m2" \
	--topology 2x2x1 --numa 3
numa "memory in whole steps, what is left on the last node" \
	"m0=256M 0,cpus=0-0,memdev=m0 m1=257M 1,cpus=1-1,memdev=m1" --numa 2 --mem 513M
numa "a node without CPUs" \
	"m0=172M 0,cpus=0-3,memdev=m0 m1=172M 1,cpus=4-7,memdev=m1 m2=168M 2,memdev=m2" \
	--smp 8 --numa 0-3,4-7,-
numa "one without memory, and CPUs here and there" \
	"0,cpus=0-1,cpus=3 m1=256M 1,cpus=2,memdev=m1 m2=256M 2,memdev=m2" \
	--smp 4 --numa 0-1+3:-,2,-
check_fails 2 '--numa 0: give a whole number from 1 to 64' "no node" "$VM/run" --numa 0 -- true
check_fails 2 "--numa 3 and 2 cores: .*such as --numa 0-1,-" "more nodes than cores" "$VM/run" --numa 3 -- true
check_fails 2 '--numa 2 and 1 core: ' "siblings that a number would part" "$VM/run" --topology 1x1x4 --numa 2 -- true
check_fails 2 "CPUs 2 and 3 are threads of one core of --topology 2x1x2" \
	"siblings that a list would part" "$VM/run" --topology 2x1x2 --numa 0-2,3 -- true
check_fails 2 'node 0 has a part of a socket of --topology 2x2x1 and CPUs of another one' \
	"a node across sockets" "$VM/run" --topology 2x2x1 --numa 0-2,3 -- true
check_fails 2 'CPU 1 is on two nodes, 0 and 1' "a CPU on two nodes" "$VM/run" --numa 0-1,1 -- true
check_fails 2 'CPU 1 is on no node: name each of the 2 vCPUs' "a CPU that was forgotten" "$VM/run" --numa 0,- -- true
check_fails 2 'there is no CPU 2: the vCPUs are 0 to 1' "a CPU that there is not" "$VM/run" --numa 0-1,2 -- true
check_fails 2 '1-0 ends before it begins' "a range that runs backwards" "$VM/run" --numa 1-0,- -- true
check_fails 2 'one node has to have memory' "no memory" "$VM/run" --numa 0:-,1:- -- true
check_fails 2 'a node without CPUs and memory is none' "a node of nothing" "$VM/run" --numa 0-1,-:- -- true
for bad in '0-1,' ',0-1' '0,1:x' '0,1:-:-' '08,1' '0++1,-' '0-1-1,-' '0, 1'; do
	check_fails 2 "' ?[^ ]*' is no node: give a number of nodes, or for each" "the list '$bad'" "$VM/run" --numa "$bad" -- true
done
check_fails 2 '64 nodes at most' "too many nodes" \
	"$VM/run" --numa "0-1$(printf ',%.0s-' {1..64})" -- true
check_fails 2 '--mem 128M is too little for 64 nodes' "little memory on many nodes" \
	"$VM/run" --smp 64 --numa 64 --mem 128M -- true

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
