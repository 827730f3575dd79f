# Whom the parser tells.

HANDLERS = (
    "StartElement", "EndElement", "CharacterData", "ProcessingInstruction", "UnparsedEntityDecl",
    "NotationDecl", "StartNamespaceDecl", "EndNamespaceDecl", "Comment", "StartCdataSection",
    "EndCdataSection", "Default", "NotStandalone", "ExternalEntityRef", "StartDoctypeDecl",
    "EndDoctypeDecl", "EntityDecl", "XmlDecl", "ElementDecl", "AttlistDecl", "SkippedEntity",
)


class Handlers:
    """Calls the handlers for what was read."""

    def _tell(self, name, raw, *arguments):
        """Calls a handler; where there is none, the default handler gets the text as it stands there."""
        self._flush()
        handler = getattr(self, f"{name}Handler")
        if handler is not None:
            handler(*arguments)
        elif raw:
            self._default(raw)

    def _default(self, raw):
        handler = self.DefaultHandlerExpand or self.DefaultHandler
        if handler is not None:
            self._flush()
            handler(raw)

    def _data(self, text, raw):
        if self.CharacterDataHandler is None:
            self._default(raw)
        elif self.buffer_text:
            self._pending.append(text)
        else:
            # Expat tells the end of each line by itself.
            for piece in re.split("(\n)", text):
                if piece:
                    self.CharacterDataHandler(piece)

    def _flush(self):
        if self._pending:
            text = "".join(self._pending)
            self._pending.clear()
            if self.CharacterDataHandler is not None:
                self.CharacterDataHandler(text)
