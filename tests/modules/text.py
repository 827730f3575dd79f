"""Modules for text, and for the formats it is written in."""

from trial import tries


@tries("string", "Hello Ada")
def _():
    from string import Template
    return Template("Hello $name").substitute(name="Ada")


@tries("re", [("a", "1"), ("b", "2")])
def _():
    import re
    return re.findall(r"(?P<key>\w)=(\d)", "a=1; b=2")


@tries("re", ["1", "\u0661"])
def _():
    import re
    return re.findall(r"\d", "1 \u0661")


@tries("difflib", ["- one", "+ two"])
def _():
    import difflib
    return [line for line in difflib.ndiff(["one"], ["two"])]


@tries("textwrap", "a long\n[...]")
def _():
    import textwrap
    return textwrap.fill("a long line of words", 8, max_lines=2, placeholder="\n[...]")


@tries("unicodedata", ("LATIN SMALL LETTER E WITH ACUTE", "e\u0301", "Ll"))
def _():
    import unicodedata
    letter = "\u00e9"
    return (
        unicodedata.name(letter), unicodedata.normalize("NFD", letter),
        unicodedata.category(letter),
    )


@tries("stringprep", True)
def _():
    import stringprep
    return stringprep.in_table_c12("\u00a0")


@tries("codecs", ("caf\u00e9", b"caf\xe9"))
def _():
    import codecs
    decoder = codecs.getincrementaldecoder("utf-8")()
    text = decoder.decode(b"caf\xc3") + decoder.decode(b"\xa9", True)
    return text, codecs.encode(text, "latin-1")


@tries("encodings", ("idna", b"xn--caf-dma", "utf-8"))
def _():
    import codecs
    import encodings
    normal = encodings.normalize_encoding("UTF 8")
    return codecs.lookup("idna").name, "caf\u00e9".encode("idna"), codecs.lookup(normal).name


@tries("encodings", b"\x82\xa0")
def _():
    return "\u3042".encode("shift_jis")


@tries("struct", (b"\x01\x02\x00\x00\x00\x03", (1, 2, 3)))
def _():
    import struct
    packed = struct.pack(">BBI", 1, 2, 3)
    return packed, struct.unpack(">BBI", packed)


@tries("json", ('{"name": "Ada", "tags": ["a", null]}', {"n": 1.5, "e": "\u00e9"}))
def _():
    import json
    written = json.dumps({"name": "Ada", "tags": ["a", None]})
    return written, json.loads('{"n": 1.5, "e": "\\u00e9"}')


@tries("json", '"\\u001b\\u00e9"')
def _():
    import json
    return json.dumps("\x1b\u00e9")


@tries("csv", ([["a", "b,c"], ["1", "2"]], 'x,"y, z"\r\n', [{"a": "1"}]))
def _():
    import csv
    import io
    file = io.StringIO()
    csv.writer(file).writerow(["x", "y, z"])
    rows = list(csv.reader(io.StringIO('a,"b,c"\n1,2\n')))
    return rows, file.getvalue(), list(csv.DictReader(io.StringIO("a\n1\n")))


@tries("configparser", ("8000", True))
def _():
    import configparser
    parser = configparser.ConfigParser()
    parser.read_string("[server]\nport = 8000\ndebug = yes\n")
    return parser["server"]["port"], parser.getboolean("server", "debug")


@tries("tomllib", {"server": {"port": 8000}})
def _():
    import tomllib
    return tomllib.loads("[server]\nport = 8000\n")


@tries("netrc", ("ada", None, "secret"))
def _():
    import netrc
    import tempfile
    with tempfile.NamedTemporaryFile("w+") as file:
        file.write("machine example.org login ada password secret\n")
        file.flush()
        login, account, password = netrc.netrc(file.name).authenticators("example.org")
    return login, account or None, password


@tries("plistlib", {"name": "Ada", "ages": [36]})
def _():
    import plistlib
    return plistlib.loads(plistlib.dumps({"name": "Ada", "ages": [36]}))


@tries("html", "&lt;a href=&quot;x&quot;&gt; \u00e9")
def _():
    import html
    return html.escape('<a href="x">') + html.unescape(" &eacute;")


@tries("html.entities", ("amp", "\u00e9"))
def _():
    from html.entities import codepoint2name, html5
    return codepoint2name[38], html5["eacute;"]


@tries("html.parser", [("a", [("href", "/")]), "here"])
def _():
    from html.parser import HTMLParser

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append((tag, attrs))

        def handle_data(self, data):
            seen.append(data)

    seen = []
    Parser().feed("<a href='/'>here</a>")
    return seen


@tries("xml", ("a", {"id": "1"}))
def _():
    import xml.etree.ElementTree
    root = xml.etree.ElementTree.fromstring('<a id="1"/>')
    return root.tag, root.attrib


