"""Reads the same files as the other text benchmarks and makes text of each with Python's email package."""

import email
import email.policy
import os
import sys
import time


def text(octets: bytes) -> str:
    message = email.message_from_bytes(octets, policy=email.policy.default)
    part = message.get_body(preferencelist=("plain", "html"))
    return part.get_content() if part is not None else ""


def main() -> None:
    folder, least = sys.argv[1], float(sys.argv[2])
    files = [open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))]
    octets = rounds = failures = 0
    start = time.monotonic()
    while rounds == 0 or time.monotonic() - start < least:
        failures = 0
        for content in files:
            octets += len(content)
            try:
                text(content)
            except Exception:
                failures += 1
        rounds += 1
    print(octets / (time.monotonic() - start) / 1e6, failures)


main()
