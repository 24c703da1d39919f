#!/usr/bin/env bash
# Makes genscope ready to run from the checked-out repository that this action is part of. What is installed is
# what the lock file says; install scripts of packages do not run.
set -euo pipefail
cd "$GITHUB_ACTION_PATH/../../.."

if ! command -v node >/dev/null; then
  echo "::error title=genscope::Node.js is not installed on this runner" >&2
  exit 1
fi
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'; then
  echo "::error title=genscope::genscope needs Node.js 20.19 or newer, this runner has $(node --version)" >&2
  exit 1
fi

if [ -f dist/main.js ]; then exit 0; fi
echo "::group::install genscope"
npm ci --ignore-scripts --no-audit --no-fund
npm run --silent build
echo "::endgroup::"
