#!/bin/sh
# Checks the layout of all Swift sources with the toolchain's swift-format; --fix changes them instead.
set -eu

cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}

set -- "${1:-}"
fix=$1
set -- Package.swift
for folder in Sources Testing Tests Demo Benchmarks Fuzz; do
    # A package of its own has a .build folder, which is not ours to judge.
    if [ -d "$folder" ]; then
        for path in "$folder"/* ; do
            case "$path" in
            *.swift) set -- "$@" "$path" ;;
            *) if [ -d "$path" ]; then set -- "$@" "$path"; fi ;;
            esac
        done
    fi
done

if [ "$fix" = --fix ]; then
    exec "$swift" format format --in-place --parallel --recursive --configuration .swift-format "$@"
fi
if ! "$swift" format lint --strict --parallel --recursive --configuration .swift-format "$@"; then
    echo "The layout differs from what swift-format has. Run: make format" >&2
    exit 1
fi
echo "Layout: as swift-format has it."
