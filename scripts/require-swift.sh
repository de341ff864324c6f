#!/bin/sh
# Ends with a sentence when Swift is missing or too old.
set -eu

swift=${SWIFT:-swift}
if ! command -v "$swift" >/dev/null; then
    echo "Swift 6.3 or later is needed and is not here. How to install it: https://www.swift.org/install/linux/" >&2
    exit 1
fi
version=$("$swift" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
major=${version% *}
minor=${version#* }
case "$major$minor" in
'' | *[!0-9]*) exit 0 ;; # A development snapshot names no version; let the build decide.
esac
if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 3 ]; }; then
    echo "Swift 6.3 or later is needed; this is $major.$minor. How to install it: https://www.swift.org/install/linux/" >&2
    exit 1
fi
