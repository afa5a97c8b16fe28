#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: apart
# What exists is not what may be used: in a cgroup whose cpuset has one CPU, and
# under taskset, workloads of user space are placed where they may run, and the
# plan, `topology` and `env` say what the run does.
. "$(dirname "$0")/../lib.sh"

K=$B/ktbench
export KTBENCH_CATALOG="$TOP/runner/catalog.json"
NONE="--device /nonexistent"
cd "$TMP" || exit 1

read -r online </sys/devices/system/cpu/online
[ "$(nproc --all)" -gt 1 ] || skip_all "this machine has one CPU"
case $online in 0-* | 0,1*) ;; *) skip_all "CPUs 0 and 1 are not both online: $online" ;; esac
grep -q '^Cpus_allowed_list:.0[-,]' /proc/self/status ||
	skip_all "this test may not use CPU 0 itself"

# One run at a time on a machine is told by the network namespace.
apart=
unshare --net true 2>/dev/null && apart="unshare --net"

# shellcheck disable=SC2086 # The words are meant to be split.
run() {
	$inside $apart "$K" run $NONE --quiet --results "$TMP/results" "$@"
}
# shellcheck disable=SC2086
ktb() {
	$inside "$K" "$@"
}
plan() {
	ktb run --dry-run --device /nonexistent "$@"
}
env_of_any_state() {
	ktb env || test $? -eq 1
}
cells() {
	sh -c '"$TOP/vm/cells" "$TMP"/results/*-"$1" | jq -es "$2"' sh "$1" "$2"
}

# job FILE LINE...: a job file of one job [a]
job() {
	printf '%s\n' '[a]' 'duration = 50ms' 'warmup = 0' "${@:2}" >"$1"
}
job words.ini 'workload = user_timer'
job all.ini 'workload = user_null' 'cpus = all'
job zero.ini 'workload = user_timer' 'cpus = 0'
job one.ini 'workload = user_timer' 'cpus = 1'
job module.ini 'workload = null' 'cpus = 0'
printf '%s\n' '[a]' 'workload = user_null' 'duration = 50ms' 'with = load' 'cpus = 1' \
	'[load]' 'workload = user_timer' 'cpus = 0' >load.ini
sed 's/^cpus = 0/cpus = all/' load.ini >loads.ini
printf '%s\n' '[a]' 'workload = user_timer' 'cpus = 0' 'duration = 50ms' 'optional = yes' \
	'[b]' 'workload = user_null' 'duration = 50ms' >optional.ini

# What holds wherever CPU 1 is all: in a cpuset and under taskset.
one_cpu() {
	local how=$1 who=$2

	check "$how: the default is placed on CPU 1" run --name "$3-words" words.ini
	check "  and measured there" cells "$3-words" 'all(.state == "ok" and [.places[].cpu] == [1])'
	check_fails 0 '^  cpus: one-per-core: 1$' "  as the plan says" plan words.ini
	check "$how: cpus = all" run --name "$3-all" all.ini
	check "  is CPU 1" cells "$3-all" 'all([.places[].cpu] == [1])'
	check "$how: a load is placed there too" run --name "$3-loads" loads.ini
	check "  and measured" cells "$3-loads" 'all(.state == "ok" and [.places[].cpu] == [1])'
	check "$how: CPU 1 by its number" run --name "$3-one" one.ini
	check_fails 4 "^ktbench: .*'siblings' cannot be placed: (there is no core .* among those that this process may use, CPUs 1 \($who|this machine has)" \
		"$how: a word that has nothing there" plan --set a.cpus=siblings words.ini
	check_fails 0 "^    0 .*  not for user space" "$how: topology says which CPU is not" ktb topology
	check_fails 0 "^workloads of user space are placed on CPUs 1 \($who" "  and why" ktb topology
	check_fails 0 '^    1 .*  measured$' "  and where a placement is" ktb topology --user --cpus all
	check "  which is nowhere else" sh -c '! grep -q "^    0 .*measured" "$1"' - "$TMP/.out"
	check_fails 0 '^warn +cpus_allowed +1$' "$how: env warns" env_of_any_state
	check_fails 0 '^  cpus: 0: 0$' "$how: threads of the kernel may be placed on any" plan module.ini
}

