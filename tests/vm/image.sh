#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The guest's image: the same bytes from the same input, programs with their
# libraries, files where they were asked for. No VM is started.

. "$(dirname "$0")/../lib.sh"

IMAGE=$TOP/vm/image
command -v cpio >/dev/null || skip_all "cpio is not installed (setup/install vm)"

mkdir -p "$TMP/kernel/drivers" "$TMP/dir/sub"
echo driver >"$TMP/kernel/drivers/00-virtio.ko"
echo module >"$TMP/module.ko"
echo text >"$TMP/dir/sub/file"
printf '#!/bin/sh\n' >"$TMP/dir/script"
chmod 755 "$TMP/dir/script"
chmod 600 "$TMP/module.ko"
runner=$(command -v xz)

make_image() {
	"$IMAGE" "$1" "$TMP/kernel" "$TMP/module.ko" "$runner" \
		"$TMP/module.ko:/given/renamed" "$TMP/dir:/tree" "$TMP/module.ko:/given/" \
		"$TMP/module.ko"
}

check "an image is made" make_image "$TMP/one"
touch "$TMP"/dir/* "$TMP/module.ko"
(umask 077 && make_image "$TMP/two")
check "twice the same bytes" cmp "$TMP/one" "$TMP/two"
check "no directory is left behind" sh -c "! ls -d '$TMP'/*.root 2>/dev/null"

cpio -itv --quiet <"$TMP/one" >"$TMP/list"
has() {
	check "it has $1 ($2)" grep -qE "^$2 .* $1( |\$)" "$TMP/list"
}
has init -rwxr-xr-x
has bin/busybox -rwxr-xr-x
has bin/sh "l[rwx]+"
has bin/ktbench -rwxr-xr-x
has ktbench/ktbench.ko -rw-r--r--
has ktbench/drivers/00-virtio.ko -rw-r--r--
has given/renamed -rw-r--r--
has given/module.ko -rw-r--r--
has module.ko -rw-r--r--
has tree/sub/file -rw-r--r--
has tree/script -rwxr-xr-x
has out "d[rwx-]+"
for lib in $(ldd "$runner" | grep -oE '/[^ ]+'); do
	has "${lib#/}" -rwxr-xr-x
done
check "all of it is root's" sh -c "! grep -v ' root  *root ' '$TMP/list'"
check "no date is of today" sh -c "! grep -v 'Jan  *1  *1970' '$TMP/list'"

check_fails 2 'there is no file /nowhere' "a file that is not there" \
	"$IMAGE" "$TMP/three" "$TMP/kernel" "$TMP/module.ko" "$runner" /nowhere:/x
check_fails 2 'must begin with a slash' "a place that is none" \
	"$IMAGE" "$TMP/three" "$TMP/kernel" "$TMP/module.ko" "$runner" "$TMP/module.ko:x"
mkdir "$TMP/bin"
cp "$(command -v xz)" "$TMP/bin/busybox"
check_fails 126 'is not a static program' "a busybox that needs libraries" \
	env PATH="$TMP/bin:$PATH" "$IMAGE" "$TMP/three" "$TMP/kernel" "$TMP/module.ko" "$runner"
check "a failed image leaves nothing" sh -c "! ls -d '$TMP'/three* 2>/dev/null"
finish
