#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 240
# The life of a kernel thread: phases add up to the whole, counts are those of
# /proc, a creation that fails is told, and no thread is ever left. Under
# instruction counting, and on four CPUs for what must also hold there.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

ask() { check "$1" cells "$2" "$3"; }

check "the life of threads is measured" run_jobs run "$TOP/tests/module/kthread_create.ini" --exact
ask "every repetition is valid" run 'length == 11 and all(.state == "ok" and n("life") > 0)'
ask "nothing but free memory is ever below zero" run \
	'all(.[].cpus[].metrics; del(.memory) | all(.[]; .early == 0 and .overflow == 0))'
ask "life is the sum of its phases, to the last ns" run \
	'all(sum("life") == sum("fork") + sum("handover") + sum("start") + sum("leave") + sum("join"))'
ask "the whole is life, and what the thread waited and lived" run \
	'all(sum("whole") == sum("life") + sum("standby") + sum("lived"))'
ask "each phase is seen in each life, and each call is made of its phases" run \
	'map(select(.params.api != "kthread_run")) | length == 10 and all(
	(n("fork") == n("life") and n("handover") == n("life") and n("join") == n("life")) and
	sum("create") == sum("fork") + sum("handover") and sum("stop") == sum("leave") + sum("join"))'
ask "kthread_run does not show where creation ends" run \
	'job("api")[1] | n("life") > 0 and n("handover") == 0 and n("standby") == 0 and n("start") == n("life")'
ask "api: but its life is that of the others, within a tenth" run \
	'job("api") | map(sum("life") / n("life")) | length == 4 and max < 1.1 * min'
ask "every thread asked for in the window is a sample" run 'all(c("lives") == n("life"))'
ask "rounds are whole" run 'all(c("rounds") == n("per_second") and c("rounds") * .params.threads <= c("lives") + c("outside"))'
ask "what a second holds is what creations take, and no more" run \
	'all(max("per_second") * min("create") <= 1000000000 and min("per_second") * 2 * max("whole") > 1000000000 / .params.threads)'
ask "burst: not to wait for a thread makes it wait" run \
	'job("burst") | map(sum("start") / n("start")) | .[1] > 4 * .[0]'
ask "born: the tracepoint comes after the kernel's own note, by less than the handover" run \
	'job("born") | ((.[1] | min("fork")) - (.[0] | min("fork")) | . > 0 and . < 5000) and
	((.[1] | min("create")) - (.[0] | min("create")) | fabs < 2000)'
ask "many: a thread takes more memory than its stack, and less than four of them" run \
	'job("many")[0] | n("memory") >= 2 and min("memory") > 16384 and max("memory") < 65536'
ask "policy: a real-time thread is told to stop and has left before a normal one has" run \
	'job("policy") | map(sum("start") / n("start")) | .[1] <= .[0]'

# On four CPUs: what is in /proc meanwhile, and what is left when it goes wrong.
cat >"$TMP/guest" <<'GUEST'
#!/bin/sh
count() { grep -ls "^ktb_$1" /proc/[0-9]*/comm | wc -l; }
one() {
	name=$1; shift
	ktbench run -q "$@" --results /out --name "$name" >/out/$name.log 2>&1
	echo "$name exits $?"
}
job() {
	printf '[global]\ncpus = all\nduration = 1s\n[j]\nworkload = kthread_create\n' >/j.ini
	printf '%s\n' "$@" >>/j.ini
}
job "threads = 100" "population = 50" "burst = yes" "duration = 3s"
one crowd /j.ini &
most=0
for i in 1 2 3 4 5 6 7 8; do
	sleep 0.5
	parked=$(count parked) made=$(count made)
	[ $parked -le $most ] || most=$parked
	[ $made -le 400 ] || echo "too many made: $made"
done
wait
echo "parked at most $most"
echo "left after crowd: $(count "[mpa]")"
job "creators = 1, 2, 4" "threads = 30" "burst = yes"
one creators /j.ini
job "api = kthread_create_on_node" "node = 1" "threads = 30"
one node /j.ini
job "arm_on = sibling" "bound = yes" "threads = 30"
one apart /j.ini
cat >/mixed.ini <<'INI'
[global]
cpus = 0,2
duration = 1s
[wake]
workload = kthread_wake
source = hrtimer
arm_on = every, same-l3
optional = yes
with = storm, making
[storm]
workload = timer_wheel
shape = storm
timers = 500
[making]
workload = kthread_create
threads = 20
INI
one mixed /mixed.ini
echo "left after mixed: $(count "[mpawc]")"
most=$(cat /proc/sys/kernel/threads-max)
now=$(ls -d /proc/[0-9]* | wc -l)
job "threads = 500"
echo $((now + 500)) >/proc/sys/kernel/threads-max
one advance /j.ini
echo $((now + 2200)) >/proc/sys/kernel/threads-max
(sleep 1; echo $((now + 200)) >/proc/sys/kernel/threads-max) &
one full /j.ini
echo $most >/proc/sys/kernel/threads-max
echo "left after full: $(count "[mpa]")"
job "threads = 300" "population = 100" "duration = 60s"
ktbench run -q /j.ini --results /out --name killed &
sleep 3
kill -KILL $!
wait
echo "left after killed: $(count "[mpac]")"
job "api = kthread_run" "bound = yes"
one bound /j.ini
job "api = kthread_create_on_node" "node = 7"
one nowhere /j.ini
job "creators = 5"
one five /j.ini
job "threads = 32k" "population = 32k" "cpus = 0,1"
one threads /j.ini
job "policy = normal" "priority = 7"
one priority /j.ini
GUEST
chmod +x "$TMP/guest"
check "a guest of four CPUs and two nodes" "$TOP/vm/run" --quiet --smp 4 --topology 2x1x2 --numa 2 --mem 2G \
	--timeout 150 --out "$TMP/vm" --add "$TMP/guest:/guest" -- /guest