# Under taskset the words keep to the mask, and a number may be any CPU.
inside="taskset -c 1"
one_cpu taskset 'its affinity: taskset\)' taskset
check "taskset: CPU 0 by its number is used" run --name taskset-zero zero.ini
check "  since nothing forbids it" cells taskset-zero 'all(.state == "ok" and [.places[].cpu] == [0])'
check_fails 0 '^  cpus: 0: 0$' "  as the plan says" plan zero.ini

# A cpuset, by whichever version of cgroups has the controller. It is mounted
# where nobody else sees it.
cat >confine <<'EOF'
#!/bin/sh
# confine DIR COMMAND...: run in a cpuset of CPU 1.
dir=$1
shift
if mount -t cgroup2 none "$dir" && grep -qw cpuset "$dir/cgroup.controllers"; then
	echo +cpuset >"$dir/cgroup.subtree_control" || exit 77
else
	umount "$dir" 2>/dev/null
	mount -t cgroup -o cpuset none "$dir" || exit 77
fi
mkdir -p "$dir/$KTB_GROUP" || exit 77
cat "$dir/cpuset.mems" >"$dir/$KTB_GROUP/cpuset.mems" 2>/dev/null
echo 1 >"$dir/$KTB_GROUP/cpuset.cpus" || exit 77
echo $$ >"$dir/$KTB_GROUP/cgroup.procs" || exit 77
exec "$@"
EOF
chmod +x confine
mkdir group
export KTB_GROUP=ktbench-test-$$
at_exit 'unshare -m sh -c "mount -t cgroup2 none $TMP/group && rmdir $TMP/group/$KTB_GROUP 2>/dev/null || {
	umount $TMP/group; mount -t cgroup -o cpuset none $TMP/group && rmdir $TMP/group/$KTB_GROUP; }" 2>/dev/null'
inside="unshare -m $TMP/confine $TMP/group"
if ! $inside true 2>why; then
	skip "a cpuset" "no cgroup with the controller cpuset can be made here: $(tail -1 why)"
	finish
fi
one_cpu cpuset "the cpuset of cgroup .*/$KTB_GROUP\)" cpuset
only="CPU 0 is online, and this process may use CPUs 1 \(the cpuset of cgroup .*/$KTB_GROUP\) only"
check_fails 4 "^ktbench: zero.ini:5: \[a\]: cpus: $only" "cpuset: CPU 0 by its number is skipped" run zero.ini
check_fails 4 "$only" "  as the plan says" plan zero.ini
check_fails 4 "$only" "  for a load too" run load.ini
check_fails 4 "$only" "  and by topology" ktb topology --user --cpus 0
# The CPU is taken away while it is measured; the samples are of another one.
sed 's/50ms/3s/' one.ini >long.ini
run --name taken long.ini >said 2>&1 &
taken=$!
tries=100
while [ $tries -gt 0 ] && ! ls "$TMP"/results/*-taken/result.json >/dev/null 2>&1; do
	sleep 0.1
	tries=$((tries - 1))
done
sleep 1
# shellcheck disable=SC2016 # It is the inner shell that expands.
unshare -m sh -c 'd=$1/group; mount -t cgroup2 none $d && grep -qw cpuset $d/cgroup.controllers ||
	{ umount $d; mount -t cgroup -o cpuset none $d; }
	echo 0 >$d/$KTB_GROUP/cpuset.cpus' - "$TMP"
wait $taken
check "cpuset: a CPU that is taken away makes the run invalid" test $? -eq 6
check "  and did not go offline" cells taken \
	'.[0].state == "invalid" and (.[0].reason | test("^CPU 1 was taken from this process during the run"))'
check "cpuset: an optional job is left out" run --name optional optional.ini
check "  and told" jq -e '.left_out | length == 1 and (.[0] | test("cpuset of cgroup"))' \
	"$TMP"/results/*-optional/result.json
check "  and the rest is measured" cells optional 'length > 0 and all(.job == "b")'
finish
