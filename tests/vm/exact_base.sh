#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# vm/exact where the reference is of another kernel: a change is judged by what the base
# commit has here. The guests are invented: a repository of a few files, whose build is a
# script, and whose vm/run makes a result that is as slow as its file `slower` says.

. "$(dirname "$0")/../lib.sh"

MAKE_RESULT=$B/tests/analysis/make_result
[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"

TREE=$TMP/tree
git() {
	command git -C "$TREE" -c user.name=x -c user.email=x@example.org "$@"
}

commit() {
	git add -A && git commit -qm "$1" && git rev-parse HEAD
}

# exact [VAR=VALUE]...: what it says of the tree.
exact() {
	env TOP="$TREE" B="$TREE/build" "$@" "$TREE/vm/exact" check 6.1
}

# release KERNEL: what the kernel is now; slower PPM: how slow the module of the tree.
release() { echo "$1" >"$TMP/release"; }
slower() { echo "$1" >"$TREE/module/slower"; }

mkdir -p "$TREE"/{build,vm,setup,module,results/reference}
cp "$TOP/vm/exact" "$TOP/vm/lib.sh" "$TREE/vm/"
cp "$TOP/setup/environment.sh" "$TREE/setup/"
cp "$B/ktbench" "$TREE/build/"
echo /build/ >"$TREE/.gitignore"
printf 'all:\n\tmkdir -p build\n\tcp %s/ktbench build/ktbench\n\techo built >>%s/builds\n' "$B" "$TMP" >"$TREE/Makefile"
cat >"$TREE/vm/run" <<-END
	#!/bin/bash
	while [ "\$1" != --out ]; do shift; done
	out=\$2
	mkdir -p "\$out/results"
	echo "\$TOP" >>"$TMP/runs"
	exec "$MAKE_RESULT" --lane exact --cells 3 --cpus 1 --samples 300 --seed 3 --kernel "\$(cat "$TMP/release")" \\
		--slower "\$(cat "\$TOP/module/slower")" "\$out/results/x-exact"
END
chmod +x "$TREE/vm/run"
git init -q

# The reference is of the kernel of then.
release 6.1.0-1
slower 0
check "a reference is written" env TOP="$TREE" B="$TREE/build" "$TREE/vm/exact" reference 6.1
REFERENCE_COMMIT=$(commit "the reference")
check_fails 0 'results/reference/6.1.json, and now' "the same kernel: by the reference" exact
slower 100000
check_fails 1 '^MORE +wheel' "a slower tree is seen by it" exact
check "no base was built for that" test ! -e "$TMP/builds"

# The kernel of now.
release 6.1.0-2
slower 0
echo "nothing of it" >"$TREE/README"
commit "a page" >"$TMP/id"
check_fails 0 "nothing that figures are made of has changed since ${REFERENCE_COMMIT:0:12}" \
	"another kernel, and no change: nothing to judge" exact
check "and nothing was built" test ! -e "$TMP/builds"
echo "/* a comment */" >"$TREE/module/x.c"
check_fails 0 "the base commit ${REFERENCE_COMMIT:0:12}" "a new file is a change, before git knows it" exact
rm "$TMP/builds"
rm -rf "$TREE/build/exact/base"
SAME=$(commit "a comment")
check_fails 0 "the base commit ${REFERENCE_COMMIT:0:12}, built and measured here, and now" \
	"a change that moves nothing" exact
check "the base was built once" test "$(wc -l <"$TMP/builds")" -eq 1
check "and measured, in its own tree" grep -q "/base/$REFERENCE_COMMIT/tree\$" "$TMP/runs"
slower 100000
SLOW=$(commit "slow")
check_fails 1 '^MORE +wheel' "a slower tree is seen by its base" exact
check "which is not built again" test "$(wc -l <"$TMP/builds")" -eq 1
slower 101000
check_fails 0 "the base commit ${SLOW:0:12}" "KTB_BASE is another base" exact KTB_BASE="$SLOW"
check_fails 1 "the base commit ${SAME:0:12}" "  any other" exact KTB_BASE="$SAME"
check_fails 4 'no base: there is no commit KTB_BASE=nosuch here' "  but one that is there" exact KTB_BASE=nosuch
check_fails 4 'no base, as asked for' "KTB_BASE=none is none" exact KTB_BASE=none

# A later kernel again: the base is measured anew on it.
release 6.1.0-3
check_fails 1 '^MORE +wheel' "on the next kernel, too" exact
check "the base is not taken from the one before" test "$(grep -c "/base/$REFERENCE_COMMIT/tree\$" "$TMP/runs")" -eq 3

# Meant to move it: the reference is written in the same commit.
check "the reference is written anew" env TOP="$TREE" B="$TREE/build" "$TREE/vm/exact" reference 6.1
MEANT=$(commit "slower on purpose")
check_fails 0 'results/reference/6.1.json, and now' "a change that is meant passes" exact
release 6.1.0-4
echo "/* another */" >>"$TREE/module/x.c"
check_fails 0 "the base commit ${MEANT:0:12}" "and is the base on the next kernel" exact

# Where there is no such commit.
commit "another comment" >"$TMP/id"
command git clone -q --depth 1 "file://$TREE" "$TMP/shallow"
cp -r "$TREE/build" "$TMP/shallow/build"
mv "$TREE" "$TMP/whole"
mv "$TMP/shallow" "$TREE"
check_fails 4 'no base: the clone is shallow.*git fetch --unshallow' "a shallow clone holds nothing against itself" exact
rm -rf "$TREE/.git"
check_fails 4 'no base: .* is no git checkout' "a tree without git" exact
rm -rf "$TREE"
mv "$TMP/whole" "$TREE"
printf 'all:\n\tfalse\n' >"$TREE/Makefile"
BROKEN=$(commit "does not build")
echo "/* and on */" >>"$TREE/module/x.c"
check_fails 4 "no base: ${BROKEN:0:12} does not build here" "a base that does not build" exact KTB_BASE="$BROKEN"
finish
