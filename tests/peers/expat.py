"""Compares the tutor's `pyexpat` for the embedded Python with CPython's: the same documents, whole and in pieces, must
call the same handlers with the same arguments and end with the same error at the same place.
"""

import itertools
import pathlib
import pyexpat
import sys
import types

FOLDER = pathlib.Path(__file__).parents[2] / "src/python/embedded/stand_ins/pyexpat"
PARTS = "begin", "errors", "input", "handlers", "content", "tags", "doctype", "parser"

WELL_FORMED = [
    "<a/>",
    "  <a/>  ",
    "<a id=\"1\" b='2'>x &amp; y &#65;&#x42;</a>",
    '<?xml version="1.0" encoding="utf-8"?>\n<a>\r\nx\r\ny</a>\n',
    '<?xml version="1.0" standalone="yes"?><a/>',
    "<a><!-- c --><?pi some data?><![CDATA[<x>&y;]]></a>",
    "<!-- before --><a/><!-- after --><?pi?>\n",
    '<a \n b = "1\n2\t3" />',
    "<a>]] ></a>",
    '<x:a xmlns:x="urn:x" xmlns="urn:d" x:k="1" k="2"><b/></x:a>',
    '<a xmlns=""><b xml:lang="en"/></a>',
    '<\u00e9l\u00e9ment attr="\u4e2d">\U0001f600</\u00e9l\u00e9ment>',
    "<!DOCTYPE a><a/>",
    '<!DOCTYPE a SYSTEM "a.dtd"><a>&foo;</a>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html>&nbsp;</html>',
    '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY w "<b>&x;</b>">]><a t="&x;">&w;!</a>',
    '<!DOCTYPE a [<!ENTITY x "y &#38;amp; <b/>"><!ENTITY z SYSTEM "z">\n'
    '<!NOTATION n PUBLIC "p"><!ENTITY u SYSTEM "u" NDATA n>]><a>&x;</a>',
    "<!DOCTYPE a [<!-- c --><?pi x?><!ELEMENT a ANY>]><a/>",
    b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>',
    b"\xef\xbb\xbf<a/>",
    "<a>x</a>".encode("utf-16"),
]
NOT_WELL_FORMED = [
    "", "   ", "abc", '{"json": 1}', "<a>", "<a><b></a>", "<a></b>", "<a><b>x</a></b>", "<a/><b/>", "<a/>x",
    "<a/></a>", "</a>", "<a", "<a b", "<a b=", '<a b="', "<a b=1/>", '<a b="1" b="2"/>', '<a b="1"c="2"/>',
    "<a b></a>", "<a / >", '<a b="<"/>', '<a b="&"/>', '<a b="&foo;"/>', "<a>&</a>", "<a>&foo</a>",
    "<a>&foo;</a>", "<a>&#0;</a>", "<a>&#xd800;</a>", "<a>\x01</a>", "<a>]]></a>", "<1a/>", "< a/>",
    "<a>1 < 2</a>", "<p>one<br>two</p>", "<a>\n\n  <b>\n</a>", '<a>\n<b c="1>\n</b></a>', "<a><!x></a>",
    "<a><!-- x -- y --></a>", "<a><!-- x", "<a><?></a>", '<a><?xml version="1.0"?></a>',
    ' <?xml version="1.0"?><a/>', "<?xml?><a/>", "<?xml version=1.0?><a/>", '<?xml version="1.0"?>\n\nx<a/>',
    '<?xml version="1.0" encoding="nope"?><a/>', '<?xml version="1.0" encoding="utf-16"?><a/>',
    "<x:a/>", '<a x:b="1"/>', '<a xmlns:x=""/>', "<!DOCTYPE", "<!DOCTYPE a [", "<!DOCTYPE a [x]><a/>",
    '<!DOCTYPE a [<!ENTITY x "&x;">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY x "&y;"><!ENTITY y "&x;">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY u SYSTEM "u" NDATA n>]><a>&u;</a>',
    '<!DOCTYPE a [<!ENTITY u SYSTEM "u">]><a b="&u;"/>',
    '<!DOCTYPE a [<!ENTITY x "<b>">]><a>&x;</b></a>',
    b"<a>\xff</a>", b"<a>caf\xc3\xa9 \xe9</a>", b"<a>\xc3",
]

# Each way is tried with every document: the separator of namespaces, the size of the pieces, and
# whom is told what.
BASIC = ["StartElement", "EndElement", "CharacterData"]
WAYS: "list[dict[str, object]]" = [
    {},
    {"separator": "}"},
    {"separator": " ", "prefixes": True},
    {"size": 1},
    {"size": 3, "buffers": False},
    {"handlers": BASIC, "default": "DefaultHandlerExpand"},
    {"handlers": ["StartElement"], "default": "DefaultHandler"},
]
# What is not asked for here: they answer, or are about what is not read.
NOT_TOLD = {"Default", "NotStandalone", "ExternalEntityRef", "ElementDecl", "AttlistDecl"}


def ours():
    module = types.ModuleType("pyexpat_of_the_tutor")
    source = "".join((FOLDER / f"{part}.py").read_text() for part in PARTS)
    exec(compile(source, "pyexpat", "exec"), vars(module))
    return module


def calls(module, document, all_handlers, *, separator=None, prefixes=False, size=None, buffers=True,
          handlers=None, default=None):
    """What the handlers are called with, and the error at the end; text in one piece."""
    parser = module.ParserCreate(None, separator)
    parser.buffer_text, parser.namespace_prefixes = buffers, prefixes
    seen = []

    def telling(name):
        def handler(*arguments):
            seen.append((name, arguments))
            return 1

        return handler

    for name in handlers or all_handlers:
        setattr(parser, f"{name}Handler", telling(name))
    if default:
        setattr(parser, default, telling("text"))
    pieces = [document] if size is None else [
        document[begin:begin + size] for begin in range(0, len(document), size)
    ]
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except module.ExpatError as error:
        seen.append(("error", (str(error), error.code, error.lineno, error.offset)))
    joined = []
    for name, group in itertools.groupby(seen, key=lambda call: call[0]):
        texts = [arguments for _, arguments in group]
        if name in ("text", "CharacterData"):
            texts = [("".join(text for text, in texts),)]
        joined += [(name, arguments) for arguments in texts]
    return joined


def main():
    mine = ours()
    names = [name for name in mine.HANDLERS if name not in NOT_TOLD]
    wrong = 0
    for document, way in itertools.product(WELL_FORMED + NOT_WELL_FORMED, WAYS):
        theirs, made = (calls(module, document, names, **way) for module in (pyexpat, mine))
        if theirs != made:
            wrong += 1
            print(f"{document!r} {way}\n  CPython: {theirs}\n  ours:    {made}")
    tried = len(WELL_FORMED + NOT_WELL_FORMED) * len(WAYS)
    print(f"{tried} documents read, {wrong} otherwise than by CPython's {pyexpat.EXPAT_VERSION}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
