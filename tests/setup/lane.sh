#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# setup/lane on machines that are made of a few files.

. "$(dirname "$0")/../lib.sh"

BIN=$TMP/bin
SYSTEM=$TMP/root

# machine: one that can load modules, as root.
machine() {
	rm -rf "$BIN" "$SYSTEM"
	mkdir -p "$BIN" "$SYSTEM/proc/sys/kernel" "$SYSTEM/proc/self" \
		"$SYSTEM/sys/kernel/security" "$SYSTEM/sys/module/module/parameters" \
		"$SYSTEM/lib/modules/$(uname -r)/build/include/generated"
	for tool in bash cat grep sed uname; do
		ln -s "$(command -v "$tool")" "$BIN/$tool"
	done
	: >"$SYSTEM/proc/modules"
	echo 0 >"$SYSTEM/proc/sys/kernel/modules_disabled"
	printf 'CapEff:\t000001ffffffffff\n' >"$SYSTEM/proc/self/status"
	echo '[none] integrity confidentiality' >"$SYSTEM/sys/kernel/security/lockdown"
	echo N >"$SYSTEM/sys/module/module/parameters/sig_enforce"
	: >"$SYSTEM/lib/modules/$(uname -r)/build/include/generated/utsrelease.h"
	fake id 0
	printf '#!/bin/bash\nexit 100\n' >"$BIN/apt-cache"
	chmod +x "$BIN/apt-cache"
}

fake() {
	printf '#!/bin/bash\necho %s\n' "$2" >"$BIN/$1"
	chmod +x "$BIN/$1"
}

lane() {
	env -i PATH="$BIN" KTB_SYSROOT="$SYSTEM" "$BIN/bash" "$TOP/setup/lane" "$@"
}

machine
check_fails 0 '^metal: the running kernel .* loads modules$' "metal where it can be" lane
check_fails 0 '^metal: asked for' "metal when asked for" lane metal
check_fails 0 '^vm: asked for; its times are shape only' "vm when asked for" lane vm
check_fails 0 '^exact: asked for' "exact when asked for" lane exact
check_fails 2 "LANE=fast is no lane: give auto, metal, vm or exact" "a lane that is none" lane fast
rm "$SYSTEM/proc/modules"
check_fails 0 '^vm: .*no loadable modules' "no modules: vm" lane auto
check_fails 4 'LANE=metal cannot be had: .*no loadable modules' "no modules: no metal" lane metal
machine
echo 1 >"$SYSTEM/proc/sys/kernel/modules_disabled"
check_fails 0 '^vm: kernel.modules_disabled is 1' "modules disabled" lane
machine
echo 'none [integrity] confidentiality' >"$SYSTEM/sys/kernel/security/lockdown"
check_fails 0 '^vm: .*locked down' "lockdown" lane
machine
echo Y >"$SYSTEM/sys/module/module/parameters/sig_enforce"
check_fails 0 '^vm: .*signed modules only' "enforced signatures" lane
machine
printf 'CapEff:\t00000000a80425fb\n' >"$SYSTEM/proc/self/status"
check_fails 0 '^vm: this is a container' "a container" lane
machine
fake id 1000
check_fails 0 '^vm: .*needs root, and there is no sudo' "neither root nor sudo" lane
fake sudo fine
check_fails 0 '^metal: ' "sudo is enough" lane
machine
rm -r "${SYSTEM:?}/lib"
check_fails 0 "^vm: headers of the running kernel" "no headers" lane
printf '#!/bin/bash\nexit 0\n' >"$BIN/apt-cache"
check_fails 0 '^metal: ' "headers that can be installed" lane
finish
