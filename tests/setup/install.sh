#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# setup/install with package managers that are not real: a directory put in
# place of PATH holds the few programs it needs, and an apt-get that says what
# the case wants. Nothing is installed.
# shellcheck disable=SC2016 # the fake programs expand these

. "$(dirname "$0")/../lib.sh"

INSTALL=$TOP/setup/install
BIN=$TMP/bin
SYSTEM=$TMP/root
STATE=$TMP/state

# What every case has: no compiler, no packages, a Debian, root.
fresh() {
	rm -rf "$BIN" "$SYSTEM" "$STATE"
	mkdir -p "$BIN" "$SYSTEM/etc" "$STATE"
	for tool in bash cat cut dirname grep head paste ps sed sh sort tail tr uname; do
		ln -s "$(command -v "$tool")" "$BIN/$tool"
	done
	echo 'ID=debian' >"$SYSTEM/etc/os-release"
	fake id 'echo 0'
	fake ldconfig 'exit 0'
	fake apt-cache '[ -e "$STATE/known" ]'
	: >"$STATE/known"
}

# fake NAME SCRIPT: a program of that name.
fake() {
	printf '#!/bin/bash\n%s\n' "$2" >"$BIN/$1"
	chmod +x "$BIN/$1"
}

# apt_says STATUS WORDS: an apt-get that fails with these words at `install`.
apt_says() {
	printf '%s\n' "$2" >"$STATE/words"
	fake apt-get "echo \"\$*\" >>'$STATE/calls'
case \"\$*\" in *' install '*) cat '$STATE/words'; exit $1 ;; esac"
}

run() {
	env -i PATH="$BIN" KTB_SYSROOT="$SYSTEM" STATE="$STATE" KTB_LOCK_WAIT_S=0 \
		"$BIN/bash" "$INSTALL" "$@"
}

# cause WHAT WORDS CAUSE REPAIR: apt-get's words lead to this sentence, the
# words are shown, and nothing but one install was tried.
cause() {
	fresh
	apt_says 100 "$2"
	run build >"$STATE/out" 2>&1
	local rc=$?

	if [ $rc -eq 4 ] && grep -qE "apt-get failed: .*$3" "$STATE/out" &&
		grep -qE "as root: .*$4" "$STATE/out" &&
		grep -qF "apt-get: $(tail -n 1 <<<"$2")" "$STATE/out" &&
		[ "$(grep -c ' install ' "$STATE/calls")" -eq 1 ]; then
		ok "cause: $1"
	else
		not_ok "cause: $1"
		diag "exit $rc"
		diag <"$STATE/out"
	fi
}

cause "interrupted dpkg" \
	"E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem." \
	"interrupted earlier" "dpkg --configure -a"
cause "locked database" \
	"E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1234 (unattended-upgr)
E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?" \
	"holds the lock" "wait until it has ended"
cause "full disk" \
	"E: You don't have enough free space in /var/cache/apt/archives/." \
	"disk is full" "apt-get clean"
cause "full disk in dpkg" \
	"dpkg: error processing archive x.deb (--unpack):
 cannot copy extracted data: failed to write (No space left on device)" \
	"disk is full" "apt-get clean"
cause "read-only file system" \
	"E: Unable to write to /var/cache/apt/: Read-only file system" \
	"read-only" "mount -o remount,rw"
cause "damaged database" \
	"dpkg: error: parsing file '/var/lib/dpkg/status' near line 5 package 'x':
 missing 'Package' field" \
	"database of dpkg is damaged" "status-old"
cause "malformed sources" \
	"E: Malformed entry 1 in list file /etc/apt/sources.list.d/x.list (Component)
E: The list of sources could not be read." \
	"sources is malformed" "mend the line"
cause "damaged lists" \
	"E: Encountered a section with no Package: header
E: Problem with MergeList /var/lib/apt/lists/x_Packages
E: The package lists or status file could not be parsed or opened." \
	"lists are damaged" "rm -rf /var/lib/apt/lists"
cause "hash sum mismatch" \
	"E: Failed to fetch http://nowhere.invalid/x.deb  Hash Sum mismatch" \
	"do not fit each other" "rm -rf /var/lib/apt/lists"
cause "unknown key" \
	"W: GPG error: http://nowhere.invalid x InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0E98404D386FA1D9
E: The repository 'http://nowhere.invalid x InRelease' is not signed." \
	"signed with a key" "debian-archive-keyring"
cause "expired release file" \
	"E: Release file for http://nowhere.invalid/InRelease is expired (invalid since 3d 2h). Updates for this repository will not be applied." \
	"out of date, or the clock" "date"
cause "release gone from the mirror" \
	"E: The repository 'http://nowhere.invalid stretch Release' does not have a Release file." \
	"does not carry this release" "name the archive"
cause "unreachable mirror" \
	"Err:1 http://nowhere.invalid bookworm InRelease
  Temporary failure resolving 'nowhere.invalid'
E: Failed to fetch http://nowhere.invalid/x.deb  Temporary failure resolving 'nowhere.invalid'" \
	"mirror cannot be reached" "check the network"
cause "connection refused" \
	"E: Failed to fetch http://127.0.0.1:9/x.deb  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)" \
	"mirror cannot be reached" "check the network"
cause "unmet dependencies" \
	"The following packages have unmet dependencies:
 gcc : Depends: gcc-12 but it is not going to be installed
