#!/bin/sh
# Copies what starts jobs on this machine into one folder, for `landscape scan` elsewhere. It needs no
# Node, changes nothing, opens no connection and runs no job.
#   sh landscape-gather.sh              writes ./gathered/<host>; a folder as argument: <folder>/<host>
#   ssh etl01 sh -s -- - < landscape-gather.sh > etl01.tar         writes a tar to standard output
# Then, in landscape.yaml:   - cron: gathered/etl01/**
# Copied: crontabs of the system and of users, the scripts in cron.{hourly,daily,weekly,monthly},
# anacrontab, systemd timers with their services, /etc/hosts. As root it reads all users' crontabs.
# Files of secrets are never copied, but command lines may hold passwords: keep the folder safe.
set -u
umask 077
export LC_ALL=C
ROOT=${ROOT:-}         # another root folder, such as a mounted image; empty is this machine
MAX_KB=${MAX_KB:-1024} # larger files are left out
target=${1:-gathered}
case $target in -h | --help) sed -n '2,9s/^# \{0,3\}//p' "$0" && exit 0 ;; esac

if [ -n "$ROOT" ]; then host=$(head -n 1 "$ROOT/etc/hostname" 2>/dev/null)
else host=$(hostname -f 2>/dev/null) || host=$(uname -n); fi
case $host in localhost | localhost.*) host=$(uname -n) ;; esac
host=$(printf '%s' "$host" | tr -cd 'A-Za-z0-9._-')
case $host in '' | .*) host=unknown ;; esac

to_tar=no
if [ "$target" = - ]; then
  to_tar=yes
  target=$(mktemp -d "${TMPDIR:-/tmp}/landscape-gather.XXXXXX") || exit 1
  trap 'rm -rf "$target"' EXIT
  trap 'exit 1' HUP INT TERM
fi
out=$target/$host
notes=$out/landscape-host.txt
mkdir -p "$out" && : > "$notes" || exit 1
note() { printf '%s\n' "$(printf '%s' "$1" | tr '\r\n' '  ')" >> "$notes"; }

# keep FILE [NAME]: copies one file to its place below the folder, or notes why not.
keep() {
  [ -f "$ROOT$1" ] || return 0
  to=$out/${2:-${1#/}}
  if [ ! -r "$ROOT$1" ]; then note "unread=$1: no permission"
  elif [ -n "$(find -L "$ROOT$1" -size +"$((MAX_KB * 2))" 2>/dev/null)" ]; then
    note "unread=$1: larger than $MAX_KB KB"
  else mkdir -p "${to%/*}" && cat "$ROOT$1" > "$to" || note "unread=$1: could not be copied"; fi
}

# opens FOLDER: whether it is there and can be listed.
opens() {
  [ -d "$ROOT$1" ] || return 1
  [ -r "$ROOT$1" ] && [ -x "$ROOT$1" ] && return 0
  note "unread=$1: no permission"
  return 1
}

# The zone of the clock: by name, else by where /etc/localtime leads.
zone=$(head -n 1 "$ROOT/etc/timezone" 2>/dev/null)
link=$(ls -l "$ROOT/etc/localtime" 2>/dev/null)
[ -n "$zone" ] || case $link in *zoneinfo/*) zone=${link##*zoneinfo/} ;; esac
note "host=$host"
note "timezone=$(printf '%s' "$zone" | tr -cd 'A-Za-z0-9/_+-')"
note "gathered=$(date -u +%Y-%m-%dT%H:%M:%SZ)"

for file in /etc/crontab /etc/anacrontab /etc/hosts; do keep "$file"; done
if opens /etc/cron.d; then
  for entry in "$ROOT"/etc/cron.d/*; do keep "/etc/cron.d/${entry##*/}"; done
fi
for folder in /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly; do
  opens "$folder" || continue
  for entry in "$ROOT$folder"/*; do
    # run-parts leaves aside what it may not execute.
    if [ -x "$entry" ]; then keep "$folder/${entry##*/}"
    elif [ -f "$entry" ]; then note "left=$folder/${entry##*/}: not executable"; fi
  done
done

# Crontabs of users, whose names are those of the files; without permission at least one's own.
for spool in /var/spool/cron/crontabs /var/spool/cron/tabs /var/spool/cron; do
  opens "$spool" || continue
  for entry in "$ROOT$spool"/*; do keep "$spool/${entry##*/}" "crontabs/${entry##*/}"; done
done
if [ -z "$ROOT" ] && me=$(id -un) && [ ! -e "$out/crontabs/$me" ] && table=$(crontab -l 2>/dev/null)
then mkdir -p "$out/crontabs" && printf '%s\n' "$table" > "$out/crontabs/$me"; fi

# Timers, the services that they start, and the changes to both. A masked unit leads to /dev/null.
keep_unit() {
  case $(ls -l "$ROOT$1") in
  *'-> /dev/null') mkdir -p "$out/${1%/*}" && : > "$out/${1#/}" ;;
  *) keep "$1" ;;
  esac
}
units='/etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system'
[ -L "$ROOT/lib" ] || units="$units /lib/systemd/system"
started=' '
for folder in $units; do
  for entry in "$ROOT$folder"/*.timer "$ROOT$folder"/*.timer.d/*.conf; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    path=${entry#"$ROOT"}
    keep_unit "$path"
    unit=${path#"$folder"/}
    named=$(sed -n 's/^[[:space:]]*Unit[[:space:]]*=[[:space:]]*//p' "$entry" 2>/dev/null | tr -d '\r')
    for name in "${unit%%.timer*}.service" $named; do
      started="$started$name ${name%%@*}@.service "
    done
  done
done
for folder in $units; do
  for entry in "$ROOT$folder"/*.service "$ROOT$folder"/*.service.d/*.conf; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    path=${entry#"$ROOT"}
    unit=${path#"$folder"/}
    case $started in *" ${unit%%.d/*} "*) keep_unit "$path" ;; esac
  done
done

# Which timers run: those that a target wants, and what systemd itself says.
if [ -d "$ROOT/run/systemd/system" ]; then note systemd=yes
elif [ -z "$ROOT" ]; then note systemd=no; fi
{
  for folder in $units; do
    for entry in "$ROOT$folder"/*.wants/*.timer "$ROOT$folder"/*.requires/*.timer; do
      if [ -e "$entry" ] || [ -L "$entry" ]; then printf '%s\n' "${entry##*/}"; fi
    done
  done
  [ -n "$ROOT" ] || systemctl list-timers --no-legend --no-pager 2>/dev/null
} > "$out/landscape-timers.txt"
# An empty list would mean that no timer runs, which nobody said.
[ -s "$out/landscape-timers.txt" ] || rm -f "$out/landscape-timers.txt"

if [ "$to_tar" = yes ]; then (cd "$target" && tar -cf - "$host"); else echo "wrote $out" >&2; fi
missing=$(grep -c '^unread=' "$notes")
[ "$missing" = 0 ] || echo "$missing could not be read: see unread= in landscape-host.txt" >&2
exit 0
