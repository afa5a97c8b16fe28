#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
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
check_fails 2 'none is given' "no file at all" "$B/ktbench" check --table
check_fails 2 'goes with --table only' "claims without a table" \
	"$B/ktbench" check --claims claims
finish
