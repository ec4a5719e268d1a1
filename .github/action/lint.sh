#!/usr/bin/env bash
# Runs clauselint for the action: annotations on standard output, a SARIF log for the
# upload, a summary on the page of the run. Its exit code is that of clauselint.
#
#   CLAUSELINT  the program
#   PATHS       files, folders and globs, one a line
#   FAIL_ON     severity that fails the run
#   CONFIG      configuration; empty for that of each file
set -euo pipefail

sarif=${RUNNER_TEMP:?}/clauselint.sarif
summary=$RUNNER_TEMP/clauselint-summary.md
rm -f "$sarif" "$summary"

args=(--fail-on "$FAIL_ON" -f github -f "sarif=$sarif" -f "github-summary=$summary")
if [[ -n ${CONFIG:-} ]]; then args+=(--config "$CONFIG"); fi
args+=(--)
while IFS= read -r path; do
	path=${path%$'\r'}
	if [[ -n $path ]]; then args+=("$path"); fi
done <<<"$PATHS"

code=0
"$CLAUSELINT" "${args[@]}" || code=$?
if [[ -f $summary ]]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
# Without a log there is nothing to upload, and the step that would is passed over.
if [[ -f $sarif ]]; then echo "sarif=$sarif" >>"$GITHUB_OUTPUT"; fi
exit "$code"
