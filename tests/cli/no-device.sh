#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Without the device: the cause and the remedy are named, nothing is written, and
# list, --dry-run, topology and env work all the same, for everybody.
. "$(dirname "$0")/../lib.sh"

K=$B/ktbench
export KTBENCH_CATALOG="$TOP/runner/catalog.json"
cd "$TMP" || exit 1
printf '[a]\nworkload = null\ncpus = 0\n' >a.ini

# machine FILE TEXT...: a machine of these files.
machine() {
	rm -rf "$TMP/root"
	mkdir "$TMP/root"
	while [ $# -gt 1 ]; do
		mkdir -p "$TMP/root/$(dirname "$1")"
		printf '%s\n' "$2" >"$TMP/root/$1"
		shift 2
	done
}

# run CODE REGEX WHAT
run() {
	check_fails "$1" "^ktbench: $2" "$3" env KTBENCH_SYSROOT="$TMP/root" \
		"$K" run --device /nonexistent a.ini
}

machine proc/sys/kernel/osrelease 6.1.0
run 4 ".*cannot load modules at all.*measure in a VM" "a kernel without modules"
machine proc/sys/kernel/osrelease 6.1.0 proc/modules ""
run 5 ".*headers of kernel 6\.1\.0 are missing.*install linux-headers-6\.1\.0" \
	"missing headers"
machine proc/sys/kernel/osrelease 6.1.0 proc/modules "" \
	lib/modules/6.1.0/build/Makefile ""
run 5 ".*the module is not loaded: build it with" "not built"
machine proc/sys/kernel/osrelease 6.1.0 proc/modules "" \
	proc/sys/kernel/modules_disabled 1
run 4 ".*kernel\.modules_disabled is 1.*nomodule" "modules switched off"
machine proc/sys/kernel/osrelease 6.1.0 proc/modules "" \
	sys/kernel/security/lockdown "none [integrity] confidentiality"
run 4 ".*locked down \(integrity\)" "lockdown"
check_fails 5 "^ktbench: /dev/null is not a device of ktbench" \
	"a device of something else" "$K" run --device /dev/null a.ini
check_fails 2 "^ktbench: cannot read the module /nonexistent\.ko" \
	"a module that is not there" "$K" run --module /nonexistent.ko a.ini
check "nothing was written" test ! -e results

check "dry-run works" "$K" run --dry-run --device /nonexistent a.ini
check_fails 0 "^ktbench: the module's workloads are those of .*catalog\.json, not of a loaded module" \
	"dry-run says whose workloads they are" \
	"$K" run --dry-run --device /nonexistent a.ini
check "list works" "$K" list --device /nonexistent timer_wheel hrtimer null
check "topology works" "$K" topology --cpus all --output "$TMP/t.xml"
check "topology reads what it wrote" "$K" topology --input "$TMP/t.xml"
check "the measured CPUs are marked for lstopo" \
	grep -q 'name="lstopoStyle" value="Background=#d55e00"' "$TMP/t.xml"
"$K" list --device /nonexistent --json >list.json 2>/dev/null
check "list --json gives the catalogue back" \
	cmp list.json "$KTBENCH_CATALOG"

machine proc/cpuinfo "flags : fpu"
check "a machine without a fault is fine" \
	env KTBENCH_SYSROOT="$TMP/root" "$K" env
machine proc/cpuinfo "flags : fpu hypervisor"
check_fails 1 "^unfit +virtual_machine +yes" "an unfit machine is exit 1" \
	env KTBENCH_SYSROOT="$TMP/root" "$K" env
check_fails 1 '"check": "virtual_machine"' "env --json says the same" \
	env KTBENCH_SYSROOT="$TMP/root" "$K" env --json
check_fails 2 "^ktbench: $TMP/none keeps no original values" \
	"nothing to restore" "$K" env --restore --state "$TMP/none"

# The same as nobody, where this test is run by root.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	chmod 755 "$TMP"
	cp "$K" "$KTBENCH_CATALOG" "$TMP"
	export KTBENCH_CATALOG="$TMP/catalog.json"
	nobody="setpriv --reuid 65534 --regid 65534 --clear-groups"
	# shellcheck disable=SC2086 # The words are meant to be split.
	{
		check "nobody may list" $nobody "$TMP/ktbench" list
		check "nobody may dry-run" $nobody "$TMP/ktbench" run -n a.ini
		: >device
		chmod 600 device
		check_fails 5 "^ktbench: no permission to open ./device: run as root" \
			"nobody may not measure" \
			$nobody "$TMP/ktbench" run --device ./device a.ini
	}
else
	skip "the same as nobody" "this needs root and setpriv"
fi
finish
