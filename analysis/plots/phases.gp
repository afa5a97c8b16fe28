# SPDX-License-Identifier: GPL-2.0-or-later
# Phases one behind the other, a bar a cell. Expects: dat, xlab, unit, end, rows,
# labels, phases, p50 and p99 (1 when one is on the axis), name1..., upper1...,
# lower1...
set xrange [0:end / real(unit)]
set yrange [rows - 0.5:-0.5]
set xlabel xlab
eval 'set ytics '.labels
set ytics scale 0
set grid noytics
# Rows of one height, whatever stands above and below them.
set rmargin at screen 0.7
set tmargin at screen 1 - 70.0 / height
set bmargin at screen 110.0 / height
set key outside below center horizontal Left reverse width 2
set style fill solid 0.55 noborder
do for [i=1:rows] {
	set label 2 * i - 1 value(sprintf('upper%d', i)) at graph 1.02, first i - 1.17 font ',11'
	set label 2 * i value(sprintf('lower%d', i)) at graph 1.02, first i - 0.83 font ',11' textcolor rgb '#444444'
}
marks = ''
if (p50) { marks = marks.", dat index phases using ($3 / unit):($1 + 0.3) with points pointtype 7 pointsize 1.1 linecolor rgb '#ffffff' notitle, dat index phases using ($3 / unit):($1 + 0.3) with points pointtype 7 pointsize 0.8 linecolor rgb '#000000' title 'p50'" }
if (p99) { marks = marks.", dat index phases using ($4 / unit):($1 + 0.3) with points pointtype 9 pointsize 1.2 linecolor rgb '#ffffff' notitle, dat index phases using ($4 / unit):($1 + 0.3) with points pointtype 9 pointsize 0.8 linecolor rgb '#000000' title 'p99'" }
eval "plot for [i=1:phases] dat index i-1 using (($3 + $4) / 2.0 / unit):1:($3 / unit):($4 / unit):($1 - 0.3):($1 + 0.3) with boxxyerror linetype i title value(sprintf('name%d', i)), for [i=1:phases] dat index i-1 using (($3 + $4) / 2.0 / unit):1:6 with labels font ',11' notitle".marks
