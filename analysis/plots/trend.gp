# SPDX-License-Identifier: GPL-2.0-or-later
# A quantile over results, oldest first. Expects: dat, points, ylab, unit, from,
# to, tics, date1..., kernel1... and tic1... (where they stand), changes, at1...,
# mark1... (a point type), word1...
set xrange [0.5:points + 0.5]
set yrange [from / real(unit):to / real(unit)]
set ylabel ylab
set xlabel 'results, oldest first' offset 0, -1
set bmargin 7
set xtics ()
do for [i=1:tics] {
	set xtics add (value(sprintf('date%d', i))."\n".value(sprintf('kernel%d', i)) value(sprintf('tic%d', i)))
}
# Words of neighbours stand below each other, and within the picture.
do for [i=1:changes] {
	at = value(sprintf('at%d', i)) - 0.5
	set arrow i from at, graph 0 to at, graph 1 nohead linecolor rgb '#000000' dashtype 3 linewidth 1.2
	if (at > 0.7 * points) {
		set label i value(sprintf('word%d', i)) at at, graph 0.96 - 0.07 * ((i - 1) % 3) right offset -1.2, 0 point pointtype value(sprintf('mark%d', i)) pointsize 1.1 linecolor rgb '#000000'
	} else {
		set label i value(sprintf('word%d', i)) at at, graph 0.96 - 0.07 * ((i - 1) % 3) left offset 1.2, 0 point pointtype value(sprintf('mark%d', i)) pointsize 1.1 linecolor rgb '#000000'
	}
}
set key below center horizontal
plot dat index 0 using 1:($2 / unit) with points linetype 1 pointsize 0.6 title 'a result', dat index 1 using ($1 - 0.5):($3 / unit):($2 - $1 + 1):(0) with vectors nohead linetype 2 dashtype 1 linewidth 2.2 title 'median between changes'
