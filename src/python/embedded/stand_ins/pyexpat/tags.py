# Elements, their attributes and their namespaces.

class Tags:
    """Reads the tags of elements."""

    def _start_tag(self):
        text, at = self._text, self._at
        name = NAMED.match(text, at + 1)
        if not name:
            raise Fault(4, at + 1)
        attributes, position = [], name.end()
        while True:
            after = SPACE.match(text, position).end()
            if after == len(text):
                raise Incomplete
            if text[after] in ">/":
                break
            attribute = NAMED.match(text, after) if after > position else None
            if not attribute:
                raise Fault(4, after)
            equals = EQUALS.match(text, attribute.end())
            if not equals:
                reached = SPACE.match(text, attribute.end()).end()
                raise Incomplete if reached == len(text) else Fault(4, reached)
            begin = equals.end()
            if begin == len(text):
                raise Incomplete
            if text[begin] not in "\"'":
                raise Fault(4, begin)
            end = text.find(text[begin], begin + 1)
            wrong = text.find("<", begin, len(text) if end < 0 else end)
            if wrong >= 0:
                raise Fault(4, wrong)
            if end < 0:
                raise Incomplete
            self._valid(begin, end)
            attributes.append((attribute, begin + 1, end))
            position = end + 1
        is_empty = text[after] == "/"
        if is_empty:
            after += 1
            if after == len(text):
                raise Incomplete
            if text[after] != ">":
                raise Fault(4, after)
        pairs, seen = [], set()
        for attribute, begin, end in attributes:
            if attribute[0] in seen:
                raise Fault(8, attribute.start())
            seen.add(attribute[0])
            pairs.append((attribute[0], self._value(begin, end)))
        self._at = after + 1
        self._begin_element(name[0], pairs, text[at:self._at], at)
        if is_empty:
            self._end_element(None)

    def _value(self, begin, end):
        """The value of an attribute, as it is after its references were replaced."""
        text = self._text

        def replaced(found):
            at = found.start() if found.string is text else begin
            reference = REFERENCE.match(found.string, found.start())
            if not reference:
                reached = BEGINS_REFERENCE.match(found.string, found.start()).end()
                raise Fault(4, reached if found.string is text else begin)
            plain = self._plain(reference, at)
            if plain is not None:
                return plain
            name = reference["name"]
            entity = self._entities.get(name)
            if entity is None:
                if self._has_external and not self._is_standalone:
                    return ""
                raise Fault(11, self._event)
            if entity.value is None:
                raise Fault(15, self._event) if entity.notation is not None else Fault(16, at)
            if name in inside:
                raise Fault(12, self._event)
            if "<" in entity.value:
                raise Fault(4, at)
            self._grows(len(entity.value), at)
            inside.append(name)
            value = of(entity.value)
            inside.pop()
            return value

        def of(part, first=0, last=None):
            pieces, position = [], first
            last = len(part) if last is None else last
            for found in re.compile("&[^;]*;?").finditer(part, first, last):
                pieces += spaces(part[position:found.start()]), replaced(found)
                position = REFERENCE.match(part, found.start()).end()
            pieces.append(spaces(part[position:last]))
            return "".join(pieces)

        def spaces(piece):
            return piece.replace("\r\n", " ").replace("\r", " ").replace("\n", " ").replace("\t", " ")

        inside = []
        return of(text, begin, end)

    def _begin_element(self, name, pairs, raw, at):
        scope = None
        if self._separator is not None:
            told, scope = [], {}
            for key, value in pairs:
                if key != "xmlns" and not key.startswith("xmlns:"):
                    told.append((key, value))
                    continue
                prefix = key[6:]
                if prefix and not value:
                    raise Fault(28, at)
                scope[prefix] = value
            self._scopes.append({**self._scopes[-1], **scope})
            for prefix, address in scope.items():
                self._tell("StartNamespaceDecl", None, prefix or None, address or None)
            names = [self._expanded_name(key, at, is_attribute=True) for key, _ in told]
            if len(set(names)) < len(names):
                raise Fault(8, at)
            pairs = list(zip(names, [value for _, value in told]))
            full = self._expanded_name(name, at)
        else:
            full = name
        self._open.append((name, full, scope))
        self._state = "content"
        if self.ordered_attributes:
            attributes = [part for pair in pairs for part in pair]
        else:
            attributes = dict(pairs)
        self._tell("StartElement", raw, full, attributes)

    def _expanded_name(self, name, at, is_attribute=False):
        prefix, colon, local = name.rpartition(":")
        if ":" in prefix or colon and not (prefix and local):
            raise Fault(4, at)
        if is_attribute and not prefix:
            return name
        address = self._scopes[-1].get(prefix)
        if not address:
            if prefix:
                raise Fault(27, at)
            return name
        parts = [address, local]
        if prefix and self.namespace_prefixes:
            parts.append(prefix)
        return self._separator.join(parts)

    def _end_tag(self):
        text, at = self._text, self._at
        name = NAMED.match(text, at + 2)
        if not name:
            if len(text) == at + 2:
                raise Incomplete
            raise Fault(4, at + 2)
        end = SPACE.match(text, name.end()).end()
        if end == len(text):
            raise Incomplete
        if text[end] != ">":
            raise Fault(4, end)
        base = self._expanding[-1][3] if self._expanding else 0
        if len(self._open) <= base:
            raise Fault(13 if self._expanding else 4, at)
        if self._open[-1][0] != name[0]:
            raise Fault(7, at + 2)
        self._at = end + 1
        self._end_element(text[at:self._at])

    def _end_element(self, raw):
        _, full, scope = self._open.pop()
        self._tell("EndElement", raw, full)
        if scope is not None:
            self._scopes.pop()
            for prefix in reversed(scope):
                self._tell("EndNamespaceDecl", None, prefix or None)
        if not self._open and not self._is_part:
            self._state = "after"
