# SPDX-License-Identifier: GPL-2.0-or-later
# A figure for each pair of CPUs. Expects: dat, cpus, cpu_tics, zlab, is_log, tics
# (if so), unit, from, to, labelled (1 when figures fit into the squares).
low = from / real(unit)
high = to > from ? to / real(unit) : low * 1.1 + 1
if (is_log) {
	set logscale cb
	eval 'set cbtics '.tics
}
set cbrange [low:high]
set palette defined (0 '#440154', 0.25 '#3b528b', 0.5 '#21918c', 0.75 '#5ec962', 1 '#fde725')
set cblabel zlab
set xlabel 'from CPU, which wakes or arms'
set ylabel 'on CPU, which runs'
eval 'set xtics '.cpu_tics
eval 'set ytics '.cpu_tics
set tics scale 0.3
set xrange [-0.5:cpus - 0.5]
set yrange [-0.5:cpus - 0.5]
set size ratio 1
set border 15
set grid noxtics noytics
set key off
set object 1 rectangle from graph 0, 0 to graph 1, 1 behind fillstyle pattern 4 noborder fillcolor rgb '#bbbbbb'
far(v) = is_log ? log(v / low) / log(high / low) : (v - low) / (high - low)
boxes = "dat using 1:2:(0.5):(0.5):($5 / unit) with boxxyerror fillstyle solid ".(cpus <= 16 ? "border linecolor rgb '#ffffff'" : 'noborder')." linecolor palette"
figures = ", dat using 1:2:6:(far($5 / unit) > 0.6 ? 0x000000 : 0xffffff) with labels font (cpus <= 5 ? ',13' : ',10') textcolor rgb variable notitle"
eval 'plot '.boxes.(labelled ? figures : '')
