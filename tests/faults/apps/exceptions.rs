//! Exceptions that cannot be shown, or not in any reasonable time or space.

use super::{fault, fault_of_each};

fault_tests! {
    "", "";
    fault: a_long_message, "raises an exception with a message of 50 MB", "raise ValueError('x' * 50_000_000)";
    fault: a_long_chain, "raises an exception with a thousand causes",
        "error = ValueError('first')\nfor number in range(1000):\n    after = ValueError(number)\n    \
         after.__cause__ = error\n    error = after\nraise error";
    fault: a_cycle_of_causes, "raises an exception that is the cause of its cause",
        "one, other = ValueError('one'), ValueError('other')\none.__cause__, other.__cause__ = other, one\nraise one";
    fault: a_cycle_of_contexts, "raises an exception whose context is a cycle",
        "one, other = ValueError('one'), ValueError('other')\none.__context__, other.__context__ = other, one\nraise one";
    fault: a_message_that_raises, "raises an exception whose __str__ and __repr__ raise",
        "class Odd(Exception):\n    def __str__(self): raise ValueError\n    __repr__ = __str__\nraise Odd";
    fault: a_message_that_exits, "raises an exception whose __str__ calls sys.exit()",
        "class Odd(Exception):\n    def __str__(self): sys.exit()\nraise Odd";
    fault: attributes_that_raise, "raises an exception whose attributes cannot be read",
        "class Odd(Exception):\n    def __getattribute__(self, name): raise ValueError\nraise Odd";
    fault: attributes_that_interrupt, "raises an exception whose attributes raise KeyboardInterrupt",
        "class Odd(BaseException):\n    def __getattribute__(self, name): raise KeyboardInterrupt\nraise Odd";
    fault_of_each: a_message_that_is_no_text, "raises an exception whose message is an odd str",
        "class Text(str):\n    def __str__(self): raise KeyboardInterrupt\n    encode = __len__ = __getitem__ = __str__\n\
         class Odd(Exception):\n    def __str__(self): return Text('x')\nraise Odd";
    fault: an_odd_syntax_error, "raises a SyntaxError with attributes of any types",
        "error = SyntaxError('odd')\nerror.lineno, error.offset, error.filename, error.text = 'x', -9, 5, 7\nraise error";
}
