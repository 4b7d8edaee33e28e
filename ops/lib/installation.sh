# One installation in a folder: its database, keys, mail folder, and the settings of the binary.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/ops/lib/system.sh"
. "$ROOT/ops/lib/cluster.sh"

build_binary() {
    need_swift
    (cd "$ROOT" && quiet_build swift build -c release --product enroll 8>&-) ||
        stop_with "The build failed; the errors stand above."
    BINARY=$(cd "$ROOT" && swift build -c release --show-bin-path)/enroll
}

# Names the folder of an installation; nothing is started yet.
installation_at() {
    mkdir -p "$1"
    DATA=$(cd "$1" && pwd)
    cluster_at "$DATA"
}

# Makes and starts its database, and sets the settings that the binary reads.
prepare_installation() {
    start_cluster
    need_database enroll
    export ENROLL_DATABASE="host=$SOCKET dbname=enroll user=app"
    export ENROLL_HOME=$ROOT
    export ENROLL_KEYS=$DATA/keys
    is_given SMTP_URL || export ENROLL_SMTP_URL=folder:$DATA/mail
}

# Whether the operator has set ENROLL_$1: in the environment, or in the file that ENROLL_CONFIG names.
is_given() {
    local name=ENROLL_$1
    [ -n "${!name:-}" ] || { [ -n "${ENROLL_CONFIG:-}" ] && grep -qs "^$name=." "$ENROLL_CONFIG"; }
}

# Keeps what the server is started with, so that letters and files made by commands carry the same address and
# names. For the owner's eyes: the mail server's password may be among it.
remember_settings() {
    local own="DATABASE|HOME|KEYS|BINARY|TEST_DATABASE"
    (umask 077
        env | grep -aE '^ENROLL_[A-Z_]+=' | grep -avE "^ENROLL_($own)=" |
            grep -avxF "ENROLL_SMTP_URL=folder:$DATA/mail" >"$DATA/settings.new")
    mv "$DATA/settings.new" "$DATA/settings"
}

# Takes over what the server was started with, unless the operator says something else.
recall_settings() {
    local line name remembered=()
    [ -e "$DATA/settings" ] || return 0
    while IFS= read -r line; do
        name=${line%%=*}
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
