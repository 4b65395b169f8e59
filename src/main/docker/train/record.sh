#!/bin/bash
# Records the AOT cache of the program in the working folder, app.aot, and shows that it is taken.
#   record.sh JAVA OPTIONS PORT [OPTION...]
# The program starts without its neighbours, answers its probes and ends: what it loads and links for that is recorded. Nothing of it
# depends on a database or a broker but the migrations, which are left out.
set -euo pipefail

java=$1
options=$2
port=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Nobody listens on port 1.
export QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$port
export TIDEMILL_STORAGE_ROOT=$work/storage TIDEMILL_WORKSPACE_ROOT=$work/workspace
export TIDEMILL_DATABASE_HOST=127.0.0.1 TIDEMILL_DATABASE_PORT=1 AMQP_HOST=127.0.0.1 AMQP_PORT=1
export QUARKUS_FLYWAY_MIGRATE_AT_START=false

# The status line of probe $1, nothing while nobody answers.
probe() {
    { exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /q/health/%s HTTP/1.0\r\n\r\n' "$1" >&3 && head -n 1 <&3; } 2>/dev/null || true
}

# Starts the program with the options given, waits until it lives, asks whether it is ready (it is not), ends it.
run() {
    "$java" "@$options" "$@" -jar quarkus-run.jar >"$work/log" 2>&1 &
    program=$!
    until [[ $(probe live) == *' 200 '* ]]; do
        kill -0 "$program" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
        sleep 0.2
    done
    [[ $(probe ready) == *' 503 '* ]] || { echo "who took the part of the neighbours?" >&2; exit 1; }
    kill "$program"
    wait "$program" || [ $? -eq 143 ] # the JVM's own answer to SIGTERM
}

rm -f app.aot
run "$@" -XX:AOTCacheOutput=app.aot
[ -s app.aot ] || { cat "$work/log" >&2; exit 1; }
# With AOTMode=on a cache that does not fit ends the start.
run "$@" -XX:AOTMode=on -XX:AOTCache=app.aot
echo "app.aot: $(stat -c %s app.aot) bytes"
