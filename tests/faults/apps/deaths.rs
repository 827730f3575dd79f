//! Applications that end their process.

use super::{fault, fault_of_each};

#[test]
fn os_exit() {
    fault(
        "calls os._exit(3)",
        "def fault(environ, start_response):\n    os._exit(3)\n",
    );
}

#[test]
fn os_exit_in_a_thread() {
    fault(
        "calls os._exit(3) in a thread",
        "def fault(environ, start_response):\n    \
         thread = threading.Thread(target=lambda: os._exit(3))\n    thread.start()\n    thread.join()\n",
    );
}

#[test]
fn os_exit_within_the_body() {
    fault(
        "calls os._exit(4) after the first block",
        "def fault(environ, start_response):\n    yield from answer(start_response)\n    os._exit(4)\n",
    );
}

#[test]
fn sys_exit() {
    fault(
        "calls sys.exit(3)",
        "def fault(environ, start_response):\n    sys.exit(3)\n",
    );
}

#[test]
fn sys_exit_in_a_thread() {
    fault(
        "calls sys.exit(3) in a thread",
        "def fault(environ, start_response):\n    \
         thread = threading.Thread(target=lambda: sys.exit(3))\n    thread.start()\n    thread.join()\n    \
         return answer(start_response)\n",
    );
}

#[test]
fn an_exception_in_a_thread() {
    fault(
        "raises in a thread",
        "# It prints.\ndef fault(environ, start_response):\n    \
         thread = threading.Thread(target=lambda: 1 / 0)\n    thread.start()\n    thread.join()\n    \
         return answer(start_response)\n",
    );
}

#[test]
fn sigkill() {
    fault(
        "kills its process (SIGKILL)",
        "def fault(environ, start_response):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
    );
}

#[test]
fn sigterm() {
    fault(
        "ends its process (SIGTERM)",
        "def fault(environ, start_response):\n    os.kill(os.getpid(), signal.SIGTERM)\n    time.sleep(9)\n",
    );
}

#[test]
fn segmentation_fault() {
    fault_of_each(
        "sends itself SIGSEGV",
        "def fault(environ, start_response):\n    os.kill(os.getpid(), signal.SIGSEGV)\n    return answer(start_response)\n",
    );
}

#[test]
fn a_null_pointer() {
    fault_of_each(
        "reads address 0 with ctypes",
        "def fault(environ, start_response):\n    import ctypes\n    ctypes.string_at(0)\n",
    );
}

#[test]
fn abort() {
    fault(
        "calls os.abort()",
        "def fault(environ, start_response):\n    os.abort()\n",
    );
}

#[test]
fn another_call_of_exit_is_not_blamed_for_a_signal() {
    fault(
        "holds two calls of os._exit() and is killed",
        "def one():\n    os._exit(1)\n\ndef two():\n    os._exit(2)\n\n\
         def fault(environ, start_response):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
    );
}

#[test]
fn memory_without_end() {
    fault_of_each(
        "takes memory without end",
        "def fault(environ, start_response):\n    eaten = []\n    while True: eaten.append(bytes(1 << 29))\n",
    );
}

#[test]
fn recursion() {
    fault(
        "calls itself without end",
        "def fault(environ, start_response):\n    return fault(environ, start_response)\n",
    );
}

#[test]
fn recursion_in_getattr() {
    fault(
        "calls itself without end in __getattr__",
        "class Deep:\n    def __getattr__(self, name): return getattr(self, name + 'x')\n\n\
         def fault(environ, start_response):\n    Deep().a\n",
    );
}

#[test]
fn recursion_in_json() {
    fault_of_each(
        "reads JSON nested a million times",
        "def fault(environ, start_response):\n    import json\n    json.loads('[' * 1_000_000)\n",
    );
}

#[test]
fn recursion_in_the_parser() {
    fault_of_each(
        "has Python parse a million minus signs",
        "def fault(environ, start_response):\n    eval('-' * 1_000_000 + '1')\n",
    );
}

#[test]
fn recursion_when_memory_is_freed() {
    fault(
        "lets go of a list nested 100000 times",
        "def fault(environ, start_response):\n    deep = []\n    \
         for _ in range(100_000): deep = [deep]\n    del deep\n    return answer(start_response)\n",
    );
}
