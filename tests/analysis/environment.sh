#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Whatever the caller's environment says: every byte of every output is the same, of
# the verbs, of the programs that they start, and of the scripts.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
MAKE_RESULT=$B/tests/analysis/make_result

[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"

# What a session on somebody's desk may have. HOME has a .gnuplot that draws nothing.
mkdir "$TMP/home" "$TMP/elsewhere" "$TMP/elsewhere/setup" "$TMP/elsewhere/vm" "$TMP/locales"
echo 'set terminal dumb; exit' >"$TMP/home/.gnuplot"
echo nonsense >"$TMP/home/nonsense.xml"
HOSTILE=(
	GNUTERM=x11 GNUPLOT_LIB="$TMP/home" GDFONTPATH="$TMP" GNUHELP=/nosuch DISPLAY=:99
	GNUPLOT_DRIVER_DIR=/nosuch GNUPLOT_DEFAULT_GDFONT=nosuch GNUPLOT_FONTPATH=/nosuch FIT_LOG=/nosuch/log
	HWLOC_XMLFILE="$TMP/home/nonsense.xml" HWLOC_SYNTHETIC=nonsense HWLOC_COMPONENTS=-xml
	CDPATH="$TMP/elsewhere:/tmp" POSIXLY_CORRECT=1 PAGER=false GREP_OPTIONS=-v GREP_COLORS=mt=41 TAR_OPTIONS=--exclude=*
	XZ_OPT=--nosuch XZ_DEFAULTS=--nosuch GZIP=--nosuch ZSTD_CLEVEL=x BLOCK_SIZE=human TIME_STYLE=+x QUOTING_STYLE=c
	GIT_DIR=/nosuch GIT_WORK_TREE=/nosuch COLUMNS=20 TERM=dumb JQ_COLORS=1 AWKPATH=/nosuch
)

# A comma for a point, and an i that has no capital I. Debian has the sources only.
for name in de_DE tr_TR; do
	if [ -n "$(type -P localedef)" ] &&
		localedef -i $name -f UTF-8 "$TMP/locales/$name.UTF-8" >/dev/null 2>&1; then
		LOCALES+=" $name.UTF-8"
	else
		skip "the locale $name" "localedef cannot make it (Debian: apt-get install locales)"
	fi
done
HOSTILE+=(LOCPATH="$TMP/locales")
[ -z "${LOCALES:-}" ] || [[ $LOCALES != *de_DE* ]] ||
	check "a locale writes commas here" test \
		"$(LOCPATH=$TMP/locales LC_ALL=de_DE.UTF-8 bash -c 'printf %.1f 1' 2>/dev/null)" = 1,0

# hostile LOCALE WORD...: run it there.
hostile() {
	local locale=$1

	shift
	env "${HOSTILE[@]}" LC_ALL="$locale" LANG="$locale" LC_NUMERIC="$locale" LANGUAGE=de "$@"
}

# The verbs, each into the working directory, which is empty.
verbs() {
	mkdir one && cp "$TMP/A/1"/* one &&
		"$KTBENCH" report one >report.txt 2>&1 &&
		"$KTBENCH" report -o both "$TMP/A/1" "$TMP/B/1" >both.txt 2>&1 &&
		"$KTBENCH" compare --force -o compared "$TMP/A" "$TMP/B" >compared.txt 2>&1
	[ $? -le 6 ] && "$KTBENCH" trend -i index.jsonl -o trend --all "$TMP/A" "$TMP/B" >trend.txt 2>&1
	for format in csv jsonl openmetrics ktap junit google-benchmark smaller-is-better bmf; do
		"$KTBENCH" export -f $format -o export.$format "$TMP/A/1" 2>export.err || return
	done
	"$KTBENCH" topology -i "$TMP/A/1/topology.xml" >topology.txt 2>&1
	find . -type f | LC_ALL=C sort >../files
}

# The scripts that say something without a guest: from the checkout, by a relative
# path, which CDPATH would lead astray.
scripts() {
	cd "$TOP" || return
	setup/lane vm
	setup/install --check build
	vm/exact-table
	printf '[ 1.5] ktb-vm: begin\n[ 2.5] BUG: info\n' >"$TMP/log"
	vm/warnings "$TMP/log"
	vm/peers/table cost results/reference/peers/6.1.json
	vm/run --help
	vm/run --kernel nosuch -- true
	cd tests && ../vm/run --kernel nosuch -- true
} 2>&1

for side in A B; do
	mkdir "$TMP/$side"
	for boot in 1 2 3; do
		"$MAKE_RESULT" --cells 6 --cpus 2 --samples 300 --seed $boot$side --kernel 6.$side \
			--created 2026-01-0${boot}T0$((${#side} + boot)):00:00Z "$TMP/$side/$boot"
		sed -i "s/\"run\": \"[^\"]*\"/\"run\": \"$side-$boot\"/" "$TMP/$side/$boot/result.json"
	done
done
export -f verbs scripts
export KTBENCH
mkdir "$TMP/plain" && (cd "$TMP/plain" && env -u LC_ALL -u LANG bash -c verbs)
check "all is there" test "$(wc -l <"$TMP/files")" -gt 30
[ -z "$(type -P gnuplot)" ] || check "  with pictures" test "$(grep -c 'svg$' "$TMP/files")" -ge 8
bash -c scripts >"$TMP/plain.scripts"
check "the scripts say something" test "$(wc -l <"$TMP/plain.scripts")" -gt 30
for locale in C ${LOCALES:-}; do
	mkdir "$TMP/$locale" && (cd "$TMP/$locale" && HOME=$TMP/home hostile "$locale" bash -c verbs)
	check "$locale: every output of every verb is the same" diff -r "$TMP/plain" "$TMP/$locale"
	hostile "$locale" bash -c scripts >"$TMP/$locale.scripts"
	check "$locale: so is what scripts say" diff "$TMP/plain.scripts" "$TMP/$locale.scripts"
done
finish
