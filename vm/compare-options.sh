# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What vm/compare is to do: its options, the plan that it makes of them, and what
# a plan that is there says of its guests. Sourced by vm/compare after lib.sh; it
# boots nothing.
# shellcheck disable=SC2034 # vm/compare uses the variables

# A guest is given up when it takes this much longer than its suite's plan.
SPARE_S=600

usage() {
	cat <<-'END'
		usage: vm/compare [OPTION]... KERNEL KERNEL
		       vm/compare --continue DIR

		KERNEL is a row of vm/kernels, a cached release, or, with a slash, the build
		tree of a kernel of your own or a bzImage in one. The same one twice shows the
		noise.

		  --boots N         boots of each (default 11; 3 with --exact)
		  --looks "N N..."  look after so many boots of each, and end as soon as the
		                    verdict is clear; the last one is --boots
		  --suite NAME      job file bench/NAME.ini (default compare; exact with --exact)
		  --exact           in the exact lane, as many guests at once as there are CPUs
		  --smp N           vCPUs of a guest (default 2; 1 with --exact)
		  --seed N          of the order of boots, and of what is random in each
		  --out DIR         where the comparison goes (default: results/compare-DATE)
		  --continue DIR    go on with a comparison
		  --quiet           no remarks of vm/compare itself
		  --help

		Exit: that of `ktbench compare`: 0, 1 worse, 3 too noisy to tell; 5 a guest was
		lost or its kernel warned, 126 something could not be fetched, built or
		started, 130 interrupted, 2 wrong usage.
	END
}

# need OPTION COUNT: an option that lacks its argument.
need() {
	[ "$2" -ge 2 ] || die 2 "$1 needs an argument: see vm/compare --help"
}

