#!/usr/bin/env bash
# Turns the action's inputs into one command line and runs it. Inputs arrive as variables and are never evaluated.
# Each value is attached to its flag, and operations follow `--`, so that no input can be read as a flag.
set -uo pipefail

arguments=(check-scopes)

# add_one FLAG VALUE: adds nothing for an empty value.
add_one() {
  if [ -n "$2" ]; then arguments+=("$1=$2"); fi
}

# add_each PREFIX LINES: adds one word for each line that is not blank.
add_each() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=$(trim "$line")
    if [ -n "$line" ]; then arguments+=("$1$line"); fi
  done <<<"$2"
}

trim() {
  local text=${1#"${1%%[![:space:]]*}"}
  printf '%s' "${text%"${text##*[![:space:]]}"}"
}

if [ -n "${INPUT_REGION:-}" ]; then export GENESYSCLOUD_REGION=$INPUT_REGION; fi

add_one --policy "${INPUT_POLICY:-}"
add_one --service "${INPUT_SERVICE:-}"
add_one --env "${INPUT_ENV:-}"
add_one --division "${INPUT_DIVISION:-}"
add_one --fail-on "${INPUT_FAIL_ON:-}"
if [ "${INPUT_MAX:-}" = true ]; then arguments+=(--max); fi
add_each --permission= "${INPUT_PERMISSIONS:-}"
add_each --scan= "${INPUT_SCAN:-}"
add_each --report= "${INPUT_REPORTS:-}"
if [ "${INPUT_SUMMARY:-}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  add_one --report "markdown=$GITHUB_STEP_SUMMARY"
fi
arguments+=(--)
add_each "" "${INPUT_OPERATIONS:-}"

node "$GITHUB_ACTION_PATH/bin/genscope.js" "${arguments[@]}"
code=$?
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
