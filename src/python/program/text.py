"""Text as frames hold it, and words for messages."""

# How long a representation may be, and a part of a longer text.
MAX_REPR = 2000
MAX_PIECE = 64 * 1024


def clean(text):
    """Text that any JSON reader accepts: lone surrogates are written as escapes."""
    return str(text).encode("utf-8", "backslashreplace").decode("utf-8")


def split_text(text):
    """Long text in parts of a size any frame may have."""
    return [text[start:start + MAX_PIECE] for start in range(0, len(text), MAX_PIECE)]


def lines_of(text):
    """The lines of a source as Python counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def article(value):
    """The name of a value's type, with its article."""
    name = type(value).__name__
    return f"an {name}" if name[:1] in "aeiou" else f"a {name}"
