#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# vm/kvm with a QEMU that only pretends: one whose guest comes through, one whose
# guest hangs, one that aborts; and that the verdict is kept.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

export B=$TMP/build KTBENCH_CACHE=$TMP/cache QEMU=$TMP/qemu KTB_KVM_DEVICE=$TMP/device
KVM=$TOP/vm/kvm

# qemu SCRIPT: what it does when it is not asked for its version. The log is the
# argument behind -serial file:
qemu() {
	rm -rf "$KTBENCH_CACHE" "$TMP/calls"
	cat >"$QEMU" <<-END
		#!/bin/bash
		[ "\$1" != --version ] || { echo "QEMU emulator version 9.1.2 (x)"; exit; }
		echo call >>"$TMP/calls"
		for word; do case \$word in file:*) log=\${word#file:} ;; esac; done
		$1
	END
	chmod +x "$QEMU"
}

: >"$KTB_KVM_DEVICE"
qemu 'echo "Kernel panic - not syncing: VFS: Unable to mount root fs" >$log'
check "a guest that comes through: KVM" "$KVM" image
check "the verdict is kept" grep -rqx works "$KTBENCH_CACHE/kvm"
check "and asked for no more" "$KVM" image
check "(QEMU was called once)" sh -c "[ \$(wc -l <'$TMP/calls') -eq 1 ]"

qemu 'echo "SeaBIOS" >$log; exec sleep 60'
begin=$SECONDS
check_fails 1 'does not get a stock kernel to its end in 6 s, so TCG is used' \
	"a guest that hangs: TCG" "$KVM" image
check "given up within seconds" test $((SECONDS - begin)) -le 10
check_fails 1 'found before: ' "the second time at once" "$KVM" image
check "(QEMU was called once)" sh -c "[ \$(wc -l <'$TMP/calls') -eq 1 ]"

qemu 'echo "qemu: error: failed to set MSR 0x10a" >&2; kill -ABRT $$'
check_fails 1 'KVM fails: qemu: error: failed to set MSR 0x10a, so TCG' \
	"a QEMU that aborts: its words" "$KVM" image

rm "$KTB_KVM_DEVICE"
qemu 'exit 1'
check_fails 1 "no $KTB_KVM_DEVICE here, so TCG" "no device" "$KVM" image
check "nothing was tried" test ! -e "$TMP/calls"
check "nothing was kept" test ! -e "$KTBENCH_CACHE/kvm"
finish
