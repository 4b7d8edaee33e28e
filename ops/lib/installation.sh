# One installation in a folder: its database, keys, mail folder, and the settings of the binary.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/ops/lib/system.sh"
. "$ROOT/ops/lib/cluster.sh"
. "$ROOT/ops/lib/service_user.sh"

# Sets BINARY: what ENROLL_BINARY names, which somebody has built already, or else what is built here.
build_binary() {
    if [ -n "${ENROLL_BINARY:-}" ]; then
        [ -x "$ENROLL_BINARY" ] || stop_with "ENROLL_BINARY names no program: $ENROLL_BINARY"
        BINARY=$ENROLL_BINARY
        return
    fi
    need_swift
    (cd "$ROOT" && quiet_build swift build -c release --product enroll 8>&-) ||
        stop_with "The build failed; the errors stand above."
    BINARY=$(cd "$ROOT" && swift build -c release --show-bin-path)/enroll
}

# Names the folder of an installation; nothing is started yet.
installation_at() {
    mkdir -p "$1"
    DATA=$(cd "$1" && pwd)
    need_service_user
    service_place
    cluster_at "$DATA"
}

# The same of one that ops/run has made; makes nothing where there is none.
known_installation_at() {
    local data
    data=$(cd "$1" 2>/dev/null && pwd) || data=
    if [ -z "$data" ] || { [ ! -e "$data/pg" ] && [ ! -e "$(closed_place "$data")/pg" ]; }; then
        stop_with "There is no installation in $1: look whether the folder is spelled right, or make one with ops/run --data $1"
    fi
    installation_at "$data"
}

# Makes and starts its database, and sets the settings that the binary reads.
prepare_installation() {
    hand_over
    start_cluster
    let_into_cluster "$SERVICE_USER"
    need_database enroll
    need_login
    override DATABASE "host=$SOCKET dbname=enroll user=enroll_app" "the installation has a database of its own"
    override DATABASE_OWNER "host=$SOCKET dbname=enroll user=app" "the installation has a database of its own"
    override HOME "$ROOT" "this checkout is served"
    override KEYS "$PLACE/keys" "the installation has keys of its own"
    is_given SMTP_URL || export ENROLL_SMTP_URL=folder:$PLACE/mail
}

# Whether the operator has set ENROLL_$1: in the environment, or in the file that ENROLL_CONFIG names.
is_given() { [ -n "$(given "$1")" ]; }

# What ENROLL_$1 is set to, if it is.
given() {
    local name=ENROLL_$1
    if [ -n "${!name:-}" ]; then echo "${!name}"; return; fi
    [ -z "${ENROLL_CONFIG:-}" ] || sed -n "s/^$name=//p" "$ENROLL_CONFIG" 2>/dev/null | tail -n 1
}

# Sets ENROLL_$1 to $2 and says so where the operator had set something else. Not to what: it may hold a password.
override() {
    local found
    found=$(given "$1")
    [ -z "$found" ] || [ "$found" = "$2" ] || say "ENROLL_$1 is set, but not used here: $3."
    export "ENROLL_$1=$2"
}

# Keeps what the server is started with, so that letters and files made by commands carry the same address and
# names. For the owner's eyes: the mail server's password may be among it.
remember_settings() {
    local own="DATABASE|DATABASE_OWNER|HOME|KEYS|CLOCK|BINARY|TEST_DATABASE"
    (umask 077
        env | grep -aE '^ENROLL_[A-Z_]+=' | grep -avE "^ENROLL_($own)=" |
            grep -avxF "ENROLL_SMTP_URL=folder:$PLACE/mail" >"$DATA/settings.new")
    mv "$DATA/settings.new" "$DATA/settings"
}

# Adds the time at which the server is about to begin, so that commands beside it run at the same one.
remember_clock() { echo "ENROLL_CLOCK=$1/$(date +%s)" >>"$DATA/settings"; }

# Takes over what the server was started with, unless the operator says something else. Its time only while it runs.
recall_settings() {
    local line name remembered=()
    [ -e "$DATA/settings" ] || return 0
    while IFS= read -r line; do
        name=${line%%=*}
        [ "$name" != ENROLL_CLOCK ] || running_pid >/dev/null || continue
        is_given "${name#ENROLL_}" || remembered+=("$line")
    done <"$DATA/settings"
    [ ${#remembered[@]} = 0 ] || export "${remembered[@]}"
}

# One ops/run for an installation. It and its server hold descriptor 8 open on this file, which names them; the
# kernel lets go when both are gone, whatever ended them.
claim_installation() {
    local pid
    exec 8>>"$DATA/.running"
    if pid=$(running_pid); then
        stop_with "This installation ($DATA) is already running with pid $pid: stop it with \`kill $pid\`, and start again."
    fi
    flock -n 8 || stop_with "Another ops/run is at work on $DATA: wait until it is done."
    echo $$ >"$DATA/.running"
}

# Who runs this installation: ops/run, or else the server that it left behind.
running_pid() {
    local pid
    [ -e "$DATA/.running" ] || return 1
    while read -r pid; do
        if [ "$pid" != $$ ] && [ "/proc/$pid/fd/8" -ef "$DATA/.running" ]; then echo "$pid"; return 0; fi
    done <"$DATA/.running"
    return 1
}
