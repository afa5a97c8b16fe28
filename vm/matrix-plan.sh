# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What vm/matrix is to do: its options, which kernels, how many guests at once
# and why, how long it will take. Sourced by vm/matrix after lib.sh; it starts
# nothing and fetches nothing.
# shellcheck disable=SC2034 # vm/matrix uses the variables

# A guest of the matrix: two sockets and nodes, and threads that are siblings.
SHAPE=(--topology 2x1x2 --numa 2)
# What QEMU takes for itself, beside the guest's memory.
QEMU_MIB=256
# Seconds, until a guest has run here once: for a kernel that is not in the
# cache, for a module that is not built, and for a guest beside its suite.
GUESS_FETCH_S=15 GUESS_BUILD_S=10 GUESS_GUEST_S=40
# A guest is given up when it takes this much longer than its suite's plan.
SPARE_S=600

usage() {
	cat <<-'END'
		usage: vm/matrix [OPTION]... [KERNEL]...

		KERNEL is a row of vm/kernels, a cached release, or, with a slash, the build
		tree of a kernel of your own or a bzImage in one. Without one, all rows.

		  --dry-run         say what would be done, and do nothing
		  --jobs N          guests at once (default: as memory and CPUs allow)
		  --out DIR         where the report goes (default: results/matrix-DATE)
		  --suite NAME      job file bench/NAME.ini to run (default smoke)
		  --quiet           no remarks of vm/matrix itself
		  --help

		Exit: 0 all is well on all kernels; else the worst of: 1 a check failed or a
		timer was early, 6 a run is invalid, 5 a kernel warned or a guest was lost,
		126 something could not be fetched, built or started. 2 wrong usage.
	END
}

# need OPTION COUNT: an option that lacks its argument.
need() {
	[ "$2" -ge 2 ] || die 2 "$1 needs an argument: see vm/matrix --help"
}

parse_options() {
	DRY_RUN=no JOBS='' OUT='' SUITE=smoke WORDS=()
	RUNNER=${KTB_RUNNER:-$B/ktbench}
	while [ $# -gt 0 ]; do
		case $1 in
		--dry-run | -n) DRY_RUN=yes ;;
		--quiet | -q) export KTB_QUIET=yes ;;
		--help | -h) usage && exit 0 ;;
		--jobs) need "$1" $# && JOBS=$2 && shift ;;
		--out) need "$1" $# && OUT=$2 && shift ;;
		--suite) need "$1" $# && SUITE=$2 && shift ;;
		-*) die 2 "unknown option '$1': see vm/matrix --help" ;;
		*) WORDS+=("$1") ;;
		esac
		shift
	done
	[ -z "$JOBS" ] || [[ $JOBS =~ ^[1-9][0-9]{0,2}$ ]] || die 2 \
		"--jobs $JOBS: give a whole number from 1 to 999"
	MEM=$("$TOP/vm/needs" memory "$SUITE")
	LIMIT_S=$((SPARE_S + 3 * $("$TOP/vm/needs" seconds "$SUITE")))
}

