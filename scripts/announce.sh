#!/bin/sh
# Says in one line what is about to be built and, where nothing was built before, how long that takes.
#   scripts/announce.sh release|debug "the server"
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
if [ -d "$root/.build/$1" ]; then
    echo "Building $2."
else
    echo "Building $2. The first build fetches and compiles the dependencies too: about 10 minutes on 2 cores."
fi
