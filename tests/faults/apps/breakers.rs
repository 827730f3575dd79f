//! Applications that replace what Python gives to everybody in the process.

use super::{ANSWERS, fault, fault_of_each};

const BAD: &str = "def bad(*_, **__): raise ValueError('replaced')\n\n";

fault_tests! {
    BAD, ANSWERS;
    fault: settrace, "sets sys.settrace(), threading.settrace() and sys.setprofile()",
        "nothing = lambda *_: None\nsys.settrace(nothing)\nsys.setprofile(nothing)\nthreading.settrace(nothing)";
    fault: excepthook, "replaces sys.excepthook and raises",
        "sys.excepthook = threading.excepthook = sys.unraisablehook = bad\nraise KeyError('mine')";
    fault: alarm, "sets signal.alarm(1), without a handler, and answers after two seconds",
        "signal.alarm(1)\ntime.sleep(2)";
    fault: stdout, "sets sys.stdout to None and sys.stderr to a number", "sys.stdout, sys.stderr = None, 5";
    fault: print, "replaces builtins.print", "import builtins\nbuiltins.print = bad";
    fault: json, "replaces json.dumps and json.loads", "import json\njson.dumps = json.loads = bad";
    fault: clock, "replaces the functions of time",
        "time.time = time.monotonic = time.sleep = time.perf_counter = time.perf_counter_ns = bad";
    fault: os_functions, "replaces os.write, os.read and os._exit", "os.write = os.read = os._exit = bad";
    fault: collector, "switches gc off", "gc.disable()";
    fault: folder, "changes the folder with os.chdir('/')", "os.chdir('/')";
    fault: environment, "clears os.environ", "os.environ.clear()";
    fault: modules, "clears sys.path and sys.modules", "sys.path.clear()\nsys.modules.clear()";
    fault: modules_and_raises, "clears sys.path and sys.modules, and raises",
        "sys.path.clear()\nsys.modules.clear()\nraise ValueError('mine')";
    fault: main, "clears the module the tutor's own Python runs in", "vars(sys.modules['__main__']).clear()";
}

#[test]
fn builtins() {
    fault_of_each(
        "replaces len, isinstance, type, getattr, iter and next",
        "def bad(*_): raise ValueError('replaced')\n\n\
         def fault(environ, start_response):\n    import builtins\n    \
         for name in 'len isinstance type getattr iter next'.split(): setattr(builtins, name, bad)\n    \
         return answer(start_response)\n",
    );
}

#[test]
fn no_builtins() {
    fault_of_each(
        "clears builtins",
        "def fault(environ, start_response):\n    import builtins\n    vars(builtins).clear()\n    \
         return answer(start_response)\n",
    );
}

#[test]
fn a_trace_function_that_raises() {
    fault_of_each(
        "sets a trace function that raises",
        "def bad(*_): raise ValueError('traced')\n\n\
         def fault(environ, start_response):\n    sys.settrace(bad)\n    return answer(start_response)\n",
    );
}

#[test]
fn a_profiler_that_raises() {
    fault_of_each(
        "sets a profiler that raises",
        "def bad(*_): raise ValueError('profiled')\n\n\
         def fault(environ, start_response):\n    sys.setprofile(bad)\n    return answer(start_response)\n",
    );
}
