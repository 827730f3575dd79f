"""Judges the standard library and well-known packages as if they were a learner's project.

    python3 tests/peers/corpus.py
    python3 tests/peers/corpus.py --only Flask

For each file it makes a recording of exchanges in which every line of the file ran, and asks
`wsgi-tutor show` what is wrong in it. A mistake that is planted at the end of the file has to be found,
at its line, and nothing else, unless corpus_known.py lists it with a reason. A crash, a complaint and a
file that takes too long are failures, too.

It takes Python 3.10 or later, and PyPI: the first run fetches the packages of corpus-requirements.txt
into target/corpus. The program is target/release/wsgi-tutor, or what `--program` or the environment
variable WSGI_TUTOR names.

The exit status is 1 when anything failed.
"""

import argparse
import concurrent.futures
import functools
import os
import signal
import sys
import time

import corpus_files
import corpus_judge
import corpus_known
import servers

SLOWEST = 10


def main():
    options = _options()
    # As Ctrl-C does, so that nothing goes on in the processes of the pool.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    names = options.only or [*corpus_files.packages(), corpus_files.STDLIB]
    if names != [corpus_files.STDLIB]:
        corpus_files.fetch()
    limits = corpus_judge.Limits(options.patience, time.monotonic() + 60 * options.minutes)
    judge = functools.partial(corpus_judge.judge, options.program, limits)
    verdicts = []
    known = corpus_known.Known()
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for name in names:
            verdicts += _package(pool, judge, name, known)
    _tell_skipped(verdicts)
    _tell_slowest(verdicts)
    judged = [verdict for verdict in verdicts if not verdict.skipped]
    failed = sum(1 for verdict in judged if verdict.failures)
    stale = known.unseen(names)
    for entry in stale:
        print(f"Nothing shows this entry of corpus_known.py any more: {entry}")
    print(f"{len(judged) - failed} passed, {failed} failed")
    return 1 if failed or stale else 0


def _options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", help="the wsgi-tutor that is asked")
    parser.add_argument(
        "--only", action="append", metavar="NAME",
        help=f"judge only this package, or {corpus_files.STDLIB}; may be given several times",
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="files at once")
    parser.add_argument("--patience", type=float, default=10, help="seconds for one file")
    parser.add_argument("--minutes", type=float, default=15, help="minutes for everything")
    options = parser.parse_args()
    unknown = set(options.only or []) - {*corpus_files.packages(), corpus_files.STDLIB}
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))} in the corpus")
    options.program = options.program or servers.tutor()
    return options


def _package(pool, judge, name, known):
    """Judges the files of a package, and tells of them."""
    before = time.monotonic()
    names, paths = zip(*corpus_files.files(name))
    verdicts = list(pool.map(judge, names, paths, chunksize=4))
    for verdict in verdicts:
        for found in verdict.found:
            if not known.allows(verdict.name, found):
                verdict.failures.append(
                    f"{found.slug} ({found.severity}) at line {found.line}: {found.text}\n"
                    f"      {found.message}"
                )
    failed = [verdict for verdict in verdicts if verdict.failures]
    seconds = time.monotonic() - before
    print(f"{name}: {len(verdicts)} files, {len(failed)} failed, {seconds:.1f} s", flush=True)
    late = [verdict for verdict in failed if corpus_judge.TOO_LATE in verdict.failures]
    if late:
        print(f"  {len(late)} files: {corpus_judge.TOO_LATE}")
    for verdict in failed:
        if verdict in late:
            continue
        print(f"  {verdict.name}")
        for failure in verdict.failures:
            print(f"    {failure}", flush=True)
    return verdicts


def _tell_skipped(verdicts):
    skipped = [verdict for verdict in verdicts if verdict.skipped]
    print(f"\n{len(skipped)} files were skipped")
    for verdict in skipped:
        print(f"  {verdict.name}: {verdict.skipped}")


def _tell_slowest(verdicts):
    print(f"\nThe {SLOWEST} slowest")
    for verdict in sorted(verdicts, key=lambda it: it.seconds, reverse=True)[:SLOWEST]:
        print(f"  {verdict.seconds:.2f} s {verdict.name}")


if __name__ == "__main__":
    sys.exit(main())
