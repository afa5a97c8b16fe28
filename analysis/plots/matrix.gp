# SPDX-License-Identifier: GPL-2.0-or-later
# Armed on which CPU, fired on which. Expects: dat, cpus, most,
# cpu_tics.
set logscale cb
set cbrange [1:most]
set palette defined (0 '#440154', 0.25 '#3b528b', 0.5 '#21918c', 0.75 '#5ec962', 1 '#fde725')
set cblabel 'samples'
set format cb '%.0f'
set xlabel 'armed on CPU'
set ylabel 'fired on CPU'
eval 'set xtics '.cpu_tics
eval 'set ytics '.cpu_tics
set xrange [-0.5:cpus - 0.5]
set yrange [-0.5:cpus - 0.5]
set size ratio 1
set border 15
set key off
set style fill solid noborder
if (cpus <= 16) {
	plot dat using 1:2:(0.48):(0.48):5 with boxxyerror linecolor palette, \
		dat using 1:2:6:(log($5) / log(most) > 0.6 ? 0x000000 : 0xffffff) with labels font (cpus <= 8 ? ',12' : ',9') textcolor rgb variable notitle
} else {
	plot dat using 1:2:(0.5):(0.5):5 with boxxyerror linecolor palette
}
