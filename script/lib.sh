# What the scripts share: finding and installing what is missing. Sourced, not run.
set -euo pipefail
trap 'echo "stopped at line $LINENO of $0" >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Debian packages by name; asks the network only when one is missing.
need_packages() {
	local missing=()
	for p in "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing+=("$p")
	done
	[ ${#missing[@]} = 0 ] && return
	say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
	as_root apt-get update -q >/dev/null
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >build-packages.log 2>&1 ||
		{ tail -20 build-packages.log >&2; exit 1; }
	rm -f build-packages.log
}

PACKAGES_BUILD=(gcc libc6-dev pkg-config meson ninja-build gettext libgettextpo-dev libmicrohttpd-dev libgnutls28-dev libjansson-dev libsodium-dev libsqlite3-dev libpq-dev
	libcmocka-dev libcurl4-openssl-dev libssl-dev libfido2-dev libxml2-dev libxmlsec1-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libpango1.0-dev libcairo2-dev libqrencode-dev libarchive-dev
	libunistring-dev libdeflate-dev fonts-noto-core tzdata)
PACKAGES_TEST=(postgresql-15 ffmpeg chromium poppler-utils clang libclang-rt-14-dev util-linux openssl sqlite3 nginx-light haproxy dpkg-dev glpk-utils python3-icalendar)

# Node builds the browser's part only. Debian's own, unless a newer one is there.
need_node() {
	if ! command -v npm >/dev/null; then need_packages nodejs npm; fi
}

install_modules() { (cd client && npm ci --no-audit --no-fund --loglevel=error "$@" && touch node_modules); }

# What only the tests use (the browser's driver, axe, the compiler for a client of the API) is not fetched for a server.
need_test_modules() {
	need_node
	[ -d client/node_modules/playwright-core ] && [ ! client/package-lock.json -nt client/node_modules ] || install_modules
}

# The browser's part: into build/client, anew when a source of it changed.
build_client() {
	local stamp=build/client/.made
	if [ -f "$stamp" ] && [ -z "$(find client -path client/node_modules -prune -o -type f -newer "$stamp" -print -quit)" ]; then return; fi
	need_node
	say "Building the browser's part"
	[ -d client/node_modules ] && [ ! client/package-lock.json -nt client/node_modules ] || install_modules --omit=dev
	rm -rf build/client
	mkdir -p build/client
	(cd client && node build.mjs ../build/client >/dev/null)
	touch "$stamp"
}

# build_program DIR "targets" [meson options]; no targets: all
build_program() {
	local dir=$1 targets=$2
	shift 2
	build_client
	mkdir -p build
	[ -f "$dir/build.ninja" ] || meson setup "$dir" "$@" >"$dir.log" 2>&1 || { tail -20 "$dir.log" >&2; exit 1; }
	# The lists of sources are made when the build is configured: anew when a file came or went.
	find src schema test po -name '*.[ch]' -o -name '*.sql' -o -name '*.html' -o -name '*.po' | sort >"$dir/files.now"
	if ! cmp -s "$dir/files.now" "$dir/files"; then
		[ ! -f "$dir/files" ] || meson setup --reconfigure "$dir" >"$dir.log" 2>&1 || { tail -20 "$dir.log" >&2; exit 1; }
		mv "$dir/files.now" "$dir/files"
	fi
	say "Building $dir"
	# shellcheck disable=SC2086
	ninja -C "$dir" --quiet $targets
}
