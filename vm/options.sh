# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The options of vm/run: what they are, their defaults, what is refused. Sourced
# by vm/run after lib.sh; it starts nothing.
# shellcheck disable=SC2034 # vm/run uses the variables

usage() {
	cat <<-'END'
		usage: vm/run [OPTION]... -- COMMAND [ARGUMENT]...

		  --kernel NAME     a row of vm/kernels, a cached release, or the path of a
		                    bzImage (default 6.1)
		  --headers DIR     with a path: where modules are built (default: its tree)
		  --modules DIR     with a path: the root of `make modules_install`
		  --smp N           vCPUs, 1 to 64 (default 2; 1 with --exact)
		  --topology SxCxT  sockets x cores x threads (default 1xNx1)
		  --numa N          NUMA nodes; whole cores and memory are shared out (default 1)
		  --numa LIST       a node a word: its CPUs, - for none, :- if it has no memory,
		                    such as 0-3,4-7:-,-
		  --mem SIZE        memory: 512M, 2G (default 512M)
		  --timeout SECONDS until the VM is ended with status 124 (default 600)
		  --out DIR         bring /out of the guest, the console and vm.txt here
		  --exact           count instructions: one vCPU, the same in each run
		  --no-kvm          do not try KVM
		  --append "WORDS"  more of the kernel's command line
		  --module FILE     load this ktbench.ko (default: what vm/module makes)
		  --module-parameters "WORDS"
		                    parameters of the module, NAME=VALUE, when it is loaded
		  --add FILE[:DEST] a file or directory for the guest, again and again
		  --allow-warnings  kernel warnings do not fail the run
		  --quiet           no remarks of vm/run itself
		  --help

		Exit: the command's own status, or 124 out of time, 125 VM lost, 126 VM could
		not start, 5 the guest's kernel warned, 2 wrong usage.
	END
}

# need OPTION COUNT: an option that lacks its argument.
need() {
	[ "$2" -ge 2 ] || die 2 "$1 needs an argument: see vm/run --help"
}

parse_options() {
	KERNEL=6.1 HEADERS='' MODULES='' SMP='' TOPOLOGY='' NUMA=1 MEM=512M
	TIMEOUT_S=600 OUT='' EXACT=no USE_KVM=yes APPEND='' ADD=()
	MODULE='' PARAMETERS=''
	ALLOW_WARNINGS=no COMMAND=()
	RUNNER=${KTB_RUNNER:-$B/ktbench}
	while [ $# -gt 0 ]; do
		case $1 in
		--exact) EXACT=yes ;;
		--no-kvm) USE_KVM=no ;;
		--allow-warnings) ALLOW_WARNINGS=yes ;;
		--quiet | -q) export KTB_QUIET=yes ;;
		--help | -h) usage && exit 0 ;;
		--) shift && COMMAND=("$@") && break ;;
		--kernel | --headers | --modules | --smp | --topology | --numa | --mem | --timeout | --out | --append | --add | \
			--module | --module-parameters)
			need "$1" $# && take "$1" "$2" && shift ;;
		-*) die 2 "unknown option '$1': see vm/run --help" ;;
		*) die 2 "'$1' stands before --: write vm/run [OPTION]... -- COMMAND" ;;
		esac
		shift
	done
}

take() {
	case $1 in
	--kernel) KERNEL=$2 ;;
	--headers) HEADERS=$2 ;;
	--modules) MODULES=$2 ;;
	--smp) SMP=$2 ;;
	--topology) TOPOLOGY=$2 ;;
	--numa) NUMA=$2 ;;
	--mem) MEM=$2 ;;
	--timeout) TIMEOUT_S=$2 ;;
	--out) OUT=$2 ;;
	--append) APPEND=$APPEND${APPEND:+ }$2 ;;
	--add) ADD+=("$2") ;;
	--module) MODULE=$2 ;;
	--module-parameters) PARAMETERS=$PARAMETERS${PARAMETERS:+ }$2 ;;
	esac
}

# number OPTION VALUE MIN MAX
number() {
	if ! [[ $2 =~ ^[1-9][0-9]{0,8}$ ]] || [ "$2" -lt "$3" ] || [ "$2" -gt "$4" ]; then
		die 2 "$1 $2: give a whole number from $3 to $4"
	fi
}

# older_than MAJOR MINOR: is this QEMU?
older_than() {
	local major minor

	IFS=. read -r major minor _ <<<"$VERSION"
	[ "$major" -lt "$1" ] || { [ "$major" -eq "$1" ] && [ "$minor" -lt "$2" ]; }
}

check_topology() {
	if [ -z "$TOPOLOGY" ]; then
		[ -n "$SMP" ] || SMP=$([ "$EXACT" = yes ] && echo 1 || echo 2)
		number --smp "$SMP" 1 64
		SOCKETS=1 CORES=$SMP THREADS=1
		return
	fi
	[[ $TOPOLOGY =~ ^([1-9][0-9]?)x([1-9][0-9]?)x([1-9][0-9]?)$ ]] || die 2 \
		"--topology $TOPOLOGY: give SOCKETSxCORESxTHREADS, such as 2x1x2"
	SOCKETS=${BASH_REMATCH[1]} CORES=${BASH_REMATCH[2]} THREADS=${BASH_REMATCH[3]}
	[ -n "$SMP" ] || SMP=$((SOCKETS * CORES * THREADS))
	number --smp "$SMP" 1 64
	[ "$SMP" -eq $((SOCKETS * CORES * THREADS)) ] || die 2 \
		"--topology $TOPOLOGY makes $((SOCKETS * CORES * THREADS)) vCPUs and --smp says $SMP: make them agree, or leave --smp out"
}

check_options() {
	[ ${#COMMAND[@]} -gt 0 ] || die 2 \
		"no command: write vm/run [OPTION]... -- COMMAND"
	check_topology
	number --timeout "$TIMEOUT_S" 1 86400
	# tests/run waits longer, since its machine may be busy.
	TIMEOUT_S=$((TIMEOUT_S * ${KTB_PATIENCE:-1}))
	case $MEM in
	*G) number --mem "${MEM%G}" 1 1024 && MEM_MIB=$((${MEM%G} * 1024)) ;;
	*M) number --mem "${MEM%M}" 128 1048576 && MEM_MIB=${MEM%M} ;;
	*) die 2 "--mem $MEM: give a size with its unit, 128M or more, such as 512M or 2G" ;;
	esac
	check_numa
	[ -z "$MODULE" ] || [ -f "$MODULE" ] || die 2 "--module $MODULE: there is no such file"
	[[ $PARAMETERS =~ ^[a-zA-Z0-9_=,.:\ -]*$ ]] || die 2 \
		"--module-parameters $PARAMETERS: give words NAME=VALUE of letters, digits and _ . , : -"
	if [ "$EXACT" = yes ] && [ "$SMP" -gt 1 ] && older_than 8 1; then
		die 2 "--exact with $SMP vCPUs needs QEMU 8.1 or newer and this is $VERSION, whose instruction counting starves all vCPUs but the first: use --smp 1"
	fi
	[ -z "$OUT" ] || mkdir -p "$OUT" || die 2 "--out $OUT: cannot be made"
}
