#!/bin/sh
# Installs the npm packages that are pinned here and records their answers anew. Needs Node 20 or later.
set -eu
cd "$(dirname "$0")"
for recorder in */package.json; do
  (
    cd "$(dirname "$recorder")"
    npm install --omit=dev --no-package-lock --no-audit --no-fund --silent
    npm run --silent record
  )
done
