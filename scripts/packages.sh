#!/usr/bin/env bash
# Installs the Debian packages that are missing, and says which. Usage: scripts/packages.sh run|test [PYTHON]
set -euo pipefail

python=${2:-python3}
declare -A PROBE=(
  [python3-venv]="'$python' -c 'import ensurepip, venv'"
  [fonts-noto-cjk]="ls /usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc /usr/share/fonts/truetype/wqy/*.ttc"
  [fonts-unifont]="ls /usr/share/fonts/opentype/unifont/unifont.otf"
  [libusb-1.0-0]="ls /usr/lib/*/libusb-1.0.so.0 /lib/*/libusb-1.0.so.0"
  [alsa-utils]="command -v aplay"
  [cups-client]="command -v lp"
  [cups-daemon]="ls /usr/sbin/cupsd"
  [chromium]="command -v chromium"
  [postgresql]="ls /usr/lib/postgresql/*/bin/postgres"
  [socat]="command -v socat"
)
case "${1:-}" in
  run)  wanted=(python3-venv fonts-noto-cjk fonts-unifont libusb-1.0-0 alsa-utils) ;;
  test) wanted=(python3-venv fonts-noto-cjk fonts-unifont libusb-1.0-0 alsa-utils chromium postgresql cups-client cups-daemon socat) ;;
  *)    echo "usage: $0 run|test [PYTHON]" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  # One of several fonts is enough, so a listing that finds only some of them counts as found.
  found=$(bash -c "${PROBE[$package]}" 2>/dev/null && echo yes || true)
  [ -n "$found" ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo > /dev/null; then
    echo "ask an administrator to run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "installing: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
# The cluster that the package would create is not wanted: the tests run a server of their own.
"${as_root[@]}" mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
  echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf > /dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
