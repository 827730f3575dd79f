"""The module `pyexpat` for the embedded Python, whose own one loses attributes, chunks and errors.

It reads XML 1.0 with namespaces, and reports, names and places errors as Expat does. It does not read element
declarations, attribute lists (so attributes have no defaults) and parameter entities of a DTD: those are passed on to
the default handler.
"""

import codecs
import re
import types
from types import SimpleNamespace

NAME = r"[^\W\d][\w.\-:\u00b7]*"
SPACE = re.compile(r"[ \t\r\n]*")
NAMED = re.compile(NAME)
WORD = re.compile(r"[\w.\-:\u00b7]+")
EQUALS = re.compile(r"[ \t\r\n]*=[ \t\r\n]*")
REFERENCE = re.compile(rf"&(?:#(?P<decimal>[0-9]+)|#x(?P<hex>[0-9a-fA-F]+)|(?P<name>{NAME}));")
BEGINS_REFERENCE = re.compile(rf"&(?:#(?:x?[0-9a-fA-F]*)?|(?:{NAME})?)")
# What no document may hold, whatever it stands in.
INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DECLARATION = re.compile(
    r"""<\?xml[ \t\r\n]+version\s*=\s*(?P<q>["'])(?P<version>[\w.\-:]+)(?P=q)"""
    r"""(?:[ \t\r\n]+encoding\s*=\s*(?P<r>["'])(?P<encoding>[A-Za-z][\w.\-]*)(?P=r))?"""
    r"""(?:[ \t\r\n]+standalone\s*=\s*(?P<s>["'])(?P<standalone>yes|no)(?P=s))?[ \t\r\n]*\?>"""
)
LITERAL = r"""(?:"[^"]*"|'[^']*')"""
EXTERNAL = (
    rf"(?:[ \t\r\n]+SYSTEM[ \t\r\n]+(?P<system>{LITERAL})"
    rf"|[ \t\r\n]+PUBLIC[ \t\r\n]+(?P<public>{LITERAL})(?:[ \t\r\n]+(?P<of_public>{LITERAL}))?)"
)
DOCTYPE = re.compile(rf"<!DOCTYPE[ \t\r\n]+(?P<name>{NAME}){EXTERNAL}?[ \t\r\n]*(?P<end>[\[>])")
ENTITY = re.compile(
    rf"<!ENTITY[ \t\r\n]+(?P<parameter>%[ \t\r\n]+)?(?P<name>{NAME})"
    rf"(?:[ \t\r\n]+(?P<value>{LITERAL})|{EXTERNAL}(?:[ \t\r\n]+NDATA[ \t\r\n]+(?P<notation>{NAME}))?)[ \t\r\n]*>"
)
NOTATION = re.compile(rf"<!NOTATION[ \t\r\n]+(?P<name>{NAME}){EXTERNAL}[ \t\r\n]*>")
# Declarations, comments and whatever else may stand between the brackets of a DTD.
OF_SUBSET = re.compile(
    rf"[ \t\r\n]+|<!--(?:(?!--).)*-->|<\?(?:(?!\?>).)*\?>|<!(?:[^\"'>]|{LITERAL})*>|%{NAME};", re.DOTALL
)

PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
RESERVED = {
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xmlns": "http://www.w3.org/2000/xmlns/",
}
# As Expat: how much entities may expand to, and how many times as much as what was read.
EXPANDED, AMPLIFIED = 8 * 1024 * 1024, 100
# How much of what was read is kept before it is forgotten.
PASSED = 4096