@tries("xml.etree.ElementTree", (
    "1", "Ada", b'<a id="1"><b>Ada</b></a>', "{urn:x}y", "ParseError",
))
def _():
    import xml.etree.ElementTree as tree
    root = tree.fromstring('<a id="1"><b>Ada</b></a>')
    try:
        raised = tree.fromstring("<a><b></a>").tag
    except tree.ParseError as error:
        raised = type(error).__name__
    name = tree.fromstring('<y xmlns="urn:x"/>').tag
    return root.get("id"), root.findtext("b"), tree.tostring(root), name, raised


@tries("xml.dom.minidom", ("1", '<a id="1"><b>Ada</b></a>', " note "))
def _():
    from xml.dom import minidom
    document = minidom.parseString('<a id="1"><b>Ada</b></a>')
    note = minidom.parseString("<a><!-- note --></a>").documentElement.firstChild.data
    return document.documentElement.getAttribute("id"), document.documentElement.toxml(), note


@tries("xml.dom.pulldom", [("START_ELEMENT", "a"), ("END_ELEMENT", "a")])
def _():
    from xml.dom import pulldom
    events = pulldom.parseString("<a>text</a>")
    wanted = pulldom.START_ELEMENT, pulldom.END_ELEMENT
    return [(event, node.nodeName) for event, node in events if event in wanted]


@tries("xml.sax", ([("a", {"id": "1"})], ["SAXParseException"]))
def _():
    import xml.sax

    class Handler(xml.sax.ContentHandler):
        def startElement(self, name, attrs):
            seen.append((name, dict(attrs)))

    seen, raised = [], []
    xml.sax.parseString(b'<a id="1"/>', Handler())
    try:
        xml.sax.parseString(b"<a>", xml.sax.ContentHandler())
    except xml.sax.SAXParseException as error:
        raised.append(type(error).__name__)
    return seen, raised


@tries("xml.sax.saxutils", ("a &lt; b", "'say \"x\"'"))
def _():
    from xml.sax import saxutils
    return saxutils.escape("a < b"), saxutils.quoteattr('say "x"')


@tries("xml.parsers.expat", (
    [("a", {"id": "1"})], ["hi"], ("mismatched tag: line 1, column 5", 1, 5),
))
def _():
    from xml.parsers import expat
    elements, texts = [], []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: elements.append((name, attributes))
    parser.CharacterDataHandler = texts.append
    parser.Parse('<a id="1">', False)
    parser.Parse("hi</a>", True)
    try:
        raised = expat.ParserCreate().Parse("<a></b>", True)
    except expat.ExpatError as error:
        raised = str(error), error.lineno, error.offset
    return elements, texts, raised


@tries("pyexpat", "mismatched tag")
def _():
    import pyexpat
    return pyexpat.ErrorString(7)


@tries("pyexpat", [("a", {"kept": "yes"})])
def _():
    import pyexpat
    import warnings
    seen = []
    parser = pyexpat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: seen.append((name, attributes))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser.Parse('<!DOCTYPE a [<!ATTLIST a kept CDATA "yes">]><a/>', True)
    return seen


@tries("pprint", "{'a': [1,\n       2]}")
def _():
    import pprint
    return pprint.pformat({"a": [1, 2]}, width=10)


@tries("reprlib", "[0, 1, 2, 3, 4, 5, ...]")
def _():
    import reprlib
    return reprlib.repr(list(range(100)))


@tries("gettext", ("page", "pages"))
def _():
    import gettext
    translation = gettext.NullTranslations()
    return translation.gettext("page"), translation.ngettext("page", "pages", 2)


@tries("locale", ("C", "."))
def _():
    import locale
    return locale.setlocale(locale.LC_ALL, "C"), locale.localeconv()["decimal_point"]


@tries("shlex", (["ls", "-l", "a b"], "'a b'"))
def _():
    import shlex
    return shlex.split("ls -l 'a b'"), shlex.quote("a b")


@tries("quopri", b"caf=C3=A9")
def _():
    import quopri
    return quopri.encodestring("caf\u00e9".encode())


@tries("base64", ("c2VjcmV0", b"secret", b"secret", b"ONSWG==="))
def _():
    import base64
    return (
        base64.b64encode(b"secret").decode(), base64.b64decode("c2VjcmV0"),
        base64.b85decode(base64.b85encode(b"secret")), base64.b32encode(b"sec"),
    )


@tries("binascii", (b"616263", 891568578))
def _():
    import binascii
    return binascii.hexlify(b"abc"), binascii.crc32(b"abc")


@tries("colorsys", (0.0, 1.0, 1.0))
def _():
    import colorsys
    return colorsys.rgb_to_hsv(1, 0, 0)
