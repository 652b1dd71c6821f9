#!/usr/bin/env bash
# Runs a command; when it fails, says once more, last of all, which lines told of a failure.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" 2>&1 | tee "$log"
code=$?
if [ "$code" -ne 0 ]; then
  echo "--- what failed:"
  grep -a -A4 -E '✘|recorded an issue|error:' "$log" | tail -60
fi
exit "$code"
