"""Tries one module for each request, and tells what came of it; at `/` it names the modules."""

import json
import sys

import data
import departed
import language
import network
import system
import text
from trial import TRIALS


def application(environ, start_response):
    name = environ["PATH_INFO"][1:]
    modules = list(dict.fromkeys(module for module, _, _ in TRIALS))
    told = outcome(name) if name else {"modules": modules, "version": list(sys.version_info[:2])}
    body = json.dumps(told).encode()
    start_response("200 OK", [
        ("Content-Type", "application/json"), ("Content-Length", str(len(body))),
    ])
    return [body]


def outcome(name):
    """Whether a module is there, and what it does otherwise than CPython's."""
    differs = []
    for module, trial, expected in TRIALS:
        if module != name:
            continue
        try:
            value = trial()
        except ModuleNotFoundError as error:
            return {"missing": str(error)}
        except BaseException as error:
            differs.append(f"{type(error).__name__}: {error}")
        else:
            if value != expected:
                differs.append(f"{value!r} instead of {expected!r}")
    return {"differs": differs} if differs else {"works": True}