# What the guest says is what vm/run prints.
cp "$TMP/.out" "$TMP/said"
said() { check "$1" grep -qE "$2" "$TMP/said"; }
told() { check "$1" grep -qE "$3" "$TMP/vm/$2.log"; }
diag <"$TMP/said"
said "crowd: it is measured" '^crowd exits 0'
said "crowd: the population is in /proc, all of it" '^parked at most 200$'
check "crowd: never more than were asked for" sh -c '! grep -q "too many made" "$1"' sh "$TMP/said"
said "crowd: none is left" '^left after crowd: 0$'
made() { check "$1" jq -es "$3" <("$TOP/vm/cells" "$TMP/vm"/*-"$2"); }
made "crowd: nothing is lost" crowd 'all(.state == "ok") and ([.[].cpus[].counters.lives] | add > 0)'
made "creators: one, two and four create" creators \
	'map([.cpus[].counters.lives] | map(select(. > 0)) | length) == [1, 2, 4]'
made "node: the memory comes from the node asked for, but for a stack or two" node \
	'.[0].cpus | ([.[].counters.stack_on_node] | add) > 20 * ([.[].counters.stack_elsewhere] | add)'
made "apart: who creates records, and who is bound runs elsewhere" apart \
	'.[0] | .state == "ok" and ([.cpus[].counters.wrong_cpu] | add) == 0 and ([.cpus[].metrics.life.count] | add) > 0'
said "mixed: a job runs with two others beside it" '^mixed exits 0'
check "mixed: what the machine does not have is left out and said" jq -e \
	'.left_out | length == 1 and (.[0] | test("/mixed.ini:7: .*same-l3. cannot be placed"))' "$TMP/vm"/*-mixed/result.json
made "mixed: each has its own figures, two cells with two loads each" mixed \
	'length == 6 and all(.state == "ok") and (map(.job) | sort == ["making", "making", "storm", "storm", "wake", "wake"]) and
	all(.[].cpus[].metrics | .latency // .lateness // .life; .count > 0)'
made "mixed: the loads were up before and after" mixed \
	'. as $all | map(select(.beside != null)) | length == 4 and all(. as $load | $all[] | select(.cell == $load.beside) |
	.with == ["storm", "making"] and .begin_ns > $load.begin_ns and .end_ns < $load.end_ns)'
made "mixed: each CPU was woken from each" mixed \
	'map(select(.job == "wake")) | [.[].places[] | [.cpu, .arm_cpu]] | sort == [[0, 0], [0, 2], [2, 0], [2, 2]]'
said "mixed: nothing is left" '^left after mixed: 0$'
check "mixed: the result keeps its schema" "$TOP/tests/analysis/validate" "$TMP/vm"/*-mixed
said "advance: more threads than threads-max leaves are refused" '^advance exits 4'
told "advance: with the number, the limit and the remedy" advance \
	'cell 0 takes 2000 kernel threads, and kernel.threads-max \([0-9]+\) leaves [0-9]+: ask for fewer, or set kernel.threads-max higher'
said "full: a thread that cannot be made makes the run invalid" '^full exits 6'
made "full: and the reason is told, with what to look at" full \
	'.[0] | .state == "invalid" and (.reason | test("could not make a thread or a timer for CPU [0-3]: Resource temporarily unavailable .*threads-max"))'
said "full: what was made is stopped" '^left after full: 0$'
said "killed: nothing is left of a runner that is killed" '^left after killed: 0$'
told "refused: to bind what runs already" bound 'bound = 1 cannot be measured here'
said "refused: as what cannot be measured" '^bound exits 4'
told "refused: a node that there is not" nowhere 'node = 7 names a NUMA node that this machine does not have'
said "refused: as what this machine lacks" '^nowhere exits 4'
told "refused: more creators than places" five 'creators = 5 is past the limit of 4'
said "refused: as what this machine lacks, too" '^five exits 4'
told "refused: more threads than there may be" threads 'more kernel threads on all CPUs together than the limit of 65536'
told "refused: a priority of a thread that has none" priority 'priority = 7 cannot be measured here'
finish
