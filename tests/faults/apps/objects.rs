//! Objects that are not what they seem, given as status, headers, body and values of environ.

use super::{fault, fault_of_each};

const HOSTILE: &str = "
def bad(*_): raise ValueError('hostile')
def leaves(*_): sys.exit(3)

class Closed:
    __getattribute__ = bad
class Leaving:
    __getattribute__ = leaves
class Classless:
    __class__ = property(bad)
    def __iter__(self): return iter([b'answered'])
class Lying:
    __class__ = str
    def __iter__(self): return iter([b'answered'])
class Incomparable:
    __eq__ = __bool__ = bad
    __hash__ = None
    def __iter__(self): return iter([b'answered'])
class Endless:
    def __len__(self): return 10 ** 30
    def __iter__(self): return iter([b'answered'])
class Headers(list):
    __iter__ = __len__ = __getitem__ = bad
class Text(str):
    __iter__ = __eq__ = encode = partition = bad
    __hash__ = None
class Large(bytes):
    def __len__(self): return 1 << 60
class Shown:
    __repr__ = leaves

";

fault_tests! {
    HOSTILE, "";
    fault: a_closed_body, "returns an object whose attributes cannot be read",
        "answer(start_response)\nreturn Closed()";
    fault: a_leaving_body, "returns an object whose attributes call sys.exit()",
        "answer(start_response)\nreturn Leaving()";
    fault: a_classless_body, "returns an iterable whose __class__ raises",
        "answer(start_response)\nreturn Classless()";
    fault: a_lying_body, "returns an iterable that calls itself a str",
        "answer(start_response)\nreturn Lying()";
    fault: an_incomparable_body, "returns an iterable that can be neither compared nor hashed",
        "answer(start_response)\nreturn Incomparable()";
    fault: an_endless_body, "returns an iterable whose len() is too large for Python",
        "answer(start_response)\nreturn Endless()";
    fault: a_body_that_raises, "returns a list whose __iter__ and __len__ raise",
        "answer(start_response)\nreturn Headers([b'x'])";
    fault: a_large_block, "returns a block whose __len__ lies",
        "return answer(start_response, Large(b'answered'))";
    fault: headers_that_raise, "gives headers whose __iter__ raises", "start_response('200 OK', Headers([('A', 'b')]))";
    fault: a_header_that_raises, "gives a header of a str whose methods raise",
        "start_response('200 OK', [(Text('A'), Text('b'))])\nreturn [b'answered']";
    fault: closed_headers, "gives an object as headers whose attributes cannot be read",
        "start_response('200 OK', Closed())";
    fault: a_closed_status, "gives an object as status whose attributes cannot be read",
        "start_response(Closed(), [])";
    fault: values_of_environ, "puts objects into environ whose attributes cannot be read",
        "environ['a'], environ['b'], environ['c'] = Closed(), Leaving(), Classless()\nreturn answer(start_response)";
    fault: a_repr_that_leaves, "puts an object into environ whose __repr__ calls sys.exit()",
        "environ['a'] = Shown()\nreturn answer(start_response)";
    fault: keys_of_environ, "puts keys into environ that are no str",
        "environ[5] = environ[None] = environ[b'x'] = environ[Shown()] = 'value'\nreturn answer(start_response)";
    fault: an_endless_repr, "has a local variable whose __repr__ loops for ever",
        "class Shown:\n    def __repr__(self):\n        while True: pass\nshown = Shown()\nreturn answer(start_response)";
    fault: local_variables, "has local variables whose attributes cannot be read",
        "a, b, c, d, e = Closed(), Leaving(), Classless(), Headers(), Text('x')\nreturn answer(start_response)";
    fault: a_generator_of_itself, "returns a generator that delegates to itself without end",
        "answer(start_response)\ndef blocks(): yield from blocks()\nreturn blocks()";
    fault: a_running_generator, "returns a generator that asks itself for its next block",
        "answer(start_response)\ndef blocks(): yield next(iterator)\niterator = blocks()\nreturn iterator";
    fault_of_each: a_generator_in_itself, "returns a generator that gives itself as a block",
        "answer(start_response)\ndef blocks(): yield iterator\niterator = blocks()\nreturn iterator";
}
