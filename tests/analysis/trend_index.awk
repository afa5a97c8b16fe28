# SPDX-License-Identifier: GPL-2.0-or-later
# Writes an index of results whose levels are known, for the tests of `ktbench trend`:
#
#	awk -v results=40 -v metrics=5 -f trend_index.awk
#
# Of `metrics` cells the first `steps` (1) have 10 % more from the result `at` (half of
# them) on, cell 1 has less, and all have noise of 0.5 %; the last one is constant. What
# is random is an LCG, for awks differ in rand().

function random()
{
	seed = (seed * 16807) % 2147483647
	return seed / 2147483647
}

# Twelve of them: the sum of evenly spread numbers is near enough to a bell.
function noise(    sum, i)
{
	for (i = 0; i < 12; i++)
		sum += random()
	return sum - 6
}

function line(result, cell, value)
{
	printf "{\"schema\":\"ktbench-trend\",\"schema_version\":1,\"run\":\"r%03d\",", result
	printf "\"created\":\"2026-01-%02dT%02d:00:00Z\",\"ended\":\"\",", result / 24 + 1, result % 24
	printf "\"lane\":\"%s\",\"lane_detail\":\"\",\"kernel\":\"6.%d\",", lane, result / 4
	printf "\"kernel_version\":\"#1\",\"cpu_model\":\"CPU\",\"topology\":\"0\","
	printf "\"hostname\":\"h\",\"cells_bytes\":1,\"cells_mtime_ns\":1,"
	printf "\"invalid\":0,\"unfit\":0,\"job\":\"j\",\"cell\":\"n=%d\",", cell
	printf "\"settings\":\"0\",\"metric\":\"lateness\",\"quantile\":\"p99\","
	printf "\"unit\":\"ns\",\"rate\":0,\"count\":4000,\"lost\":0,\"value\":%d,", value
	printf "\"low\":%d,\"high\":null}\n", value / 2
}

BEGIN {
	seed = 1
	if (!steps)
		steps = 1
	if (!at)
		at = int(results / 2)
	if (!lane)
		lane = "metal"
	for (result = 0; result < results; result++)
		for (cell = 0; cell < metrics; cell++) {
			level = 100000
			if (result >= at && cell < steps)
				level *= cell == 1 ? 0.9 : 1.1
			line(result, cell, cell && cell == metrics - 1 ? 1000 : level * (1 + 0.005 * noise()))
		}
}
