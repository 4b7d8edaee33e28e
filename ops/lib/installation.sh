# One installation in a folder: its database, keys, mail folder, and the settings of the binary.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$ROOT/ops/lib/system.sh"
. "$ROOT/ops/lib/cluster.sh"

build_binary() {
    need_swift
    (cd "$ROOT" && quiet_build swift build -c release --product enroll) ||
        stop_with "The build failed; the errors stand above."
    BINARY=$(cd "$ROOT" && swift build -c release --show-bin-path)/enroll
}

# Prepares folder $1: makes and starts the database, sets the settings the binary reads.
prepare_installation() {
    mkdir -p "$1"
    DATA=$(cd "$1" && pwd)
    cluster_at "$DATA"
    exec 9>"$DATA/.starting"
    flock 9
    start_cluster
    need_database enroll
    flock -u 9
    export ENROLL_DATABASE="host=$SOCKET dbname=enroll user=app"
    export ENROLL_HOME=$ROOT
    export ENROLL_KEYS=$DATA/keys
    export ENROLL_SMTP_URL=${ENROLL_SMTP_URL:-folder:$DATA/mail}
}
