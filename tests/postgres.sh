#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL beside it:
#
#   tests/postgres.sh COMMAND [ARGUMENT]...
#
# The command finds the cluster in HAILONG_TEST_POSTGRES. It is as durable as a real one
# (fsync on), listens on 127.0.0.1 and a socket of its own, and is gone when the command ends.
# The exit code is the command's.
set -euo pipefail

fail() {
  echo "tests/postgres.sh: $*" >&2
  exit 1
}

(($#)) || fail "say which command to run"

# Debian keeps the server's programs out of the path; the newest version is taken.
bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
PATH=${bin:+$bin:}$PATH
command -v initdb >/dev/null || fail "install PostgreSQL first: apt-get install postgresql"

# initdb and the server refuse to run as root.
as=()
dir=$(mktemp -d "${TMPDIR:-/tmp}/hailong-postgres.XXXXXX")
if [ "$(id -u)" = 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$user:" "$dir"
  as=(runuser -u "$user" --)
fi

cluster() { (cd "$dir" && exec "${as[@]}" env PATH="$PATH" "$@"); }

command_pid=
# shellcheck disable=SC2317 # The trap below calls it.
cleanup() {
  trap '' INT TERM HUP
  [ -z "$command_pid" ] || kill "$command_pid" 2>/dev/null || :
  [ ! -e "$dir/data/postmaster.pid" ] || cluster pg_ctl -D "$dir/data" -m immediate -w stop >/dev/null || :
  rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

cluster initdb -D "$dir/data" -U postgres -E UTF8 --locale=C.UTF-8 --auth=trust --no-sync >"$dir/log" ||
  { cat "$dir/log" >&2; fail "initdb failed"; }
cluster tee "$dir/data/pg_hba.conf" >/dev/null <<'HBA'
local all all peer
host all all 127.0.0.1/32 trust
HBA

# A port may be taken between a look and the start, so the start itself is the look.
for try in {1..20}; do
  port=$((20000 + RANDOM % 12000))
  options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dir"
  options+=" -c max_connections=300 -c fsync=on -c synchronous_commit=on"
  cluster pg_ctl -D "$dir/data" -l "$dir/data/log" -o "$options" -w start >"$dir/log" 2>&1 && break
  [ "$try" -lt 20 ] || { tail -n 20 "$dir/data/log" "$dir/log" >&2; fail "PostgreSQL did not start"; }
done

export HAILONG_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"

# In the background and waited for, so that a signal ends it at once; a shell would let a
# background command ignore Ctrl-C.
env --default-signal=INT,QUIT -- "$@" <&0 &
command_pid=$!
status=0
wait "$command_pid" || status=$?
command_pid=
exit "$status"
