# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The NUMA nodes of vm/run --numa: which CPUs and how much memory each has.
# Sourced by vm/run after options.sh, whose variables it reads.
# shellcheck disable=SC2153,SC2154 # the variables are those of options.sh

# What Linux takes for a node at all (NODE_MIN_SIZE), and where nodes meet: no
# block of the page allocator lies on two of them.
NODE_STEP_MIB=4

# node CPUS MEMORY: one more node; CPUS are ranges and + between them or `-`,
# MEMORY is yes or no.
node() {
	NODE_CPUS+=("$1")
	NODE_MEMORY+=("$2")
}

# part FIRST UNITS CPUS NODES: from CPU FIRST on, UNITS of so many CPUs each on
# NODES nodes, one more on the first ones if they do not part evenly.
part() {
	local first=$1 i last

	for ((i = 0; i < $4; i++)); do
		last=$((first + ($2 / $4 + (i < $2 % $4 ? 1 : 0)) * $3 - 1))
		node "$first-$last" yes
		first=$((last + 1))
	done
}

# share_out: whole sockets for each node, or nodes of whole cores in each socket.
share_out() {
	local all=$((SOCKETS * CORES)) size=$((CORES * THREADS)) socket

	number --numa "$NUMA" 1 64
	[ "$NUMA" -le "$all" ] || die 2 \
		"--numa $NUMA and $all core$([ "$all" = 1 ] || echo s): a core lies on one node; name the CPUs of each node and - where it has none, such as --numa 0-$((SMP - 1)),-"
	if [ "$NUMA" -le "$SOCKETS" ]; then
		part 0 "$SOCKETS" "$size" "$NUMA"
		return
	fi
	for ((socket = 0; socket < SOCKETS; socket++)); do
		part $((socket * size)) "$CORES" "$THREADS" \
			$((NUMA / SOCKETS + (socket < NUMA % SOCKETS ? 1 : 0)))
	done
}

