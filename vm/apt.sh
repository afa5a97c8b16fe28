# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian packages of any suite, without touching the machine's own package
# state: a private set of package lists per set of suites, in the cache. The
# mirrors are the ones that this machine is configured for. It knows packages,
# not what is in them. Sourced after lib.sh.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# apt_mirror main|security: the address that the machine's sources use.
apt_mirror() {
	local kind=$1 given=${KTBENCH_MIRROR:-}

	[ "$kind" = main ] ||
		given=${KTBENCH_SECURITY_MIRROR:-${given:+$given-security}}
	if [ -n "$given" ]; then
		printf '%s\n' "$given"
		return
	fi
	# A machine without package lists knows no origin: there the last part
	# of the address decides.
	# shellcheck disable=SC2016
	apt-get indextargets \
		--format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)' \
		'Created-By: Packages' 2>/dev/null |
		awk -v kind="$kind" '
			$3 != "main" { next }
			{ sub("/$", "", $1) }
			$1 ~ /debian-security$/ || $2 ~ /-security$/ {
				if (kind == "security" && !found++) print $1
				next
			}
			($4 == "Debian" || $1 ~ /\/debian$/) {
				if (main == "") main = $1
			}
			END {
				if (kind == "security" && !found && main)
					main = main "-security"
				if (!found && main) print main
				exit !found && !main
			}'
}

# apt_sources SUITES...: the private sources.list on stdout.
apt_sources() {
	local suite kind uri

	for suite; do
		kind=main
		case $suite in *-security) kind=security ;; esac
		uri=$(apt_mirror "$kind") || return 1
		printf 'deb [arch=amd64 signed-by=%s] %s %s main\n' \
			"$KEYRING" "$uri" "$suite"
	done
}

# apt_dir SUITES...: where the state of these suites is.
apt_dir() {
	printf '%s/apt/%s\n' "$CACHE" "$(printf '%s\n' "$@" | paste -sd+)"
}

# apt_open SUITES...: make or find the state; sets APT_DIR. The configuration
# is read after the machine's own, so that proxies stay as they are. Signatures
# are checked; dates are not, since mirrors that stand still are fine here.
apt_open() {
	APT_DIR=$(apt_dir "$@")
	mkdir -p "$APT_DIR/lists/partial" "$APT_DIR/archives/partial" || return 1
	apt_sources "$@" >"$APT_DIR/sources.new" || return 1
	cmp -s "$APT_DIR/sources.new" "$APT_DIR/sources.list" ||
		rm -f "$APT_DIR/updated"
	mv "$APT_DIR/sources.new" "$APT_DIR/sources.list"
	cat >"$APT_DIR/apt.conf" <<-END
		Dir::State::lists "$APT_DIR/lists";
		Dir::Cache "$APT_DIR";
		Dir::Cache::pkgcache "pkgcache.bin";
		Dir::Cache::srcpkgcache "";
		Dir::Etc::sourcelist "$APT_DIR/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "/dev/null";
		Acquire::Languages "none";
		Acquire::GzipIndexes "true";
		Acquire::Retries "1";
		Acquire::http::Timeout "20";
		APT::Architecture "amd64";
		APT::Architectures { "amd64"; };
		APT::Sandbox::User "root";
		APT::Update::Error-Mode "any";
		Acquire::Check-Valid-Until "false";
		#clear APT::Update::Post-Invoke-Success;
		#clear APT::Update::Post-Invoke;
		#clear DPkg::Post-Invoke;
	END
}

# apt_update: fetch the package lists; apt's words are in APT_DIR/log.
apt_update() {
	apt-get -q -c "$APT_DIR/apt.conf" update >"$APT_DIR/log" 2>&1 </dev/null &&
		touch "$APT_DIR/updated"
}

# apt_newest REGEX: the newest release that has both an image and headers.
apt_newest() {
	apt-cache -c "$APT_DIR/apt.conf" search --names-only \
		"^linux-(image|headers)-$1\$" 2>/dev/null |
		awk '{ sub("^linux-(image|headers)-", "", $1) } seen[$1]++ { print $1 }' |
		sort -V | tail -n 1 | grep .
}

# apt_packages RELEASE: image, headers, and the linux-* packages they need.
apt_packages() {
	apt-cache -c "$APT_DIR/apt.conf" depends --important \
		"linux-image-$1" "linux-headers-$1" 2>/dev/null |
		awk '{ print $NF }' |
		grep -E '^linux-(image|base|binary|modules|headers|kbuild)-' |
		grep -v -e '-unsigned$' | sort -u
}

# apt_fetch DIR PACKAGES...: download into DIR; what is there whole already, from
# a try that broke off, is not fetched again.
apt_fetch() {
	local dir=$1 file size sum wanted=()

	shift
	mkdir -p "$dir" || return 1
	while read -r _ file size sum; do
		[ "$(stat -c %s "$dir/$file" 2>/dev/null)" = "$size" ] &&
			sha256sum --status -c <<<"${sum#SHA256:}  $dir/$file" ||
			wanted+=("${file%%_*}")
	done < <(apt-get -q -c "$APT_DIR/apt.conf" download --print-uris "$@" \
		2>"$APT_DIR/log" || echo - "$1"_ 0 -)
	[ ${#wanted[@]} -eq 0 ] ||
		(cd "$dir" && apt-get -q -c "$APT_DIR/apt.conf" download \
			"${wanted[@]}") >"$APT_DIR/log" 2>&1 </dev/null
}
