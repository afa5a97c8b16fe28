// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The frame and the looks of a page: one file, no network, no script. It knows
 * nothing of what is told between its ends.
 */
#include "html.h"

static const char *const frame_looks =
	"body{font:15px/1.45 system-ui,'DejaVu Sans',sans-serif;color:#1b1b1b;"
	"background:#fff;max-width:1280px;margin:1.5em auto;padding:0 1em}\n"
	"h1{font-size:1.5em;margin:.2em 0}h2{font-size:1.2em;margin:2em 0 .4em;"
	"border-bottom:1px solid #bbb}h3{font-size:1em;margin:1.2em 0 .3em}\n"
	"p,ul{margin:.5em 0}.job{color:#555;font-size:.9em}"
	".remark{color:#444;font-size:.88em}\n"
	"table{border-collapse:collapse;font-size:.86em;margin:.5em 0;"
	"font-variant-numeric:tabular-nums}\n"
	"caption{text-align:left;font-weight:600;padding:.2em 0}\n"
	"th,td{padding:.18em .42em;text-align:right;vertical-align:top;"
	"border-bottom:1px solid #e2e2e2;white-space:nowrap}th{background:#f3f3f3;font-weight:600;"
	"vertical-align:bottom}\n"
	"th.c{text-align:center}.g{border-left:2px solid #999}td.l{text-align:left}"
	"th.c small{white-space:normal;min-width:5em;overflow-wrap:anywhere}\n"
	"td.t,th.t{text-align:left;white-space:normal}tfoot td{background:#fafafa;color:#444}\n"
	"small{display:block;color:#666;font-size:.86em;white-space:nowrap}\n"
	".wide{overflow-x:auto}.no{color:#777;font-style:italic}\n"
	".bad{color:#8a1f00;font-weight:700}\n"
	"tr.served td{color:#555;background:#fafafa}\n"
	"tr.invalid td,td.invalid{background:#fdf1ea}\n"
	".banner{border:2px solid #1b1b1b;padding:.6em .9em;font-weight:700;"
	"margin:.8em 0}\n"
	".verdict{font-weight:700}.note{border-left:4px solid #d55e00;"
	"padding:.1em .8em;margin:.6em 0}\n"
	"figure{margin:1em 0}figure svg{max-width:100%;height:auto;"
	"border:1px solid #ddd}figcaption{font-size:.88em;color:#333}\n"
	"details{margin:.4em 0}summary{cursor:pointer;color:#0b5394}\n"
	"pre{background:#f6f6f6;border:1px solid #ddd;padding:.6em;"
	"overflow-x:auto;font-size:.84em}\n"
	".machine,.box{display:flex;flex-wrap:wrap;gap:.4em}"
	".box{border:1px solid #888;padding:.3em;align-items:center}"
	".box>b{width:100%;font-size:.8em}.cpu{background:#eef3f8;"
	"padding:.1em .4em;font-size:.85em}\n"
	"@media print{body{max-width:none;font-size:11px}"
	"figure,tr{break-inside:avoid}}\n";

void ktb_html_begin(FILE *to, const char *title)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width\">\n"
	      "<title>ktbench: ",
	      to);
	ktb_html_text(to, title);
	fprintf(to, "</title>\n<style>\n%s</style>\n</head>\n<body>\n",
		frame_looks);
}

void ktb_html_end(FILE *to)
{
	fputs("</body>\n</html>\n", to);
}
