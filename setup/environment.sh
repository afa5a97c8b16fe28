# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What every script here sources before it does anything: of the caller's settings
# none may change what a tool does or how it speaks. Sourced by sh and bash.
#
# POSIXLY_CORRECT: GNU tools take options behind arguments for files; bash loses
# <(...). CDPATH: `cd vm` goes elsewhere and prints where. *_OPTIONS, *_OPT, GZIP:
# options that nobody wrote.
# GIT_*: set in a hook, for another repository. LC_*: numbers with commas, capital
# I without a dot, messages that are read here in another language.
unset POSIXLY_CORRECT CDPATH
# shellcheck disable=SC3040 # bash only
[ -z "${BASH_VERSION:-}" ] || set +o posix
unset GREP_OPTIONS GREP_COLOR GREP_COLORS TAR_OPTIONS XZ_OPT XZ_DEFAULTS GZIP BZIP BZIP2 ZSTD_CLEVEL \
	DIFF_OPTIONS COLUMNS BLOCK_SIZE DF_BLOCK_SIZE DU_BLOCK_SIZE LS_BLOCK_SIZE TIME_STYLE QUOTING_STYLE AWKPATH AWKLIBPATH \
	GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_CEILING_DIRECTORIES GIT_CONFIG_PARAMETERS \
	LANGUAGE LC_CTYPE LC_NUMERIC LC_COLLATE LC_MESSAGES LC_TIME LC_MONETARY
LC_ALL=C
PAGER='cat'
export LC_ALL PAGER
