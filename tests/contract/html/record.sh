#!/bin/sh
# Installs the pinned npm package and records what it answers for each document here. Needs Node 20 or later.
set -eu
cd "$(dirname "$0")"
npm install --no-package-lock --no-audit --no-fund --silent --omit=dev
exec node record.mjs
