#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# `ktbench check --table` writes what it wrote before, of files made up to show each
# verdict, and refuses what is no such file, or no such claim.

. "$(dirname "$0")/../lib.sh"

GOLDEN=$TOP/tests/golden/contracts
cd "$GOLDEN" || exit 2

"$B/ktbench" check --table --claims claims old.json new.json rt.json >"$TMP/out.md"
check "it ends well" test $? -eq 0
check "the document is as before" diff -u contracts.md "$TMP/out.md"
"$B/ktbench" check --table new.json >"$TMP/one.md"
check "one kernel, and no claims, will do" grep -q '^| `kthread.parent` |' "$TMP/one.md"
check "then it has no part for claims" sh -c "! grep -q 'claim' '$TMP/one.md'"
"$B/ktbench" check --table new.json new.json >"$TMP/two.md"
check "kernels of one name are told apart by their release" \
	grep -q '7.2.13+deb14-cloud-amd64 | 7.2.13+deb14-cloud-amd64 |$' "$TMP/two.md"

refuses()
{
	check_fails 2 "$2" "$1" "$B/ktbench" check --table --claims "$TMP/claims" "$3"
}

echo 'a | b | c | timer_list.delete' >"$TMP/claims"
echo '{}' >"$TMP/empty.json"
echo '{' >"$TMP/torn.json"
sed 's/ktbench-check/other/' new.json >"$TMP/other.json"
sed 's/"schema_version": 1/"schema_version": 2/' new.json >"$TMP/newer.json"
sed 's/"reason"/"why"/' new.json >"$TMP/lacks.json"
refuses "a file that is not there" 'nosuch.json: not what' nosuch.json
refuses "an object without members" 'empty.json: not what' "$TMP/empty.json"
refuses "a torn file" 'torn.json: not what' "$TMP/torn.json"
refuses "another schema" "its schema is 'other'" "$TMP/other.json"
refuses "a newer schema" "newer than this program" "$TMP/newer.json"
refuses "a check without its reason" "reason" "$TMP/lacks.json"
echo 'a | b | c' >"$TMP/claims"
refuses "a row of three fields" 'claims:1: a row has four fields' new.json
echo 'a | b | c | d | e' >"$TMP/claims"
refuses "a row of five fields" 'claims:1: a row has four fields' new.json
printf '# c\n\na | b | c | timer_list.delete nosuch.check\n' >"$TMP/claims"
refuses "a check that there is not" "claims:3: there is no check 'nosuch.check'" new.json
echo 'a | b | c | ' >"$TMP/claims"
refuses "a claim that no check decides" 'claims:1: no check decides' new.json
# make contracts: of a whole matrix, and of no other.
sed -e '/^#/d' -e '/^$/d' -e 's/ *|.*//' "$TOP/vm/kernels" | while read -r kernel; do
	mkdir -p "$TMP/results/matrix-20260101/$kernel" "$TMP/results/matrix-20251231"
	sed "s/timer_list.delete/timer_list.add_timer/" new.json \
		>"$TMP/results/matrix-20260101/$kernel/check.json"
done
document()
{
	RESULTS=$TMP/results "$TOP/vm/contracts" "$@"
}
check_fails 2 "there is no check" "claims whose checks are not there" document
rm "$TMP/results/matrix-20260101/6.1/check.json"
check_fails 2 "6.1/check.json is not there: run make matrix" "half a matrix" document
rm -r "$TMP/results/matrix-20260101/6.1" "$TMP/results"
check_fails 2 "holds no matrix: run make matrix" "no matrix" document
check_fails 2 "there is no such directory" "a directory that is not there" document "$TMP/nosuch"

# The document that is kept is about the checks that there are.
if [ -e "$TOP/docs/contracts.md" ]; then
	for source in "$TOP"/module/check_*.c; do
		subject=$(basename "$source" .c)
		subject=${subject#check_}
		sed -n 's/^\t{ "\([a-z0-9_]*\)",.*/\1/p' "$source" | while read -r name; do
			grep -q "^| \`$subject\.$name\` " "$TOP/docs/contracts.md" ||
				echo "$subject.$name"
		done
	done >"$TMP/missing"
	check "docs/contracts.md has each check: make matrix contracts" test ! -s "$TMP/missing"
	diag <"$TMP/missing"
	grep -o '^| `[a-z0-9_]*\.[a-z0-9_]*`' "$TOP/docs/contracts.md" | tr -d '|` ' |
		while IFS=. read -r subject name; do
			grep -q "{ \"$name\"," "$TOP/module/check_$subject.c" || echo "$subject.$name"
		done >"$TMP/gone"
	check "and no other" test ! -s "$TMP/gone"
	diag <"$TMP/gone"
else
	not_ok "docs/contracts.md is there: make matrix contracts"
fi
check_fails 2 'none is given' "no file at all" "$B/ktbench" check --table
check_fails 2 'goes with --table only' "claims without a table" \
	"$B/ktbench" check --claims claims
finish
