"""How much is looked at and reported. Rust reads these lines for the embedded interpreter, so each
is a name and a whole number."""

# Lines of one call of the application, and how deep the calls are that they stand in.
MAX_STEPS = 2000
MAX_CALL_DEPTH = 40
# Variables that a line is looked at for.
MAX_VARIABLES = 40
# Lines that wait to be reported; and how long they wait, in ns, while the application takes its
# time.
MAX_WAITING_LINES = 50
FLUSH_INTERVAL = 50000000

# Characters of a text, items of a value, values inside of one another, and bits of a number that
# stand in the short form of a value.
MAX_TEXT = 60
MAX_ITEMS = 5
MAX_NESTING = 2
MAX_INT_BITS = 200
