# The text of a document, and the place in it.

class Incomplete(Exception):
    """What has come so far ends within something."""


class Fault(Exception):
    """A code of an error, and where it is."""


class Input:
    """Makes text of bytes, and counts lines and columns."""

    def _decoded(self, data, isfinal):
        self._read += len(data)
        if self._decode is None:
            self._head += data
            if len(self._head) < 4 and not isfinal:
                return ""
            end = self._head.find(b"?>")
            if b"<?xml".startswith(self._head[:5]) and end < 0 and not isfinal:
                return ""
            data, self._head = self._head, b""
            self._decode = codecs.getincrementaldecoder(self._encoding_of(data))()
        try:
            return self._decode.decode(data, isfinal)
        except UnicodeDecodeError as raised:
            # What lies before may hold an error that comes first.
            self._text += raised.object[:raised.start].decode(raised.encoding, "replace")
            try:
                self._go(False)
            except Fault as fault:
                self._raise(*fault.args)
            self._raise(6 if raised.end == len(raised.object) and isfinal else 4, len(self._text))

    def _encoding_of(self, data):
        for mark, encoding in (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"):
            if data.startswith(mark):
                return encoding
        if data[:2] == b"<\0":
            return "utf-16-le"
        if data[:2] == b"\0<":
            return "utf-16-be"
        declared = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.\-]*)["']""", data)
        encoding = self._encoding or (declared.group(1).decode() if declared else "utf-8")
        try:
            codecs.lookup(encoding)
        except LookupError:
            self._text = data.decode("latin-1")
            self._raise(18, declared.start(1) if declared and not self._encoding else 0)
        if declared and encoding.lower().replace("_", "-").startswith("utf-16"):
            # It was read as something else.
            self._text = data.decode("latin-1")
            self._raise(19, declared.start(1))
        return encoding

    # Where it is.

    def _forget(self):
        """Lets go of the text that was read."""
        if not self._expanding:
            self._event = self._at
            self._line, self._column, self._byte = self._place()
            self._text, self._at, self._event = self._text[self._at:], 0, 0

    def _place(self):
        """The line, the column and the byte of the event that is told."""
        text = self._expanding[0][1] if self._expanding else self._text
        passed = text[:self._event]
        lines = passed.count("\n") + passed.count("\r") - passed.count("\r\n")
        if lines:
            column = len(passed) - 1 - max(passed.rfind("\n"), passed.rfind("\r"))
        else:
            column = self._column + len(passed)
        return self._line + lines, column, self._byte + len(passed.encode("utf-8", "surrogatepass"))

    CurrentLineNumber = ErrorLineNumber = property(lambda self: self._place()[0])
    CurrentColumnNumber = ErrorColumnNumber = property(lambda self: self._place()[1])
    CurrentByteIndex = ErrorByteIndex = property(lambda self: self._place()[2])

    def _raise(self, code, at):
        if not self._expanding:
            self._event = at
        self.ErrorCode = code
        line, column, _ = self._place()
        raised = ExpatError(f"{errors.messages[code]}: line {line}, column {column}")
        raised.code, raised.lineno, raised.offset = code, line, column
        raise raised
