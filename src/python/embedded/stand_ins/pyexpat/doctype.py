# The document type declaration, and the entities it declares.

def literal(quoted):
    return quoted[1:-1] if quoted is not None else None


def lines_normal(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def warn(what):
    """Says what another Python does and this one does not."""
    import warnings
    warnings.warn(f"the embedded Python {what}; another one does: --python PATH", RuntimeWarning, 2)


class DocumentType:
    """Reads a document type declaration."""

    def _doctype(self, isfinal):
        text, at = self._text, self._at
        found = DOCTYPE.match(text, at)
        if not found:
            if not isfinal and not re.compile(r"[\[>]").search(text, at):
                raise Incomplete
            raise Fault(2, at + 9) if re.compile(r"[\[>]").search(text, at) else Incomplete
        system = literal(found["system"] or found["of_public"])
        public = literal(found["public"])
        has_subset = found["end"] == "["
        self._has_external = self._has_external or system is not None
        self._tell("StartDoctypeDecl", found[0], found["name"], system, public, int(has_subset))
        self._at = found.end()
        if has_subset:
            self._state = "subset"
        else:
            self._end_of_doctype()

    def _end_of_doctype(self):
        if self._has_external and self.NotStandaloneHandler is not None and not self._is_standalone:
            if not self.NotStandaloneHandler():
                raise Fault(22, self._at)
        self._state = "before"
        self._tell("EndDoctypeDecl", None)

    def _subset(self, isfinal):
        text, at = self._text, self._at
        if text[at] == "]":
            end = SPACE.match(text, at + 1).end()
            if end == len(text):
                raise Incomplete
            if text[end] != ">":
                raise Fault(2, end)
            self._default(text[at:end + 1])
            self._at = end + 1
            self._end_of_doctype()
            return
        found = OF_SUBSET.match(text, at)
        if not found:
            if text[at] not in "<%":
                raise self._stray(at, isfinal)
            raise Incomplete
        self._at = found.end()
        raw = found[0]
        if raw.startswith("<!--"):
            self._tell("Comment", raw, lines_normal(raw[4:-3]))
        elif raw.startswith("<?"):
            name = NAMED.match(raw, 2)
            if not name:
                raise Fault(4, at + 2)
            self._tell("ProcessingInstruction", raw, name[0], lines_normal(raw[name.end():-2]).lstrip())
        elif raw.startswith("<!ENTITY"):
            self._entity(raw, at)
        elif raw.startswith("<!NOTATION"):
            found = NOTATION.match(raw)
            if not found:
                raise Fault(2, at)
            system = literal(found["system"] or found["of_public"])
            self._tell("NotationDecl", raw, found["name"], self._base, system, literal(found["public"]))
        else:
            if raw.startswith("%"):
                # What it stands for is not read, so what it declares is not known.
                self._has_external = True
                warn("does not read parameter entities of a DTD")
            elif raw.startswith("<!ATTLIST") and ("'" in raw or '"' in raw):
                warn("gives no attribute the default that a DTD declares")
            elif raw.startswith("<!") and not raw.startswith(("<!ELEMENT", "<!ATTLIST")):
                raise Fault(2, at)
            self._default(raw)

    def _entity(self, raw, at):
        found = ENTITY.match(raw)
        if not found:
            raise Fault(2, at)
        system = literal(found["system"] or found["of_public"])
        public, notation = literal(found["public"]), found["notation"]
        value = literal(found["value"])
        if value is not None:
            # References to characters are replaced here, those to entities where they are used.
            value = re.sub(
                REFERENCE, lambda one: one[0] if one["name"] else self._plain(one, at), lines_normal(value)
            )
        is_parameter = found["parameter"] is not None
        if not is_parameter:
            entity = SimpleNamespace(value=value, system=system, public=public, notation=notation)
            self._entities.setdefault(found["name"], entity)
        if notation is not None and self.UnparsedEntityDeclHandler is not None:
            self._tell("UnparsedEntityDecl", raw, found["name"], self._base, system, public, notation)
        else:
            self._tell(
                "EntityDecl", raw, found["name"], is_parameter, value, self._base, system, public, notation
            )
