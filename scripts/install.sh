#!/bin/sh
# Installs the Debian packages that a task needs, and does nothing when they are there. For the tests also axe-core,
# which Debian lacks, from PyPI.
#   scripts/install.sh build            to compile
#   scripts/install.sh check            what reads the package's description
#   scripts/install.sh test             the mail servers, the browser and, from PyPI, axe-core and the clients of the tests
#   scripts/install.sh demo             the mail server of the demo
#   scripts/install.sh browser          Chromium and its driver
#   scripts/install.sh bench            what the benchmarks compare with
# Several names may be given. No service is started or left enabled.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cyrus="$root/.build-tools/cyrus"
# Clients of Microsoft's services from PyPI, which the tests let loose on the sandbox.
clients="$root/.build-tools/clients"
# (msgraph-core forgets to name Deprecated, which it imports.)
client_packages="msal==1.39.0 msgraph-sdk==1.65.0 Deprecated==1.3.1"
want_clients=no
axe="$root/.build-tools/axe"
# The Python package that carries axe-core, which checks pages for what hinders people.
axe_package="axe-playwright-python==0.1.8"
axe_hash="sha256:fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8"
packages=""
want_cyrus=no
want_axe=no

dovecot="dovecot-core dovecot-imapd dovecot-lmtpd dovecot-submissiond"
browser="chromium chromium-driver"

for set in "$@"; do
    case "$set" in
    build) packages="$packages libsqlite3-dev" ;;
    test)
        packages="$packages libsqlite3-dev openssl python3 python3-venv curl $dovecot cyrus-common cyrus-caldav sasl2-bin"
        packages="$packages $browser"
        want_cyrus=yes
        want_clients=yes
        want_axe=yes
        ;;
    check) packages="$packages python3" ;;
    demo) packages="$packages libsqlite3-dev openssl $dovecot" ;;
    browser) packages="$packages $browser" ;;
    bench) packages="$packages libsqlite3-dev openssl $dovecot isync python3 gcc pkg-config libc6-dev libgmime-3.0-dev" ;;
    *)
        echo "install.sh: no set named '$set'; there are build, check, test, demo, browser, bench" >&2
        exit 2
        ;;
    esac
done

# Where the charsets that mail uses are not part of the C library's own package, they are in this one.
case " $* " in
*" build "* | *" test "* | *" demo "* | *" bench "*)
    if ! printf '' | iconv -f ISO-2022-JP -t UTF-8 >/dev/null 2>&1; then packages="$packages libc-gconv-modules-extra"; fi
    ;;
esac

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=""
for package in $packages; do
    case " $missing " in *" $package "*) continue ;; esac
    is_installed "$package" || missing="$missing $package"
done
# cyrus-common wants some mail transport; this one is a single program without a service.
case " $missing " in
*" cyrus-common "*) [ -e /usr/sbin/sendmail ] || missing="$missing msmtp-mta" ;;
esac
if [ "$want_cyrus" = yes ] && [ -x "$cyrus/usr/lib/cyrus/bin/imapd" ]; then want_cyrus=no; fi
if [ "$want_clients" = yes ] && [ "$(cat "$clients/installed" 2>/dev/null)" = "$client_packages" ]; then want_clients=no; fi
if [ "$want_axe" = yes ] && [ "$(cat "$axe/package" 2>/dev/null)" = "$axe_hash" ]; then want_axe=no; fi
python=python3
if [ "$want_axe" = yes ] && ! python3 -m pip --version >/dev/null 2>&1; then
    python=/usr/bin/python3
    is_installed python3-pip || missing="$missing python3-pip"
fi
if [ -z "$missing" ] && [ "$want_cyrus" = no ] && [ "$want_axe" = no ] && [ "$want_clients" = no ]; then exit 0; fi

if { [ -n "$missing" ] || [ "$want_cyrus" = yes ]; } && ! command -v apt-get >/dev/null; then
    echo "install.sh: this system has no apt-get. Install by hand what these Debian packages hold:$missing" >&2
    exit 1
fi

