#!/bin/sh
# Installs the pinned npm package and records its answers into ../fixtures. Needs Node 20 or later.
set -eu
cd "$(dirname "$0")"
npm install --no-package-lock --no-audit --no-fund --silent
exec node record.mjs "$@"