# list_nodes: a word of --numa is a node: its CPUs, and :- if it has no memory.
list_nodes() {
	local cpu='(0|[1-9][0-9]?)' form word words

	form="^(-|$cpu(-$cpu)?([+]$cpu(-$cpu)?)*)(:-)?\$"
	IFS=, read -ra words <<<"$NUMA,"
	[ ${#words[@]} -le 64 ] || die 2 "--numa $NUMA: give 64 nodes at most"
	for word in "${words[@]}"; do
		[[ $word =~ $form ]] || die 2 \
			"--numa $NUMA: '$word' is no node: give a number of nodes, or for each node its CPUs (0-3+6, or - for none), with :- behind them if it has no memory, such as 0-3,4-7:-,-"
		[ "$word" != -:- ] || die 2 \
			"--numa $NUMA: a node without CPUs and memory is none: the firmware's tables would not have it"
		node "${word%:-}" "$([[ $word == *:- ]] && echo no || echo yes)"
	done
}

# place_cpus: the node of each CPU, in NODE_OF.
place_cpus() {
	local cpu i range ranges

	NODE_OF=()
	for i in "${!NODE_CPUS[@]}"; do
		[ "${NODE_CPUS[i]}" != - ] || continue
		IFS=+ read -ra ranges <<<"${NODE_CPUS[i]}"
		for range in "${ranges[@]}"; do
			[ "${range%-*}" -le "${range#*-}" ] || die 2 \
				"--numa $NUMA: $range ends before it begins"
			for ((cpu = ${range%-*}; cpu <= ${range#*-}; cpu++)); do
				[ "$cpu" -lt "$SMP" ] || die 2 \
					"--numa $NUMA: there is no CPU $cpu: the vCPUs are 0 to $((SMP - 1))"
				[ -z "${NODE_OF[cpu]:-}" ] || die 2 \
					"--numa $NUMA: CPU $cpu is on two nodes, ${NODE_OF[cpu]} and $i"
				NODE_OF[cpu]=$i
			done
		done
	done
	for ((cpu = 0; cpu < SMP; cpu++)); do
		[ -n "${NODE_OF[cpu]:-}" ] || die 2 \
			"--numa $NUMA: CPU $cpu is on no node: name each of the $SMP vCPUs"
	done
}

# check_cores: the kernel tears threads apart whose nodes differ, and warns.
check_cores() {
	local cpu first

	for ((cpu = 0; cpu < SMP; cpu++)); do
		first=$((cpu - cpu % THREADS))
		[ "${NODE_OF[cpu]}" -eq "${NODE_OF[first]}" ] || die 2 \
			"--numa $NUMA: CPUs $first and $cpu are threads of one core of --topology ${SOCKETS}x${CORES}x$THREADS and cannot be on two nodes"
	done
}

# check_sockets: hwloc drops a node that has parts of two sockets.
check_sockets() {
	local cpu i own size=$((CORES * THREADS)) sockets

	for i in "${!NODE_CPUS[@]}"; do
		own=0 sockets=()
		for ((cpu = 0; cpu < SMP; cpu++)); do
			[ "${NODE_OF[cpu]}" -ne "$i" ] || {
				own=$((own + 1))
				sockets[cpu / size]=yes
			}
		done
		[ ${#sockets[@]} -le 1 ] || [ "$own" -eq $((${#sockets[@]} * size)) ] || die 2 \
			"--numa $NUMA: node $i has a part of a socket of --topology ${SOCKETS}x${CORES}x$THREADS and CPUs of another one: a node lies in one socket or takes whole ones"
	done
}

# share_memory: NODE_MIB, whole steps for each node that has memory; the last of
# them takes what is left.
share_memory() {
	local i last='' left=0 nodes=0 own=0 steps

	NODE_MIB=()
	for i in "${!NODE_MEMORY[@]}"; do
		[ "${NODE_MEMORY[i]}" = no ] || nodes=$((nodes + 1)) last=$i
	done
	[ "$nodes" -gt 0 ] || die 2 "--numa $NUMA: one node has to have memory"
	[ "$((MEM_MIB / nodes))" -ge "$NODE_STEP_MIB" ] || die 2 \
		"--mem $MEM is too little for $nodes nodes: each needs ${NODE_STEP_MIB}M"
	steps=$((MEM_MIB / NODE_STEP_MIB)) left=$MEM_MIB
	for i in "${!NODE_MEMORY[@]}"; do
		[ "${NODE_MEMORY[i]}" = yes ] || {
			NODE_MIB+=(0)
			continue
		}
		own=$(((steps / nodes + (steps % nodes > 0 ? 1 : 0)) * NODE_STEP_MIB))
		[ "$i" -ne "$last" ] || own=$left
		steps=$((steps - own / NODE_STEP_MIB)) nodes=$((nodes - 1)) left=$((left - own))
		NODE_MIB+=("$own")
	done
}

# check_numa: the nodes that --numa asks for, in NODE_CPUS and NODE_MIB.
check_numa() {
	NODE_CPUS=() NODE_MEMORY=()
	if [[ $NUMA =~ ^[0-9a-zA-Z]*$ ]]; then
		share_out
	else
		list_nodes
	fi
	place_cpus
	check_cores
	check_sockets
	share_memory
}

# nodes: how many there are, and which CPUs where if that was said, in words.
nodes() {
	printf '%d node%s' ${#NODE_CPUS[@]} "$([ ${#NODE_CPUS[@]} = 1 ] || echo s)"
	[[ $NUMA =~ ^[0-9]+$ ]] || printf ' (%s)' "$NUMA"
}

# numa_words: the nodes as QEMU wants them, a word a line.
numa_words() {
	local cpus i

	[ ${#NODE_CPUS[@]} -gt 1 ] || return 0
	for i in "${!NODE_CPUS[@]}"; do
		cpus=''
		[ "${NODE_CPUS[i]}" = - ] || cpus=,cpus=${NODE_CPUS[i]//+/,cpus=}
		if [ "${NODE_MIB[i]}" -gt 0 ]; then
			printf '%s\n' -object "memory-backend-ram,id=m$i,size=${NODE_MIB[i]}M" \
				-numa "node,nodeid=$i$cpus,memdev=m$i"
		else
			printf '%s\n' -numa "node,nodeid=$i$cpus"
		fi
	done
}
