#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The cache of kernels: what it does without a network, and that the table of
# kernels is well formed. Nothing is downloaded.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

KERNEL=$TOP/vm/kernel
export KTBENCH_CACHE=$TMP/cache
# Port 9 of this machine: nobody answers there.
export KTBENCH_MIRROR=http://127.0.0.1:9/debian

if ! command -v apt-get >/dev/null; then
	check_fails 126 'does not have: give a bzImage' "no apt-get" "$KERNEL" 6.1
	finish
fi

# have RELEASE: a kernel directory as vm/unpack makes it, as far as it matters.
have() {
	mkdir -p "$KTBENCH_CACHE/kernels/$1"
	echo "$1" >"$KTBENCH_CACHE/kernels/$1/release"
}

check_fails 126 "holds no kernel '6.1': get the network back" \
	"no network and nothing in the cache" "$KERNEL" 6.1
check_fails 126 'Connection refused|Could not connect' "apt's own words are shown" "$KERNEL" 6.1
check "nothing half-made is left" sh -c "! ls '$KTBENCH_CACHE'/kernels/* 2>/dev/null"

have 6.1.0-9-cloud-amd64
have 6.1.0-10-cloud-amd64
have 6.1.0-11-rt-amd64
have 6.12.1+deb12-cloud-amd64
check_fails 0 'using the newest one in the cache, 6.1.0-10-cloud-amd64' \
	"no network: the newest cached one of the row" "$KERNEL" 6.1
check_fails 0 '/kernels/6.1.0-10-cloud-amd64$' "and its directory is printed" "$KERNEL" 6.1
check_fails 0 '/kernels/6.1.0-9-cloud-amd64$' "a release by its full name" \
	"$KERNEL" 6.1.0-9-cloud-amd64

# A recent answer needs no network at all.
mkdir -p "$KTBENCH_CACHE/resolved"
echo 6.1.0-9-cloud-amd64 >"$KTBENCH_CACHE/resolved/6.1"
check "a recent answer is taken in silence" sh -c \
	'[ "$("$1" 6.1 2>&1)" = "$2" ]' sh "$KERNEL" \
	"$KTBENCH_CACHE/kernels/6.1.0-9-cloud-amd64"
check_fails 0 'newest one in the cache' "--update asks again" "$KERNEL" --update 6.1
touch -d '8 days ago' "$KTBENCH_CACHE/resolved/6.1"
check_fails 0 'newest one in the cache' "an old answer is asked again" "$KERNEL" 6.1
rm -r "$KTBENCH_CACHE/kernels/6.1.0-9-cloud-amd64"
touch "$KTBENCH_CACHE/resolved/6.1"
check_fails 0 'using the newest one in the cache, 6.1.0-10' \
	"an answer whose kernel is gone is none" "$KERNEL" 6.1

# What would be done; an answer needs no network, and changes nothing.
check_fails 0 '^6.1.0-10-cloud-amd64.in the cache; the package lists of bookworm bookworm-security are fetched' \
	"--plan: a kernel whose newest release is not known" "$KERNEL" --plan 6.1
check_fails 0 '^6.12.1.deb12-cloud-amd64.in the cache$' "--plan: a release by its full name" \
	"$KERNEL" --plan 6.12.1+deb12-cloud-amd64
check_fails 0 '^[?].not in the cache, and neither are the package lists of sid' \
	"--plan: a kernel of which nothing is there" "$KERNEL" --plan 7.2
check_fails 2 "no kernel '9.9'" "--plan: no kernel" "$KERNEL" --plan 9.9

# A build tree: the image, and the drivers that lie in it as modules.
tree=$TMP/tree
mkdir -p "$tree/arch/x86/boot" "$tree/drivers/virtio" "$tree/drivers/char" "$tree/include/generated"
: >"$tree/Makefile"
{
	head -c 514 /dev/zero
	printf 'HdrS\0\0\0\0\0\0\0\0\200\0'
	head -c 112 /dev/zero
	printf '6.1.0-own (me)\0'
	head -c 200 /dev/zero
} >"$tree/arch/x86/boot/bzImage"
export B=$TMP/build
check_fails 0 "^$B/vm/kernels/" "a build tree" "$KERNEL" "$tree"
dir=$(tail -n 1 "$TMP/.out")
check "its release is the image's" test "$(cat "$dir/release")" = 6.1.0-own
check "its headers are the tree" test "$(readlink "$dir/headers")" = "$tree"
check_fails 0 "^$dir\$" "its image is the same kernel" "$KERNEL" "$tree/arch/x86/boot/bzImage"
check_fails 2 "no kernel image $TMP/cache/arch/x86/boot/bzImage" "a directory that is none" \
	"$KERNEL" "$TMP/cache"

# Two at a time wait for each other.
(
	exec 9>"$KTBENCH_CACHE/lock"
	flock 9
	sleep 2
) &
sleep 0.5
check_fails 0 'waiting for another run' "a second run waits for the lock" "$KERNEL" --update 6.1
wait
: >"$TMP/file"
check_fails 126 'choose another place with KTBENCH_CACHE=' "a cache that cannot be made" \
	env KTBENCH_CACHE="$TMP/file/cache" "$KERNEL" 6.1

bad=$(sed -e '/^#/d; s/ *| */|/g' "$TOP/vm/kernels" |
	awk -F'|' 'NF != 4 || $1 == "" || $2 == "" || $3 == "" || $4 == "" || seen[$1]++')
check "each row of vm/kernels has four columns and a name of its own" test -z "$bad"
for name in 5.10 6.1 6.12 6.12-rt 7.2; do
	check "vm/kernels has $name" grep -q "^$name " "$TOP/vm/kernels"
done
finish
