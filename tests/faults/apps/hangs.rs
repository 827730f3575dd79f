//! Applications that do not come back: stopped after the deadline, with their line.

use super::{fault_of_each, faults};

const LOOPING: &str = "
def for_ever(*_):
    while True: time.sleep(0.1)
";

/// All of them at once, because each takes ten seconds.
#[test]
fn whatever_hangs_is_stopped_and_its_line_named() {
    let hangs = [
        (
            "loops for ever in the call",
            "def fault(environ, start_response):\n    while True: pass\n",
        ),
        (
            "loops for ever in a generator, after its first block",
            "def fault(environ, start_response):\n    yield from answer(start_response)\n    while True: time.sleep(0.1)\n",
        ),
        (
            "loops for ever in close()",
            "class Body:\n    def __iter__(self): return iter([b'answered'])\n    close = for_ever\n\n\
             def fault(environ, start_response):\n    answer(start_response)\n    return Body()\n",
        ),
        (
            "loops for ever in __del__",
            "class Held:\n    __del__ = for_ever\n\n\
             def fault(environ, start_response):\n    held = Held()\n    del held\n    return answer(start_response)\n",
        ),
        (
            "loops for ever in the __str__ of its exception",
            "class Odd(Exception):\n    __str__ = for_ever\n\n\
             def fault(environ, start_response):\n    raise Odd\n",
        ),
        (
            "loops for ever in the __repr__ of a value of environ",
            "class Shown:\n    __repr__ = for_ever\n\n\
             def fault(environ, start_response):\n    environ['shown'] = Shown()\n    return answer(start_response)\n",
        ),
        (
            "loops for ever in the __iter__ of its list of headers",
            "class Headers(list):\n    __iter__ = for_ever\n\n\
             def fault(environ, start_response):\n    start_response('200 OK', Headers())\n",
        ),
        (
            "catches every exception, and loops for ever",
            "def fault(environ, start_response):\n    while True:\n        try:\n            \
             while True: time.sleep(0.1)\n        except BaseException: pass\n",
        ),
        (
            "has its own handler for SIGALRM, and loops for ever",
            "def fault(environ, start_response):\n    signal.signal(signal.SIGALRM, lambda *_: None)\n    for_ever()\n",
        ),
        (
            "goes to the tutor's process group, where no signal for its own group ends it, and loops for ever",
            "def fault(environ, start_response):\n    os.setpgid(0, os.getpgid(os.getppid()))\n    \
             signal.signal(signal.SIGALRM, lambda *_: None)\n    for_ever()\n",
        ),
        (
            "switches the timer of the deadline off, and loops for ever",
            "def fault(environ, start_response):\n    signal.setitimer(signal.ITIMER_REAL, 0)\n    for_ever()\n",
        ),
        (
            "stops its process (SIGSTOP)",
            "def fault(environ, start_response):\n    os.kill(os.getpid(), signal.SIGSTOP)\n    return answer(start_response)\n",
        ),
        (
            "prints for ever",
            "def fault(environ, start_response):\n    while True: print('x' * 100)\n",
        ),
        (
            "prints for ever, and no end of a line",
            "def fault(environ, start_response):\n    while True: sys.stdout.write('x' * 100)\n",
        ),
        (
            "prints to stderr for ever",
            "def fault(environ, start_response):\n    while True: print('x' * 100, file=sys.stderr)\n",
        ),
        (
            "writes to wsgi.errors for ever",
            "def fault(environ, start_response):\n    while True: environ['wsgi.errors'].write('x' * 100)\n",
        ),
        (
            "writes to descriptor 1 for ever",
            "def fault(environ, start_response):\n    while True: os.write(1, b'x' * 100)\n",
        ),
        (
            "reads wsgi.input for ever",
            "def fault(environ, start_response):\n    while True: environ['wsgi.input'].read()\n",
        ),
    ];
    let sources = hangs.map(|(name, source)| (name, format!("{LOOPING}\n{source}")));
    let all: Vec<_> = sources
        .iter()
        .map(|(name, source)| (*name, source.as_str()))
        .collect();
    // Not all at once: the machine may be small.
    for some in all.chunks(6) {
        faults(some);
    }
}

#[test]
fn a_lock_that_is_never_free() {
    fault_of_each(
        "holds a lock twice",
        "def fault(environ, start_response):\n    lock = threading.Lock()\n    lock.acquire()\n    lock.acquire()\n",
    );
}

#[test]
fn a_thread_that_never_ends() {
    fault_of_each(
        "joins a thread that never ends",
        "def fault(environ, start_response):\n    \
         thread = threading.Thread(target=time.sleep, args=(7777,), daemon=True)\n    thread.start()\n    \
         thread.join()\n",
    );
}
