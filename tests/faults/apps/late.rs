//! What is kept of a request and used after it has ended, or from another thread.

use super::fault;

#[test]
fn start_response_in_the_next_request() {
    fault(
        "keeps start_response, and calls it in the next request",
        "kept = []\n\n\
         def fault(environ, start_response):\n    kept.append(start_response)\n    return [b'never started']\n\n\
         def then(environ, start_response):\n    blocks = answer(start_response)\n    \
         kept.pop()('299 Late', [])\n    return blocks\n",
    );
}

#[test]
fn write_in_the_next_request() {
    fault(
        "keeps write(), and calls it in the next request",
        "kept = []\n\n\
         def fault(environ, start_response):\n    kept.append(start_response('200 OK', []))\n    return [b'first']\n\n\
         def then(environ, start_response):\n    blocks = answer(start_response)\n    kept.pop()(b'late')\n    return blocks\n",
    );
}

#[test]
fn input_in_the_next_request() {
    fault(
        "keeps wsgi.input, and reads it in the next request",
        "kept = []\n\n\
         def fault(environ, start_response):\n    kept.append(environ['wsgi.input'])\n    return answer(start_response)\n\n\
         def then(environ, start_response):\n    return answer(start_response, b'x' + kept.pop().read())\n",
    );
}

#[test]
fn everything_from_another_thread() {
    fault(
        "calls start_response and write() from another thread",
        "def fault(environ, start_response):\n    \
         def other(): start_response('200 OK', [])(b'from a thread')\n    \
         thread = threading.Thread(target=other)\n    thread.start()\n    thread.join()\n    return []\n",
    );
}

#[test]
fn input_from_a_thread_for_ever() {
    fault(
        "leaves a thread that reads wsgi.input for ever",
        // The answer waits for the first read, so that there is one in the record each time.
        "def fault(environ, start_response):\n    once = threading.Event()\n    \
         def for_ever():\n        while True: environ['wsgi.input'].read(); once.set()\n    \
         threading.Thread(target=for_ever, daemon=True).start()\n    \
         once.wait(5)\n    return answer(start_response)\n",
    );
}

#[test]
fn a_generator_that_cannot_be_closed() {
    fault(
        "has a generator that goes on when it is closed",
        "def fault(environ, start_response):\n    start_response('200 OK', [('Content-Length', '1')])\n    \
         while True:\n        try: yield b'x'\n        except GeneratorExit: pass\n",
    );
}
