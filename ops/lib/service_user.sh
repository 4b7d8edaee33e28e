# Whom the server runs as. Started by an ordinary user, as that user. Started by root, as a user of its own that owns
# nothing but the keys and the mail folder: whoever breaks into the server is not root. What that user cannot reach
# below a closed folder (a checkout in /root) lies beside the database in /var/lib/promotion-enrollment.

SERVICE_USER=promotion-enrollment

# Before anything else: for root, the user, or `nobody` where none can be made.
need_service_user() {
    if [ "$(id -u)" != 0 ]; then SERVICE_USER=$(id -un); return; fi
    if id -u "$SERVICE_USER" >/dev/null 2>&1; then return; fi
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin \
        "$SERVICE_USER" >&2 || true
    if id -u "$SERVICE_USER" >/dev/null 2>&1; then return; fi
    say "The user $SERVICE_USER cannot be made; the server runs as nobody."
    SERVICE_USER=nobody
}

# Sets AS_SERVICE, what stands before a command that is to run as the server does. With `low` it may still take a
# port below 1024.
run_as_service() {
    AS_SERVICE=()
    [ "$(id -u)" = 0 ] || return 0
    local kept=-all
    [ "${1:-}" != low ] || kept=-all,+net_bind_service
    AS_SERVICE=(setpriv --reuid "$SERVICE_USER" --regid "$(id -g "$SERVICE_USER")" --init-groups --no-new-privs
        --inh-caps="$kept" --ambient-caps="$kept" --)
}

service_can() { run_as_service; "${AS_SERVICE[@]}" test "$@"; }

# Whether every file below the folders can be read.
service_can_read() {
    run_as_service
    [ -z "$("${AS_SERVICE[@]}" find "$@" ! -readable -print -quit 2>&1)" ]
}

# Sets PLACE, where keys and letters of the installation in DATA lie.
service_place() {
    PLACE=$DATA
    service_can -x "$DATA" || PLACE=$(closed_place "$DATA")
}

# Where that lies which belongs to a folder that others cannot reach.
closed_place() { echo "/var/lib/promotion-enrollment/$(printf %s "$1" | sha256sum | cut -c1-16)"; }

# Gives the server its keys and letters, also those that root has made: before it served as somebody else, or just now
# by a command. What belongs to a third stays theirs.
hand_over() {
    [ "$(id -u)" = 0 ] || return 0
    local name owner
    (umask 022; mkdir -p "$PLACE")
    for name in keys mail; do
        [ "$PLACE" = "$DATA" ] || move_to_place "$name"
        [ -d "$PLACE/$name" ] || install -d -m 700 "$PLACE/$name"
        owner=$(stat -Lc %U "$PLACE/$name")
        if [ "$owner" != root ] && [ "$owner" != "$SERVICE_USER" ]; then continue; fi
        hand_over_files "$PLACE/$name"
    done
}

# Only what is not the server's yet. Letters come and go under our eyes, also those that another command of root's
# writes: what is gone, or has another name by now, is no trouble.
hand_over_files() {
    find -H "$1" -ignore_readdir_race ! -user "$SERVICE_USER" -exec bash -c '
        for file in "${@:2}"; do
            if chown -h "$1" "$file" 2>/dev/null || { [ ! -e "$file" ] && [ ! -L "$file" ]; }; then continue; fi
            chown -h "$1" "$file" || failed=yes
        done
        [ -z "${failed:-}" ]' bash "$SERVICE_USER:" {} +
}

# Moves DATA/NAME to PLACE, whole or not at all, and leaves a link: people and backups look for it in DATA.
move_to_place() {
    local here=$DATA/$1 there=$PLACE/$1
    if [ -d "$here" ] && [ ! -L "$here" ]; then
        [ ! -e "$there" ] || stop_with "There is $here and there is $there: see which of them counts, and move the other away."
        rm -rf "$there.new"
        cp -a "$here" "$there.new"
        mv "$there.new" "$there"
        mv "$here" "$here.moved"
    fi
    ln -sfn "$there" "$here"
    rm -rf "$here.moved"
}

# A folder for letters that the operator named.
check_mail_folder() {
    local url folder
    url=$(given SMTP_URL)
    folder=${url#folder:}
    if [ "$url" = "$folder" ] || [ "$folder" = "$PLACE/mail" ]; then return 0; fi
    [ -e "$folder" ] || install -d -m 700 -o "$SERVICE_USER" "$folder"
    service_can -w "$folder" || stop_with \
        "The server runs as $SERVICE_USER, who cannot write letters to $folder (ENROLL_SMTP_URL): choose another folder, or chown it."
}

# Sets AS_SERVICE, and SERVED, what is started: the binary as it lies in the checkout, or a copy of all that it reads
# where the checkout is closed to the server.
prepare_service() {
    local environment=()
    SERVED=$BINARY
    if [ "$(id -u)" = 0 ]; then
        hand_over
        check_mail_folder
        stage_program
        stage_config
        service_can -w "${TMPDIR:-/var/tmp}" || environment+=(-u TMPDIR)
        service_can -x . || environment+=(-C /)
    fi
    if [ "$1" -lt 1024 ]; then run_as_service low; else run_as_service; fi
    # The server has no business with the owner's login.
    if [ ${#AS_SERVICE[@]} = 0 ]; then
        AS_SERVICE=(env -u ENROLL_DATABASE_OWNER)
    else
        AS_SERVICE=(env -u ENROLL_DATABASE_OWNER "${environment[@]}" HOME=/nonexistent "${AS_SERVICE[@]}")
    fi
}

stage_program() {
    local library libraries
    libraries=$(ldd "$BINARY" | awk '$2 == "=>" && $3 ~ "^/" { print $3 }')
    if service_can -x "$BINARY" && service_can_read "$ROOT/Migrations" "$ROOT/Exports" $libraries; then return; fi
    local program=$PLACE/program
    rm -rf "$program"
    install -d -m 755 "$program" "$program/lib"
    install -p -m 755 "$BINARY" "$program/enroll"
    cp -rL "$ROOT/Migrations" "$ROOT/Exports" "$program/"
    for library in $libraries; do
        service_can_read "$library" || cp -L "$library" "$program/lib/"
    done
    chmod -R a+rX "$program"
    SERVED=$program/enroll
    export ENROLL_HOME=$program LD_LIBRARY_PATH=$program/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}

# A file of settings that only root can read: the server gets a copy for its own eyes.
stage_config() {
    rm -f "$PLACE/config"
    if [ -z "${ENROLL_CONFIG:-}" ] || service_can -r "$ENROLL_CONFIG"; then return 0; fi
    install -m 400 -o "$SERVICE_USER" "$ENROLL_CONFIG" "$PLACE/config"
    export ENROLL_CONFIG=$PLACE/config
}
