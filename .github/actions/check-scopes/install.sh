#!/usr/bin/env bash
# Prepares genscope in the checked-out repository that contains this action. Installs exactly the packages of the
# lock file, without their install scripts.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"

if ! command -v node >/dev/null; then
  echo "::error title=genscope::Node.js is not installed on this runner" >&2
  exit 1
fi
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'; then
  echo "::error title=genscope::genscope needs Node.js 20.19 or newer, this runner has $(node --version)" >&2
  exit 1
fi

if [ -f dist/main.js ]; then exit 0; fi

# Variables for npm and the packages it installs: no credential of the job and no passphrase.
allowed=(PATH HOME USER LOGNAME TMPDIR TMP TEMP LANG LC_ALL TZ SYSTEMROOT SYSTEMDRIVE COMSPEC PATHEXT)
allowed+=(APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES USERPROFILE XDG_CONFIG_HOME XDG_CACHE_HOME)
# Variables with which npm reaches its registry. Only the download step, which runs no package script, receives them.
network=(HTTPS_PROXY HTTP_PROXY NO_PROXY https_proxy http_proxy no_proxy NODE_EXTRA_CA_CERTS SSL_CERT_FILE)
network+=(npm_config_registry npm_config_cache npm_config_userconfig npm_config_cafile npm_config_offline)

# run_with NAMES... -- COMMAND...: runs the command with these variables and no others.
run_with() {
  local clean=()
  while [ "$1" != -- ]; do
    if [ -n "${!1+set}" ]; then clean+=("$1=${!1}"); fi
    shift
  done
  shift
  env -i "${clean[@]}" "$@"
}

echo "::group::install genscope"
run_with "${allowed[@]}" "${network[@]}" -- npm ci --ignore-scripts --no-audit --no-fund
run_with "${allowed[@]}" -- npm run --silent build
echo "::endgroup::"
