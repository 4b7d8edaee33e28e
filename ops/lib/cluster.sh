# The project's own PostgreSQL: a private cluster in a folder, unix socket only, no TCP, no password.
# Two logins: `app`, its owner, and `enroll_app`, with which the service works (Migrations/GRANTS.sql).
# Traps it steps round: initdb refuses root; a killed initdb leaves a half-made folder; a folder the
# postgres user cannot reach; a socket path over 107 bytes; a pid file that names somebody else.

PG_BIN=/usr/lib/postgresql/15/bin

# Sets CLUSTER (the folder), SOCKET (where it listens) and the owner for data folder $1.
cluster_at() {
    CLUSTER=$1/pg
    PG_OWNER=$(id -un)
    if [ "$(id -u)" = 0 ]; then
        PG_OWNER=postgres
        mkdir -p "$1"
        if ! owner_can_reach "$1"; then
            CLUSTER=$(closed_place "$1")/pg
            (umask 022; mkdir -p "$(dirname "$CLUSTER")")
        fi
    fi
    local name
    name=$(printf %s "$CLUSTER" | sha256sum | cut -c1-16)
    SOCKET=@promotion-enrollment-$name
}

owner_can_reach() { as_owner test -x "$1"; }

as_owner() {
    if [ "$(id -un)" = "$PG_OWNER" ]; then "$@"; return; fi
    setpriv --reuid "$PG_OWNER" --regid "$PG_OWNER" --init-groups --reset-env -- "$@"
}

make_cluster() {
    [ -s "$CLUSTER/PG_VERSION" ] && return 0
    local fresh=$CLUSTER.new
    rm -rf "$fresh"
    install -d -m 700 "$fresh"
    [ "$(id -u)" != 0 ] || chown "$PG_OWNER" "$fresh"
    as_owner env -C / "$PG_BIN/initdb" -D "$fresh" -U app -E UTF8 --locale=C.UTF-8 -k -A peer \
        >/dev/null || stop_with "Could not make the database folder $CLUSTER."
    configure_cluster "$fresh" | as_owner tee "$fresh/postgresql.auto.conf" >/dev/null
    echo "local all app,enroll_app peer map=operators" | as_owner tee "$fresh/pg_hba.conf" >/dev/null
    operators | as_owner tee "$fresh/pg_ident.conf" >/dev/null
    mv "$fresh" "$CLUSTER"
}

# Whom the machine's users may be: root and whoever owns the folder, either of the two.
operators() {
    local user
    for user in root postgres "$(id -un)"; do
        echo "operators $user app"
        echo "operators $user enroll_app"
    done
}

# A cluster of the time when there was one login.
mend_access() {
    grep -qxF "local all app peer map=operators" "$CLUSTER/pg_hba.conf" || return 0
    operators | as_owner tee "$CLUSTER/pg_ident.conf" >/dev/null
    as_owner sed -i 's/^local all app peer/local all app,enroll_app peer/' "$CLUSTER/pg_hba.conf"
    ! cluster_lives || reload_cluster
}

reload_cluster() { as_owner env -C / "$PG_BIN/pg_ctl" -D "$CLUSTER" -s reload; }

# Lets a user of this machine use the database as the service does; one that runs reads its list anew.
let_into_cluster() {
    local line="operators $1 enroll_app"
    if grep -qxF "$line" "$CLUSTER/pg_ident.conf"; then return; fi
    echo "$line" | as_owner tee -a "$CLUSTER/pg_ident.conf" >/dev/null
    reload_cluster
}

configure_cluster() {
    cat <<CONF
listen_addresses = ''
max_connections = 60
shared_buffers = 256MB
max_wal_size = 2GB
wal_compression = lz4
log_min_messages = warning
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_error_statement = panic
log_error_verbosity = terse
CONF
    # Tests of many suites connect at the same moment.
    [ -z "${CLUSTER_IS_FOR_TESTS:-}" ] || cat <<'EOF'
max_connections = 200
fsync = off
full_page_writes = off
# The tests share one database whose rows never stay: what the server saw of it between two of them says nothing.
autovacuum = off
EOF
}

# Whether its postmaster lives. A pid file may outlive it and name another process, so the folder is compared.
cluster_lives() {
    local pid
    read -r pid <"$CLUSTER/postmaster.pid" && [ "/proc/$pid/cwd" -ef "$CLUSTER" ]
} 2>/dev/null

drop_stale_pid_file() { cluster_lives || rm -f "$CLUSTER/postmaster.pid"; }

cluster_answers() { as_owner env -C / "$PG_BIN/pg_isready" -q -h "$SOCKET" -U app -d postgres; }

# Starts the cluster unless it runs; STARTED_CLUSTER says whether this call did it. Whoever comes meanwhile waits
# for the lock: a stale pid file that two drop would be the new one for the slower of them.
start_cluster() {
    mkdir -p "$(dirname "$CLUSTER")"
    exec 9>"$CLUSTER.starting"
    flock 9
    start_locked_cluster
    exec 9>&-
}

start_locked_cluster() {
    make_cluster
    mend_access
    STARTED_CLUSTER=
    local try
    for try in $(seq 1 100); do
        if cluster_answers; then return 0; fi
        drop_stale_pid_file
        # Where it listens follows from where the folder is now, which may have been moved.
        if as_owner env -C / "$PG_BIN/pg_ctl" -D "$CLUSTER" -w -t 60 -s -l "$CLUSTER/boot.log" \
            -o "-c unix_socket_directories='$SOCKET'" start >/dev/null 2>&1 8>&- 9>&-; then
            STARTED_CLUSTER=yes
            return 0
        fi
        sleep 0.1
    done
    tail -n 5 "$CLUSTER/boot.log" >&2
    stop_with "The database in $CLUSTER did not start; its last lines stand above."
}

# One look at a cluster that somebody needs: says when it has died, and starts it again.
mend_cluster() {
    if cluster_lives || cluster_answers; then return 0; fi
    say "The database in $CLUSTER has died (its last words are in boot.log there); starting it again."
    (start_cluster) || true
}

stop_cluster() {
    as_owner env -C / "$PG_BIN/pg_ctl" -D "$CLUSTER" -m fast -w -s stop >/dev/null 2>&1 || true
}

has_database() {
    as_owner env -C / psql -qAt -h "$SOCKET" -U app -d postgres \
        -c "SELECT 1 FROM pg_database WHERE datname = '$1'" | grep -q 1
}

# Two that need it at the same moment may both try to make it.
need_database() {
    has_database "$1" || as_owner env -C / createdb -h "$SOCKET" -U app "$1" || has_database "$1" ||
        stop_with "Could not make the database $1 in $CLUSTER."
}

# The login of the service; what it may do is said by `enroll migrate`.
need_login() {
    as_owner env -C / psql -qAtX -h "$SOCKET" -U app -d postgres -c "
        DO \$\$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'enroll_app') THEN CREATE ROLE enroll_app LOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END \$\$" ||
        stop_with "Could not make the login enroll_app in $CLUSTER."
}