as_root=""
if [ -n "$missing" ] && [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        as_root=sudo
    else
        echo "install.sh: packages are missing and only root can install them. Run:" >&2
        echo "    sudo apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
fi

log=$(mktemp)
policy=/usr/sbin/policy-rc.d
made_policy=no
tidy() {
    rm -f "$log"
    if [ "$made_policy" = yes ]; then $as_root rm -f "$policy"; fi
}
trap tidy EXIT
trap 'exit 130' INT TERM

apt() {
    if ! $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -q -y "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "install.sh: apt-get $1 failed; its words stand above." >&2
        exit 1
    fi
}

if [ -n "$missing" ]; then
    echo "Installing from Debian:$missing"
    # Mail servers would start at once and take ports 143 and 25; ours run on their own ports when a test asks.
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
        $as_root chmod 755 "$policy"
        made_policy=yes
    fi
    apt update
    # shellcheck disable=SC2086
    apt install --no-install-recommends -o Dpkg::Options::=--force-confold $missing
    if [ -d /run/systemd/system ]; then
        for unit in dovecot.service dovecot.socket cyrus-imapd.service saslauthd.service; do
            case "$unit" in
            dovecot*) owner=dovecot-core ;;
            cyrus*) owner=cyrus-common ;;
            *) owner=sasl2-bin ;;
            esac
            case " $missing " in *" $owner "*) $as_root systemctl disable -q "$unit" 2>/dev/null || true ;; esac
        done
    fi
fi

if [ "$want_cyrus" = yes ]; then
    # cyrus-imapd conflicts with dovecot-imapd, so its one package is unpacked beside the tree instead of installed.
    echo "Unpacking the IMAP server of Cyrus into .build-tools"
    rm -rf "$cyrus.new"
    mkdir -p "$cyrus.new"
    version=$(dpkg-query -W -f '${Version}' cyrus-common)
    if ! (cd "$cyrus.new" && apt-get -q -o APT::Sandbox::User=root download "cyrus-imapd=$version") >"$log" 2>&1; then
        cat "$log" >&2
        echo "install.sh: cyrus-imapd $version could not be downloaded. Run: sudo apt-get update, then again." >&2
        exit 1
    fi
    dpkg -x "$cyrus.new"/cyrus-imapd_*.deb "$cyrus.new"
    rm -f "$cyrus.new"/*.deb
    rm -rf "$cyrus"
    mv "$cyrus.new" "$cyrus"
fi

if [ "$want_clients" = yes ]; then
    echo "Installing from PyPI: $client_packages"
    rm -rf "$clients"
    # shellcheck disable=SC2086
    if ! { python3 -m venv "$clients" && "$clients/bin/python" -m pip install -q --disable-pip-version-check $client_packages; } >"$log" 2>&1; then
        cat "$log" >&2
        echo "install.sh: the clients from PyPI could not be installed; the words of pip stand above." >&2
        exit 1
    fi
    echo "$client_packages" >"$clients/installed"
fi

if [ "$want_axe" = yes ]; then
    # One file of the package is all that is wanted, so it is unpacked instead of installed.
    echo "Unpacking axe-core from PyPI into .build-tools"
    rm -rf "$axe.new"
    mkdir -p "$axe.new"
    echo "$axe_package --hash=$axe_hash" >"$axe.new/requirements"
    if ! "$python" -m pip download -q --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        -r "$axe.new/requirements" -d "$axe.new" >"$log" 2>&1; then
        cat "$log" >&2
        echo "install.sh: $axe_package could not be downloaded from PyPI; pip's words stand above." >&2
        exit 1
    fi
    "$python" -m zipfile -e "$axe.new"/*.whl "$axe.new/unpacked"
    mv "$axe.new/unpacked/axe_playwright_python/axe.min.js" "$axe.new/axe.min.js"
    rm -rf "$axe.new/unpacked" "$axe.new"/*.whl "$axe.new/requirements"
    echo "$axe_hash" >"$axe.new/package"
    rm -rf "$axe"
    mv "$axe.new" "$axe"
fi