parse_options() {
	local new=''

	BOOTS='' LOOKS='' SUITE='' LANE=vm SMP='' SEED='' OUT='' DIR='' WORDS=()
	RUNNER=${KTB_RUNNER:-$B/ktbench}
	while [ $# -gt 0 ]; do
		case $1 in
		--exact) LANE=exact new=$1 ;;
		--quiet | -q) export KTB_QUIET=yes ;;
		--help | -h) usage && exit 0 ;;
		--boots) need "$1" $# && BOOTS=$2 new=$1 && shift ;;
		--looks) need "$1" $# && LOOKS=${2//[ ,]/,} new=$1 && shift ;;
		--suite) need "$1" $# && SUITE=$2 new=$1 && shift ;;
		--smp) need "$1" $# && SMP=$2 new=$1 && shift ;;
		--seed) need "$1" $# && SEED=$2 new=$1 && shift ;;
		--out) need "$1" $# && OUT=$2 new=$1 && shift ;;
		--continue) need "$1" $# && DIR=$2 && shift ;;
		-*) die 2 "unknown option '$1': see vm/compare --help" ;;
		*) WORDS+=("$1") ;;
		esac
		shift
	done
	if [ -n "$DIR" ]; then
		[ -z "$new" ] && [ ${#WORDS[@]} -eq 0 ] || die 2 \
			"--continue DIR takes nothing else: what is done stands in the plan"
		[ -e "$DIR/plan.json" ] || die 2 \
			"$DIR has no plan.json: it is no comparison that one could go on with"
		DIR=$(realpath "$DIR")
		return
	fi
	[ ${#WORDS[@]} -eq 2 ] || die 2 \
		"give two kernels, such as KERNELS=\"6.1 6.12\" (${#WORDS[@]} given)"
	if [ "$LANE" = exact ] && [ -n "$LOOKS" ]; then
		die 2 "the exact lane has no noise to wait for: leave the looks out"
	fi
	# Of three runs in the exact lane two are the same, whatever else the host does.
	[ -n "$BOOTS" ] || [ -n "$LOOKS" ] || BOOTS=$([ "$LANE" = exact ] && echo 3 || echo 11)
	[ -n "$SUITE" ] || SUITE=$([ "$LANE" = exact ] && echo exact || echo compare)
	[ -z "$SMP" ] || [[ $SMP =~ ^[1-9][0-9]?$ ]] || die 2 "--smp $SMP: give a whole number"
	MEM=$("$TOP/vm/needs" memory "$SUITE")
	LIMIT_S=$((SPARE_S + 3 * $("$TOP/vm/needs" seconds "$SUITE")))
}

# check_host: what is found out before anything is begun.
check_host() {
	[ -e "$RUNNER" ] || die 126 "$RUNNER is not built: run make all"
	[ -n "$(type -P jq)" ] || die 126 "no jq on this host: setup/install matrix"
}

# kernel_of SIDE WORD: what the plan calls a kernel: its release, so that a newer one
# of the row does not come in between; or the path of a tree. It is fetched, and the
# module built for it.
kernel_of() {
	local kdir build=$B

	[[ $2 != */* ]] || build=$B/compare/$1
	kdir=$("$TOP/vm/kernel" "$2") || exit
	B=$build "$TOP/vm/module" --dir "$kdir" >/dev/null || exit
	if [[ $2 == */* ]]; then
		realpath "$2"
	else
		cat "$kdir/release"
	fi
}

# make_out: the directory of a new comparison; never one that is there.
make_out() {
	local name nr=2

	DIR=$OUT
	[ -z "$DIR" ] || return 0
	name=$(realpath -m "${RESULTS:-$TOP/results}")/compare-$(date +%Y-%m-%d)
	DIR=$name
	while [ -e "$DIR" ]; do
		DIR=$name-$((nr++))
	done
}

# make_plan: DIR with its plan, and what all guests have in common in DIR/guest; whole
# or not at all.
make_plan() {
	local a b new

	make_out
	if [ -e "$DIR" ] && [ -n "$(ls -A "$DIR")" ]; then
		die 2 "--out $DIR: is not empty: name another, or go on with --continue $DIR"
	fi
	a=$(kernel_of A "${WORDS[0]}")
	b=$(kernel_of B "${WORDS[1]}")
	mkdir -p "$(dirname "$DIR")" 2>/dev/null || die 2 \
		"$DIR: cannot be made: name another place with --out"
	new=$(mktemp -d "$(dirname "$DIR")/.compare.XXXXXX") || die 2 \
		"$DIR: cannot be made: name another place with --out"
	# shellcheck disable=SC2064 # this directory, now
	trap "rm -rf '$new'" EXIT
	"$RUNNER" run ${BOOTS:+--boots "$BOOTS"} ${LOOKS:+--looks "$LOOKS"} \
		${SEED:+--seed "$SEED"} --kernels "$a,$b" --plan-only --quiet \
		--compare-dir "$new" "$TOP/bench/$SUITE.ini" >/dev/null
	printf '%s\n' "lane $LANE" "smp ${SMP:-$([ "$LANE" = exact ] && echo 1 || echo 2)}" \
		"memory $MEM" "limit_s $LIMIT_S" >"$new/guest"
	chmod 755 "$new"
	[ ! -e "$DIR" ] || rmdir "$DIR"
	mv -T "$new" "$DIR"
	trap - EXIT
	DIR=$(realpath "$DIR")
}

# setting NAME: of DIR/guest.
setting() {
	awk -v name="$1" '$1 == name { print $2; found = 1 } END { exit !found }' \
		"$DIR/guest" 2>/dev/null || die 2 \
		"$DIR/guest does not say the guests' $1: this plan was not made for guests"
}

# read_plan: what there is to do, of a plan that is there.
read_plan() {
	LANE=$(setting lane)
	SMP=$(setting smp)
	MEM=$(setting memory)
	LIMIT_S=$(setting limit_s)
	SHAPE=(--smp "$SMP") JOBS=1 GUESTS_TEXT="one guest at a time"
	if [ "$LANE" = exact ]; then
		SHAPE+=(--exact) JOBS=$(nproc)
		GUESTS_TEXT="as many guests at once as there are CPUs ($JOBS)"
	fi
	TOTAL=$(jq '.order | length' "$DIR/plan.json")
	ALREADY=$(find "$DIR" -mindepth 2 -maxdepth 2 -path "$DIR/[AB]/*-boot-*" | wc -l)
	# The plan's text, whatever the file in bench/ says by now.
	mkdir -p "$DIR/guests"
	JOBFILE=$DIR/guests/$(basename "$(jq -r '.jobs[0].path' "$DIR/plan.json")")
	jq -j '.jobs[0].text' "$DIR/plan.json" >"$JOBFILE"
}
