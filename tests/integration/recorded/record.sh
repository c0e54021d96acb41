#!/bin/sh
# Records what Novu's own Node clients ask of the simulated Novu and were content with, and what the npm package
# answers when the simulation drives its workflow. Needs Node and npm; run it from anywhere: tests/integration/recorded/record.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cd "$here"
test -d node_modules || npm install --no-audit --no-fund --no-package-lock
cd "$root"
python=${PYTHON:-$root/.venv/bin/python}
"$python" -m tests.integration.recorded.record
"$python" -m tests.integration.recorded.record_first
"$python" -m tests.integration.recorded.record_inbox
"$python" -m tests.integration.recorded.record_node
