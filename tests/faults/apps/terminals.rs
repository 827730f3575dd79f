//! Applications that want somebody at a terminal, or time at their end.

use super::{fault, fault_of_each};

fault_tests! {
    "", "    return answer(start_response)\n";
    fault: asks, "calls input()", "input('name? ')";
    fault: debugs, "calls breakpoint()", "breakpoint()\nname = 'Ada'";
    fault: debugs_by_name, "calls pdb.set_trace()", "import pdb\npdb.set_trace()\nname = 'Ada'";
    fault: asks_for_a_password, "calls getpass.getpass()", "import getpass\ngetpass.getpass()";
    fault: reads_what_nobody_types, "reads a line of sys.stdin", "sys.stdin.readline()";
    fault: registers_at_exit, "registers a function with atexit", "# It prints.\nimport atexit\natexit.register(print, 'bye')";
}

#[test]
fn more_memory_at_once_than_there_is() {
    fault_of_each(
        "asks for 3 GB at once",
        "def fault(environ, start_response):\n    return answer(start_response, bytes(3_000_000_000))\n",
    );
}
