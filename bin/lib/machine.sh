# shellcheck shell=bash
# What the scripts in bin/ need of the machine: found where it is there, installed where it is not.
# Sourced, never run. The machine may be a minimal Debian or Ubuntu: no curl, no sudo, no ps.

say() {
  printf '%s\n' "$*"
}

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The folder of the project, wherever the script was called from.
root_directory() {
  cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd
}

# property NAME: what pom.xml sets it to.
property() {
  sed -n "s:.*<${1//./\\.}>\(.*\)</.*:\1:p" pom.xml
}

has() {
  command -v "$1" >/dev/null 2>&1
}

as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

package_lists_are_fresh=false

# install_packages [APT OPTION…] PACKAGE…
install_packages() {
  has apt-get || fail "this machine has no apt-get; install these by hand: $*"
  [[ $(id -u) -eq 0 ]] || has sudo || fail "not root and no sudo; have these installed: $*"
  say "Installing $*"
  if [[ $package_lists_are_fresh == false ]]; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null || fail "apt-get update failed"
    package_lists_are_fresh=true
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null \
    || fail "apt-get could not install: $*"
}

# at_least WANTED VERSION: compares dotted version numbers.
at_least() {
  [[ $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]
}

# Prints the first version number that a command mentions, or nothing.
version_of() {
  local output
  output=$("$@" 2>&1) || return 0
  [[ $output =~ [0-9]+(\.[0-9]+)* ]] && printf '%s' "${BASH_REMATCH[0]}"
  return 0
}

# A JDK counts, a JRE does not: javac builds the project.
java_and_maven_are_here() {
  local java=java javac=javac
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java javac=$JAVA_HOME/bin/javac
  fi
  has "$java" && has "$javac" && has mvn \
    && at_least 17 "$(version_of "$javac" -version)" && at_least 3.8 "$(maven_version)"
}

maven_version() {
  local output
  # -B leaves out colours, which would stand before the number.
  output=$(mvn -B -v 2>/dev/null) || return 0
  [[ $output =~ Apache\ Maven\ ([0-9.]+) ]] && printf '%s' "${BASH_REMATCH[1]}"
  return 0
}

need_java_and_maven() {
  java_and_maven_are_here && return
  install_packages default-jdk-headless maven
  java_and_maven_are_here || fail "needs a JDK of version 17 or newer and Maven 3.8 or newer (java and mvn on PATH, or JAVA_HOME)"
}

node_is_here() {
  has node && has npm && at_least 18.17 "$(version_of node --version)"
}

need_node() {
  node_is_here && return
  # Debian's npm recommends a compiler tool chain that nothing here uses.
  install_packages --no-install-recommends nodejs npm
  node_is_here || fail "needs Node.js 18.17 or newer with npm"
}

# Prints the path of a browser that answers; Ubuntu's stub, which only points to snap, does not.
find_chromium() {
  local name
  for name in "${CHROMIUM:-chromium}" chromium chromium-browser google-chrome google-chrome-stable; do
    if has "$name" && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}

need_chromium() {
  if ! CHROMIUM=$(find_chromium); then
    # In a subshell: where there is no such package, the message below says more than apt-get's.
    (install_packages chromium) || true
    CHROMIUM=$(find_chromium) \
      || fail "no working Chromium. On Ubuntu the package chromium is a pointer to snap: run 'snap install chromium', or install Google Chrome's own .deb, then start this again"
  fi
  export CHROMIUM
}

# Asks for localhost, so that a listener on either of 127.0.0.1 and ::1 counts: a browser may meet both.
port_is_free() {
  ! (exec 3<>"/dev/tcp/localhost/$1") 2>/dev/null
}

is_alive() {
  kill -0 "$1" 2>/dev/null
}

# http_status URL: prints the status code of http://host:port/path, or nothing. Bash alone, as curl may be missing.
http_status() {
  local address=${1#http://} version status
  local authority=${address%%/*} path=/
  [[ $address == */* ]] && path=/${address#*/}
  (
    exec 3<>"/dev/tcp/${authority%:*}/${authority##*:}" || exit
    printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$authority" >&3
    # A server that accepts and then says nothing must not hold up the one who waits.
    read -r -t 5 version status _ <&3 && [[ $version == HTTP/* ]] && printf '%s' "$status"
  ) 2>/dev/null || true
}

# wait_for_http URL SECONDS [PID]: true once the URL answers 200; false at the deadline, or as soon as PID has ended.
wait_for_http() {
  local url=$1 deadline=$((SECONDS + $2)) pid=${3:-}
  until [[ $(http_status "$url") == 200 ]]; do
    [[ -z $pid ]] || is_alive "$pid" || return 1
    ((SECONDS < deadline)) || return 1
    sleep 0.5
  done
}
