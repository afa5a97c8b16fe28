/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats of `ktbench export`, in the order of its help. To add one, add a line
 * here and an export_<format>.c with a ktb_export_format_<format>.
 */
#ifndef KTB_EXPORT_FORMATS_H
#define KTB_EXPORT_FORMATS_H

#include "export.h"

#define EXPORT_FORMATS(X)    \
	X(google_benchmark)  \
	X(smaller_is_better) \
	X(bmf)               \
	X(openmetrics)       \
	X(hgrm)              \
	X(ktap)              \
	X(junit)             \
	X(csv)               \
	X(jsonl)

#define EXPORT_FORMAT_DECLARE(format) \
	extern const struct ktb_export_format ktb_export_format_##format;
EXPORT_FORMATS(EXPORT_FORMAT_DECLARE)
#undef EXPORT_FORMAT_DECLARE

#endif /* KTB_EXPORT_FORMATS_H */
