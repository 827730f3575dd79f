"""Modules that have left Python, or will: that they can be imported is all that is tried."""

import importlib
import warnings

from trial import tries

DEPARTED = (
    "aifc asynchat asyncore audioop cgi cgitb chunk crypt distutils imghdr imp lib2to3 mailcap nis nntplib ossaudiodev "
    "pipes smtpd sndhdr spwd sunau telnetlib uu xdrlib sre_compile sre_constants sre_parse"
).split()


def imported(module):
    """A trial that imports a module."""
    def trial():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(module).__name__
    return trial


for name in DEPARTED:
    tries(name, name)(imported(name))
