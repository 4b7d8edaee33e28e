# What every command here needs from the machine: packages of Debian, Swift, the right to install.

say() { printf '%s\n' "$*" >&2; }
stop_with() { say "$*"; exit 1; }

# Runs a command as root: directly, or through sudo for an ordinary user.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; return; fi
    command -v sudo >/dev/null || stop_with "This needs root to install packages ($*), and sudo is not here."
    sudo -n true 2>/dev/null || say "Packages are missing; sudo may ask for your password."
    sudo "$@"
}

missing_packages() {
    local name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q '^install ok installed' || echo "$name"
    done
}

# Installs what is missing, and says what. Debian must not start a cluster of its own on the way.
need_packages() {
    local missing
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    say "Installing from Debian:" $missing
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=400 update >&2 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=400 install -y \
        --no-install-recommends $missing >&2 || stop_with "Could not install: $missing"
}

BUILD_PACKAGES="postgresql-15 libpq-dev libcurl4-openssl-dev libisal-dev libexpat1-dev zlib1g-dev librsvg2-dev
    libpango1.0-dev libqrencode-dev pkgconf
    fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho fonts-noto-cjk fonts-ipamj-mincho"

# On the PATH, or where it is usually unpacked.
need_swift() {
    local place
    for place in "$HOME/.local/share/swiftly/bin" /usr/local/swift/usr/bin /opt/swift/usr/bin; do
        command -v swift >/dev/null || [ ! -x "$place/swift" ] || PATH=$place:$PATH
    done
    command -v swift >/dev/null ||
        stop_with "Swift 6.3 or later is needed and not on the PATH: https://www.swift.org/install/linux/"
}

# The linker's and pkg-config's harmless warnings would bury what matters.
quiet_build() {
    local log status=0
    log=$(mktemp)
    "$@" 2>&1 | tell_of_building >"$log" || status=${PIPESTATUS[0]}
    if [ "$status" != 0 ]; then grep -vE "gold|prohibited flag|^\[[0-9]+/" "$log" | tail -n 60 >&2; fi
    rm -f "$log"
    return "$status"
}

# Passes on what a build says; as soon as it has something to do, the person before the screen is told to wait.
tell_of_building() {
    local line
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
        *'] Compiling plugin '*) ;;
        'Fetching '*|*'] Compiling '*)
            say "Building; the first time takes several minutes…"
            exec cat ;;
        esac
    done
}
