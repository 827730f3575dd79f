"""What is quick, and what is not: one table, measured against the servers a user would choose instead.

    python3 benches/table.py [--quick] [--only PART] [--write]

It measures target/release/wsgi-tutor, or what the environment variable WSGI_TUTOR names, and fetches the
peers as tests/peers does, into target/peers. Each figure is taken in turns with its peers' in one run, so
that a noisy machine hurts all of them alike, and the ratios mean more than the times do.
"""

import argparse
import signal
import sys
from collections.abc import Callable

import load
import rows
import starts

PARTS: dict[str, Callable[[bool], rows.Part]] = {
    "requests": load.part,
    "starts": starts.part,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="take fewer rounds")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure one part")
    options = parser.parse_args()
    # So that all that was started is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name, part in PARTS.items():
        if not options.only or name in options.only:
            print(rows.printed(part(options.quick)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
