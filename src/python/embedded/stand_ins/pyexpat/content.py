# What stands between tags, and outside of the root element.

class Content:
    """Reads text, references, comments and processing instructions."""

    def _go(self, isfinal):
        try:
            while self._at < len(self._text) or self._expanding:
                if not self._expanding:
                    self._event = self._at
                    if self._at > PASSED:
                        self._forget()
                self._step(isfinal)
        except Incomplete:
            if isfinal:
                if self._text.startswith("<![CDATA[", self._at):
                    raise Fault(20, len(self._text)) from None
                raise Fault(5, self._at) from None
        if isfinal and self._state != "after" and not (self._is_part and not self._open):
            raise Fault(3, len(self._text))

    def _step(self, isfinal):
        begin = self._at
        if self._state == "start":
            self._declaration(isfinal)
            self._state = "content" if self._is_part else "before"
        elif self._state == "subset":
            self._subset(isfinal)
        elif self._state == "content":
            self._content(isfinal)
        else:
            self._outside(isfinal)
        if self._at == begin and self._state == "content" and not self._open and not self._is_part:
            self._state = "after"

    def _stray(self, at, isfinal):
        """What text is where there must be none: a word for itself is a token, which has no place here."""
        word = WORD.match(self._text, at)
        if word and word.end() == len(self._text) and not isfinal:
            return Incomplete()
        if word and (word.end() == len(self._text) or self._text[word.end()] in " \t\r\n>"):
            return Fault(2, at)
        return Fault(4, word.end() if word else at)

    def _declaration(self, isfinal):
        text = self._text
        if not text.startswith("<?xml"):
            if "<?xml".startswith(text[:5]) and not isfinal:
                raise Incomplete
            return
        if len(text) < 6 and not isfinal:
            raise Incomplete
        if NAMED.match(text, 2).end() > 5:
            return
        end = text.find("?>")
        if end < 0:
            raise Incomplete
        found = DECLARATION.match(text)
        if not found:
            version = re.match(r"<\?xml[ \t\r\n]+version\s*=\s*", text)
            raise Fault(30, version.end() if version else 5)
        standalone = {"yes": 1, "no": 0}.get(found["standalone"], -1)
        self._is_standalone = standalone == 1
        self._tell("XmlDecl", text[:end + 2], found["version"], found["encoding"], standalone)
        self._at = found.end()

    def _outside(self, isfinal):
        """Before and after the root element."""
        text, at = self._text, self._at
        space = SPACE.match(text, at).end()
        if space > at:
            self._default(text[at:space])
            self._at = space
            return
        if text[at] != "<":
            raise Fault(9, at) if self._state == "after" else self._stray(at, isfinal)
        if self._common(isfinal):
            return
        if text.startswith("<!", at):
            if "<!DOCTYPE".startswith(text[at:at + 9]) and len(text) < at + 9:
                raise Incomplete
            if text.startswith("<!DOCTYPE", at) and self._state == "before":
                self._doctype(isfinal)
                return
            raise Fault(9 if self._state == "after" else 2 if text.startswith("<!DOCTYPE", at) else 4, at)
        if self._state == "after":
            raise Fault(4, at + 1) if text.startswith("</", at) else Fault(9, at)
        if len(text) == at + 1:
            raise Incomplete
        if text[at + 1] == "/":
            raise Fault(4, at + 1)
        self._start_tag()

    def _common(self, isfinal):
        """Comments and processing instructions, which may stand everywhere."""
        text, at = self._text, self._at
        if text.startswith("<!--", at):
            end = text.find("--", at + 4)
            if end < 0 or len(text) == end + 2:
                raise Incomplete
            if text[end + 2] != ">":
                raise Fault(4, end + 2)
            self._valid(at, end)
            self._at = end + 3
            self._tell("Comment", text[at:end + 3], lines_normal(text[at + 4:end]))
            return True
        if text.startswith("<?", at):
            name = NAMED.match(text, at + 2)
            if not name:
                if len(text) == at + 2:
                    raise Incomplete
                raise Fault(4, at + 2)
            end = text.find("?>", name.end())
            if end < 0:
                raise Incomplete
            if name[0].lower() == "xml":
                raise Fault(17 if name[0] == "xml" else 4, at if name[0] == "xml" else name.end())
            data = text[name.end():end]
            if data and not data[0].isspace():
                raise Fault(4, name.end())
            self._at = end + 2
            self._tell("ProcessingInstruction", text[at:end + 2], name[0], lines_normal(data).lstrip())
            return True
        if "<!--".startswith(text[at:]) and not isfinal:
            raise Incomplete
        return False

    def _content(self, isfinal):
        if self._expanding and self._at >= len(self._text):
            self._end_of_entity()
            return
        text, at = self._text, self._at
        if text[at] == "&":
            self._reference()
        elif text[at] != "<":
            self._characters(isfinal)
        elif text.startswith("<![CDATA[", at):
            end = text.find("]]>", at + 9)
            if end < 0:
                raise Incomplete
            self._valid(at + 9, end)
            self._tell("StartCdataSection", "<![CDATA[")
            self._data(lines_normal(text[at + 9:end]), text[at + 9:end])
            self._tell("EndCdataSection", "]]>")
            self._at = end + 3
        elif not self._common(isfinal):
            if len(text) == at + 1 or "<![CDATA[".startswith(text[at:]):
                raise Incomplete
            if text[at + 1] == "/":
                self._end_tag()
            elif text[at + 1] == "!":
                raise Fault(4, at + 2)
            else:
                self._start_tag()

    def _valid(self, begin, end):
        invalid = INVALID.search(self._text, begin, end)
        if invalid:
            raise Fault(4, invalid.start())

    def _characters(self, isfinal):
        text, at = self._text, self._at
        ends = [end for end in (text.find("<", at), text.find("&", at)) if end >= 0]
        end = min(ends, default=len(text))
        if end == len(text) and not isfinal and not self._expanding:
            # The rest may be the beginning of something.
            while end > at and text[end - 1] in "]\r":
                end -= 1
            if end == at:
                raise Incomplete
        wrong = text.find("]]>", at, end)
        self._valid(at, wrong if wrong >= 0 else end)
        if wrong >= 0:
            raise Fault(4, wrong + 2)
        self._at = end
        self._data(lines_normal(text[at:end]), text[at:end])

    def _reference(self):
        text, at = self._text, self._at
        found = REFERENCE.match(text, at)
        if not found:
            end = BEGINS_REFERENCE.match(text, at).end()
            if end == len(text) and not self._expanding:
                raise Incomplete
            raise Fault(4, end)
        self._at = found.end()
        plain = self._plain(found, at)
        if plain is not None:
            self._data(plain, found[0])
            return
        name = found["name"]
        entity = self._entities.get(name)
        if entity is None:
            if not self._has_external or self._is_standalone:
                raise Fault(11, at)
            if self.SkippedEntityHandler is not None:
                self._tell("SkippedEntity", None, name, False)
            else:
                self._default(found[0])
        elif entity.notation is not None:
            raise Fault(15, at)
        elif entity.value is None:
            if self.ExternalEntityRefHandler is None:
                self._default(found[0])
                return
            self._flush()
            if not self.ExternalEntityRefHandler(name, self._base, entity.system, entity.public):
                raise Fault(21, at)
        elif self.DefaultHandler is not None and self.DefaultHandlerExpand is None:
            # It wants entities as they stand there.
            self._default(found[0])
        else:
            self._expand(name, entity, at)

    def _plain(self, found, at):
        """The character of a reference that is not to an entity of the document."""
        if found["name"]:
            return PREDEFINED.get(found["name"])
        digits = found["decimal"] or found["hex"]
        number = int(digits, 10 if found["decimal"] else 16) if len(digits) < 9 else 1 << 30
        if number > 0x10FFFF or INVALID.match(chr(number)):
            raise Fault(14, at)
        return chr(number)

    def _grows(self, size, at):
        self._expanded += size
        if self._expanded > EXPANDED and self._expanded > AMPLIFIED * self._read:
            raise Fault(43, at)

    def _expand(self, name, entity, at):
        if name in [begun for begun, *_ in self._expanding]:
            raise Fault(12, at)
        self._grows(len(entity.value), at)
        self._expanding.append((name, self._text, self._at, len(self._open)))
        self._text, self._at = entity.value, 0

    def _end_of_entity(self):
        _, self._text, self._at, depth = self._expanding.pop()
        if len(self._open) != depth:
            raise Fault(13, self._event)