# label WORD: what a kernel is called here: a build tree by its directory's name.
label() {
	local name=$1

	if [[ $name == */* ]]; then
		name=$(realpath -m "$name")
		name=${name%/arch/x86/boot/bzImage}
		name=${name##*/}
		name=${name//[^A-Za-z0-9._+-]/_}
	fi
	printf '%s\n' "$name"
}

# known WORD: what it stands for is there, or can be fetched.
known() {
	local image=$1

	if [[ $1 == */* ]]; then
		[ ! -d "$1" ] || image=$1/arch/x86/boot/bzImage
		[ -r "$image" ] || die 2 \
			"no kernel image $image: give the tree in which a kernel was built"
	else
		row "$TOP/vm/kernels" "$1" >/dev/null ||
			[ -e "$CACHE/kernels/$1/release" ] || die 2 \
			"no kernel '$1': give one of $(names "$TOP/vm/kernels"), a release that is in $CACHE/kernels, or the path of a build tree"
	fi
}

# name_kernels: KERNELS by their labels, and what SOURCE each comes from.
name_kernels() {
	local word name nr

	declare -gA SOURCE=()
	KERNELS=()
	# shellcheck disable=SC2207 # words
	[ ${#WORDS[@]} -gt 0 ] || WORDS=($(names "$TOP/vm/kernels"))
	for word in "${WORDS[@]}"; do
		known "$word"
		name=$(label "$word") nr=2
		if [ -n "${SOURCE[$name]:-}" ] && [[ $word != */* ]]; then
			die 2 "kernel '$word' is named twice"
		fi
		while [ -n "${SOURCE[$name]:-}" ]; do
			name=$(label "$word")-$((nr++))
		done
		SOURCE[$name]=$word
		KERNELS+=("$name")
	done
}

# plural N NOUN
plural() {
	printf '%d %s%s' "$1" "$2" "$([ "$1" -eq 1 ] || echo s)"
}

# count_guests: how many at once, JOBS, and the words for it. Under TCG a guest
# of four vCPUs keeps about half a CPU busy with these checks, but all that it
# gets in bursts: with more guests than CPUs they would wait for each other.
count_guests() {
	local cpus per free by_memory why

	cpus=$(nproc)
	per=$QEMU_MIB
	case $MEM in
	*G) per=$((per + ${MEM%G} * 1024)) ;;
	*) per=$((per + ${MEM%M})) ;;
	esac
	free=$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' "${KTB_SYSROOT:-}/proc/meminfo")
	by_memory=$((free / per))
	why="$(plural "$cpus" CPU) and $free MiB of free memory, of which one takes $per MiB"
	if [ -n "$JOBS" ]; then
		why="asked for; $why"
	else
		JOBS=$((by_memory < cpus ? by_memory : cpus))
		[ "$JOBS" -lt "${#KERNELS[@]}" ] || JOBS=${#KERNELS[@]}
		[ "$JOBS" -gt 0 ] || { JOBS=1 && why="$why: that is little"; }
	fi
	GUESTS_TEXT="$(plural "$JOBS" guest) at once ($why)"
}

# A guest's time is remembered, a line each: kernel, suite, seconds.
TIMES=$B/vm/matrix.times

remember() {
	mkdir -p "$B/vm"
	{
		grep -v "^$1 $SUITE " "$TIMES" 2>/dev/null || true
		echo "$1 $SUITE $2"
	} >"$TIMES.new"
	mv "$TIMES.new" "$TIMES"
}

# guest_seconds KERNEL: what it took the last time; fails if there was none.
guest_seconds() {
	awk -v kernel="$1" -v suite="$SUITE" '$1 == kernel && $2 == suite { print $3; found = 1 }
		END { exit !found }' "$TIMES" 2>/dev/null
}

# stages KERNEL: PLAN_RELEASE, PLAN_CACHE, PLAN_MODULE in words, and the seconds
# of each stage in FETCH_S, BUILD_S and GUEST_S (a guess if GUESSED says so).
stages() {
	local plan

	FETCH_S=1 BUILD_S=$GUESS_BUILD_S GUESSED=no PLAN_MODULE="to build"
	if [[ ${SOURCE[$1]} == */* ]]; then
		PLAN_RELEASE="${SOURCE[$1]}" PLAN_CACHE="a build tree"
	else
		plan=$("$TOP/vm/kernel" --plan "${SOURCE[$1]}")
		PLAN_RELEASE=${plan%%|*} PLAN_CACHE=${plan#*|}
		[[ $PLAN_CACHE == "in the cache"* ]] || FETCH_S=$GUESS_FETCH_S
		if [ -e "$B/module/$PLAN_RELEASE/ktbench.ko" ]; then
			PLAN_MODULE="built before" BUILD_S=2
		fi
	fi
	GUEST_S=$(guest_seconds "$1") || {
		GUEST_S=$(($("$TOP/vm/needs" seconds "$SUITE") + GUESS_GUEST_S))
		GUESSED=yes
	}
}

# estimate: how long all will take: as long as all guests, and what the first one
# waits for; or as all downloads and builds, and the last guest.
estimate() {
	local kernel fetch=0 build=0 guest=0 first=0 guests=0 longest=0 guessed=0 total

	for kernel in "${KERNELS[@]}"; do
		stages "$kernel"
		fetch=$((fetch + FETCH_S)) build=$((build + BUILD_S))
		[ "$first" -gt 0 ] || first=$((FETCH_S + BUILD_S))
		[ "$GUEST_S" -le "$longest" ] || longest=$GUEST_S
		guest=$((guest + GUEST_S)) guests=$((guests + 1))
		[ "$GUESSED" = no ] || guessed=$((guessed + 1))
	done
	# The last of the guests that run side by side may begin when others end.
	guest=$(((guest + JOBS - 1) / JOBS))
	[ "$guest" -ge "$longest" ] || guest=$longest
	total=$((first + guest))
	[ "$total" -ge $((fetch + BUILD_S + GUEST_S)) ] || total=$((fetch + BUILD_S + GUEST_S))
	[ "$total" -ge $((FETCH_S + build + GUEST_S)) ] || total=$((FETCH_S + build + GUEST_S))
	printf 'about %d min %02d s' $((total / 60)) $((total % 60))
	case $guessed in
	0) echo ", going by the last time" ;;
	"$guests") echo ", which is a guess: no kernel of these has run here yet" ;;
	*) echo ", going by the last time for $((guests - guessed)) of $(plural "$guests" kernel) and a guess for the others" ;;
	esac
}

show_plan() {
	local kernel

	for kernel in "${KERNELS[@]}"; do
		stages "$kernel"
		printf '%-10s %-30s %s; module %s; guest about %d s%s\n' "$kernel" "$PLAN_RELEASE" \
			"$PLAN_CACHE" "$PLAN_MODULE" "$GUEST_S" \
			"$([ "$GUESSED" = no ] || echo ' (a guess)')"
	done
	printf '%s\n' "$GUESTS_TEXT" "$(estimate)"
	[ -n "$OUT" ] || out_name
	echo "the report would be $OUT/matrix.md"
}

# check_host: what is found out before anything is begun.
check_host() {
	[ -e "$RUNNER" ] || die 126 "$RUNNER is not built: run make all"
	[ -n "$(type -P jq)" ] || die 126 \
		"no jq on this host, which the report is made with: setup/install matrix"
}

# out_name: the directory of a new report; never one that holds another.
out_name() {
	local name nr=2

	name=$(realpath -m "${RESULTS:-$TOP/results}")/matrix-$(date +%Y-%m-%d)
	OUT=$name
	while [ -e "$OUT" ]; do
		OUT=$name-$((nr++))
	done
}

make_out() {
	[ -n "$OUT" ] || out_name
	mkdir -p "$OUT" || die 2 "$OUT: cannot be made: name another place with --out"
	[ -z "$(ls -A "$OUT")" ] || die 2 "--out $OUT: is not empty: name another"
	OUT=$(realpath "$OUT")
}