E: Unable to correct problems, you have held broken packages." \
	"do not fit the ones" "fix-broken install"
cause "package that no source has" \
	"E: Unable to locate package libinih-dev" \
	"sources of this system do not have it" "component main"
cause "failing package script" \
	"E: Sub-process /usr/bin/dpkg returned an error code (1)" \
	"script of a package failed" "dpkg --configure -a"

fresh
apt_says 100 "E: something nobody has seen before"
check_fails 4 'not known here.*apt-get install gcc' "unknown cause" run build

fresh
apt_says 0 "fine"
check_fails 4 'and yet these are missing: C compiler' \
	"apt-get says fine and installed nothing" run build
check_fails 4 'missing here, for build' "it says what is missing" run build
check_fails 4 'C compiler: gcc' "and what that is for" run build
check "recommended packages are left out" \
	grep -q 'install -y --no-install-recommends gcc libc6-dev' "$STATE/calls"
check "known packages need no update" \
	sh -c "! grep -q ' update' '$STATE/calls'"

# Without lists, update comes first; with unreachable ones its words count.
fresh
rm "$STATE/known"
fake apt-get "echo \"\$*\" >>'$STATE/calls'
case \"\$*\" in
*update*) echo \"Err: Could not resolve 'nowhere.invalid'\"; exit 0 ;;
*) echo 'E: Unable to locate package gcc'; exit 100 ;;
esac"
check_fails 4 'mirror cannot be reached' "no lists and no network" run build
check "update came first" sh -c "head -n 1 '$STATE/calls' | grep -q ' update'"
check "nothing was installed" sh -c "! grep -q 'install -y' '$STATE/calls'"

# Lists older than the mirror: one update, one more try.
fresh
fake apt-get "echo \"\$*\" >>'$STATE/calls'
case \"\$*\" in
*update*) : >'$STATE/updated' ;;
*install*) [ -e '$STATE/updated' ] || { echo 'E: Failed to fetch http://m.invalid/x.deb  404  Not Found [IP: 192.0.2.1 80]'; exit 100; } ;;
esac"
check_fails 4 'older than what the mirror holds: apt-get update' "stale lists" run build
check "update, then a second try" sh -c "[ \$(grep -c ' install ' '$STATE/calls') -eq 2 ]"

# Without root.
fresh
fake id 'echo 1000'
apt_says 0 "fine"
check_fails 4 'no sudo here: as root, run: apt-get install gcc' "neither root nor sudo" run build
fake sudo "echo sudo \"\$*\" >>'$STATE/calls'; exit 0"
check_fails 4 'and yet these are missing' "sudo is used when there" run build
check "sudo ran apt-get" grep -q 'sudo .*apt-get .* install' "$STATE/calls"
fake sudo 'echo "sudo: a password is required"; exit 1'
check_fails 4 'no right to install' "sudo refuses" run build

# Other systems: the command, and no more than that.
other() {
	fresh
	rm "$BIN/apt-cache"
	printf 'ID=%s\nID_LIKE="%s"\n' "$1" "$2" >"$SYSTEM/etc/os-release"
	fake "$3" "echo called >>'$STATE/calls'"
	check_fails 4 "$4" "$1: its own command" run build vm plot test
	check "$1: nothing was run" test ! -e "$STATE/calls"
	run plot test build >"$STATE/out" 2>&1
	check "$1: what is missing is told" grep -q 'scipy' "$STATE/out"
	check "$1: what it has no package for is not" sh -c '! grep -qE "compare.py of| -( |$)" "$1"' - "$STATE/out"
}
other fedora "" dnf 'dnf install -y gcc glibc-devel .*hwloc-devel .*ShellCheck'
other rocky "rhel centos fedora" dnf 'dnf install -y .*numactl-devel'
other opensuse-leap "suse opensuse" zypper 'zypper install -y .*libnuma-devel .*qemu-x86'
other arch "" pacman 'pacman -S --needed .*libinih .*qemu-system-x86'
fresh
rm "$SYSTEM/etc/os-release"
fake pacman 'exit 1'
check_fails 4 'pacman -S --needed gcc' "a system without a name, by its program" run build
fresh
rm "$BIN/apt-cache"
echo 'ID=plan9' >"$SYSTEM/etc/os-release"
check_fails 4 'no package manager that is known here' "an unknown system" run build

# --check, usage, and the headers of the running kernel.
fresh
apt_says 0 "fine"
check_fails 4 'install them, as root, and run again: apt-get install' "--check only looks" \
	run --check build
check "--check ran nothing" test ! -e "$STATE/calls"
check_fails 4 "headers of the running kernel: linux-headers-$(uname -r)" "headers for metal" \
	run --check metal
check_fails 2 "no group 'bulid'" "an unknown group" run bulid
check_fails 2 'usage' "no group" run
mkdir -p "$SYSTEM/lib/modules/$(uname -r)/build/include/generated"
: >"$SYSTEM/lib/modules/$(uname -r)/build/include/generated/utsrelease.h"
check "all there: silence" sh -c '[ -z "$("$@" 2>&1)" ]' sh env -i PATH="$BIN" \
	KTB_SYSROOT="$SYSTEM" "$BIN/bash" "$INSTALL" metal

# Every cause of the table was met above.
check "each row of the table has a case" test \
	"$(grep -vc '^#' "$TOP/setup/causes")" -le "$(grep -c '^cause "' "$0")"
finish
