"""What is quick, and what is not: one table, measured against the servers a user would choose instead.

    python3 benches/table.py [--quick] [--only PART] [--builds] [--write]

It measures target/release/wsgi-tutor, or what the environment variable WSGI_TUTOR names, and fetches
the peers as tests/peers does, into target/peers. Each figure is taken in turns with its peers' in one
run, so that a noisy machine hurts all of them alike, and the ratios mean more than the times do.
"""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable

import diagnosis
import document
import frames
import idle
import load
import memory
import reloads
import rows
import servers
import sizes
import starts
import streams
import wheel

PARTS: dict[str, Callable[[bool], rows.Part]] = {
    "requests": load.part,
    "starts": starts.part,
    "frames": frames.first,
    "reloads": reloads.part,
    "keys": frames.keys,
    "diagnosis": diagnosis.part,
    "idle": idle.part,
    "memory": memory.part,
    "streams": streams.part,
    "sizes": sizes.part,
    "wheel": wheel.part,
}
# Not compared with a peer, so that one of them can be written anew without the others.
UNJUDGED = ("diagnosis", "streams", "sizes", "wheel")


def main() -> int:
    options = arguments()
    # So that all that was started is ended.
    for way in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(way, signal.default_int_handler)
    parts = PARTS | ({"sizes": sizes.builds} if options.builds else {})
    busy = os.getloadavg()[0]
    embedded = servers.has_embedded()
    if not embedded:
        print("This build has no embedded Python; its figures are left out.", flush=True)
    measured, failed = [], []
    for name in options.only or parts:
        try:
            measured.append(parts[name](options.quick))
        except Exception:
            # The other parts take minutes, and are worth something without this one.
            traceback.print_exc()
            failed.append(name)
            continue
        print(rows.printed(measured[-1]), flush=True)
    if failed:
        print(f"\nNot measured: {', '.join(failed)}", flush=True)
    elif options.only and options.write:
        for part in measured:
            document.FILE.write_text(document.with_part(part), encoding="utf-8")
    elif options.write:
        text = document.written(measured, options.quick, embedded, busy)
        document.FILE.write_text(text, encoding="utf-8")
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="take fewer rounds")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part")
    parser.add_argument("--builds", action="store_true", help="build the program from nothing, too")
    parser.add_argument("--write", action="store_true", help="write docs/speed.md")
    options = parser.parse_args()
    if options.write and not set(options.only or ()) <= set(UNJUDGED):
        parser.error(f"--write needs all parts, or some of {', '.join(UNJUDGED)} only")
    return options


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Stopped.")
