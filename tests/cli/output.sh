#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# `-o FILE` as other tools do it: mode, owner, links and devices stay what they
# are, what may not be written is left alone, and what fails leaves nothing.
. "$(dirname "$0")/../lib.sh"

K=$TMP/ktbench
XML=$TOP/tests/golden/dry-run/machine.xml
cp "$B/ktbench" "$TMP"
cp "$XML" "$TMP/in.xml"
chmod 755 "$TMP"
mkdir -m 1777 "$TMP/work"
cd "$TMP/work" || exit 1

# Those that may write everything see no read-only file.
nobody=
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	nobody="setpriv --reuid 65534 --regid 65534 --clear-groups"
fi

# shellcheck disable=SC2086 # The words are meant to be split.
write() {
	$nobody "$K" topology -i "$TMP/in.xml" -o "$@" >/dev/null
}
# shellcheck disable=SC2086
as_nobody() {
	$nobody "$@"
}
is_xml() {
	head -1 "$1" | grep -q '^<?xml' && tail -1 "$1" | grep -q '</topology>'
}
mode() {
	stat -c %a "$1"
}
# No file of another name is left.
only() {
	test "$(find . -mindepth 1 -printf '%f\n' | LC_ALL=C sort | paste -sd' ')" = "$1"
}

(umask 027; write new.xml)
check "a new file is what the umask leaves" test "$(mode new.xml)" = 640
check "  and whole" is_xml new.xml
write new.xml
check "a file that is there keeps its mode" test "$(mode new.xml)" = 640
as_nobody chmod 751 new.xml
write new.xml
check "  with all its bits" test "$(mode new.xml)" = 751
check "  and nothing is left beside it" only new.xml
as_nobody rm new.xml

as_nobody mkdir there
as_nobody ln -s there/far.xml near.xml
write near.xml
check "a link that leads nowhere makes what it leads to" is_xml there/far.xml
as_nobody sh -c 'echo old >there/far.xml; chmod 600 there/far.xml'
write near.xml
check "a link stays" test -L near.xml
check "  and what it leads to is written" is_xml there/far.xml
check "  in its own mode" test "$(mode there/far.xml)" = 600
as_nobody ln -s ../near.xml there/again.xml
as_nobody sh -c 'echo old >there/far.xml'
write there/again.xml
check "a link to a link stays" test -L there/again.xml -a -L near.xml
check "  and the file is written" is_xml there/far.xml
check "  with nothing left" only "again.xml far.xml near.xml there"
as_nobody ln -s loop2 loop1
as_nobody ln -s loop1 loop2
check_fails 5 'cannot write loop1: Too many levels' "links in a circle" write loop1
as_nobody rm -r there near.xml loop1 loop2

as_nobody sh -c 'echo kept >fixed.xml; chmod 444 fixed.xml'
if [ "$(id -u)" -eq 0 ] && [ -z "$nobody" ]; then
	skip "a read-only file" "setpriv is missing, and root may write it"
else
	check_fails 5 'cannot write fixed.xml: Permission denied' "a read-only file is refused" write fixed.xml
	check "  and left alone" grep -qx kept fixed.xml
	check "  with nothing beside it" only fixed.xml
fi
as_nobody rm -f fixed.xml

as_nobody sh -c 'echo old >one.xml; ln one.xml two.xml'
write one.xml
check "a file with two names has both still" test one.xml -ef two.xml
check "  and is written" is_xml two.xml
as_nobody sh -c 'head -c 100000 /dev/zero | tr "\0" x >one.xml'
write one.xml
check "  with nothing of the old text behind" is_xml two.xml
as_nobody rm one.xml two.xml

if [ -n "$nobody" ]; then
	mkdir -m 755 closed
	: >closed/open.xml
	chmod 666 closed/open.xml
	write closed/open.xml
	check "a file in a directory that takes no other is written" is_xml closed/open.xml
	check "  and its owner stays" test "$(stat -c %u closed/open.xml)" = 0
	check_fails 5 'cannot write closed/new.xml: Permission denied' "a new one there is refused" write closed/new.xml
	: >foreign.xml
	chmod 666 foreign.xml
	write foreign.xml
	check "a file of somebody else keeps its owner" test "$(stat -c %u foreign.xml)" = 0
	check "  and is written" is_xml foreign.xml
	chown 65534 foreign.xml
	"$K" topology -i "$TMP/in.xml" -o foreign.xml >/dev/null
	check "root leaves a file to its owner" test "$(stat -c %u foreign.xml)" = 65534
	check "  and nothing beside it" only "closed foreign.xml open.xml"
	rm -r closed foreign.xml
else
	skip "files of others" "only root can make them"
fi

check_fails 5 'cannot write \.: Is a directory' "a directory" write .
check_fails 5 'cannot write nosuch/x: No such file' "a directory that is not there" write nosuch/x
check_fails 5 'cannot write /dev/full: No space left' "a full device" write /dev/full
check "  stays a device" test -c /dev/full
check "/dev/null takes it" write /dev/null
check "  and stays a device" test -c /dev/null
mkfifo pipe
chmod 666 pipe
cat pipe >read.xml &
write pipe
wait $!
check "a pipe gets it" is_xml read.xml
check "  and stays a pipe" test -p pipe
rm -f pipe read.xml
"$K" topology -i "$TMP/in.xml" -o /dev/stdout | sed '/<\/topology>/q' >piped.xml
check "/dev/stdout into a pipe" is_xml piped.xml
{ echo first; "$K" topology -i "$TMP/in.xml" -o /dev/stdout; echo last; } >whole.txt
check "/dev/stdout into a file goes where the output goes" \
	test "$(sed -n '1p; 2s/ .*//p; $p' whole.txt | paste -sd' ')" = 'first <?xml last'
check "  with the table behind it" grep -q '^  CPU    core' whole.txt
"$K" topology -i "$TMP/in.xml" -o /dev/fd/3 3>third.xml >/dev/null
check "/dev/fd/3 is written by who has it" is_xml third.xml
finish
