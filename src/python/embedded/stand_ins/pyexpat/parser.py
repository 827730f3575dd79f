# The parser, with what Expat has beside its handlers.

class xmlparser(Input, Handlers, Content, Tags, DocumentType):
    """An XML parser, which calls a handler for whatever it reads."""

    def __init__(self, encoding, separator, intern):
        for name in HANDLERS:
            setattr(self, f"{name}Handler", None)
        self.DefaultHandlerExpand = None
        self.buffer_text = self.ordered_attributes = self.specified_attributes = False
        self.namespace_prefixes = False
        self.buffer_size, self.buffer_used = 8192, 0
        self.intern = intern
        self.ErrorCode = 0
        # Where the text begins that was not forgotten yet, and where in it the event is that is
        # told.
        self._line, self._column, self._byte, self._event = 1, 0, 0, 0
        self._separator, self._encoding, self._base = separator, encoding, None
        self._decode, self._head = None, b""
        # What was not read yet, and how far it was.
        self._text, self._at = "", 0
        self._state, self._subset_read = "start", False
        # The names of open elements, how they are told, and the prefixes each of them declared.
        self._open, self._scopes = [], [dict(RESERVED)]
        self._entities, self._expanding = {}, []
        self._has_external = self._is_standalone = self._is_done = False
        self._read = self._expanded = 0
        self._pending = []
        self._deferral = True
        self._is_part = False

    # What Expat has beside its handlers.

    def SetBase(self, base):
        self._base = base

    def GetBase(self):
        return self._base

    def GetInputContext(self):
        return self._text[self._at:].encode("utf-8", "surrogatepass") if self._expanding or self._text else None

    def SetParamEntityParsing(self, _flag):
        # None of them is read.
        return 1

    def UseForeignDTD(self, flag=True):
        self._has_external = bool(flag)

    def GetReparseDeferralEnabled(self):
        return self._deferral

    def SetReparseDeferralEnabled(self, enabled):
        self._deferral = bool(enabled)

    def ExternalEntityParserCreate(self, _context, encoding=None):
        part = xmlparser(encoding, self._separator, self.intern)
        for name, value in vars(self).items():
            if name.endswith("Handler") or name in ("DefaultHandlerExpand", "buffer_text", "ordered_attributes"):
                setattr(part, name, value)
        part._entities, part._scopes = self._entities, [dict(scope) for scope in self._scopes]
        part._is_part = True
        return part

    def ParseFile(self, file):
        while True:
            data = file.read(2048)
            if not isinstance(data, (bytes, bytearray)):
                raise TypeError(f"read() did not return a bytes object (type={type(data).__name__})")
            self.Parse(data, not data)
            if not data:
                return 1

    def Parse(self, data, isfinal=False):
        if self._is_done:
            self._raise(36, self._at)
        if isinstance(data, str):
            self._encoding = "utf-8"
            data = data.encode("utf-8", "surrogatepass")
        self._forget()
        self._text += self._decoded(bytes(data), isfinal)
        try:
            self._go(isfinal)
        except Fault as fault:
            self._pending.clear()
            self._raise(*fault.args)
        self._flush()
        self._is_done = bool(isfinal)
        return 1


XMLParserType = xmlparser


def ParserCreate(encoding=None, namespace_separator=None, intern=None):
    if namespace_separator is not None and len(namespace_separator) > 1:
        raise ValueError("namespace_separator must be at most one character, omitted, or None")
    return xmlparser(encoding, namespace_separator, {} if intern is None else intern)
