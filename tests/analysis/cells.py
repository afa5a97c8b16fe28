# SPDX-License-Identifier: GPL-2.0-or-later
"""The cells of a result directory, packed or plain, as results/SCHEMA.md has them."""

import os
import subprocess


def path(directory):
	packed = os.path.join(directory, "cells.jsonl.zst")
	return packed if os.path.exists(packed) else packed[:-len(".zst")]


def lines(name):
	"""With their ends; one that is cut off has none."""
	if name.endswith(".zst"):
		text = subprocess.run(["zstd", "-dcq", name], stdout=subprocess.PIPE,
				      stderr=subprocess.DEVNULL).stdout.decode()
		return text.splitlines(keepends=True)
	with open(name, newline="\n") as source:
		return list(source)


def pairs(buckets):
	"""(index, count) of those that are not empty."""
	if buckets and isinstance(buckets[0], list):
		return [tuple(pair) for pair in buckets]
	found, at = [], 0
	for number in buckets:
		if number < 0:
			at -= number
		else:
			found.append((at, number))
			at += 1
	return found
