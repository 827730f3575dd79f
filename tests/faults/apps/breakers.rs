//! Applications that replace what Python gives to everybody in the process.

use super::{fault, fault_of_each};

/// A test whose application runs these statements and answers.
macro_rules! breaks {
    ($($test:ident, $row:literal, $statements:literal;)*) => {$(
        #[test]
        fn $test() {
            fault(
                $row,
                &format!(
                    "def bad(*_, **__): raise ValueError('replaced')\n\n\
                     def fault(environ, start_response):\n    {}\n    return answer(start_response)\n",
                    $statements.replace('\n', "\n    ")
                ),
            );
        }
    )*};
}

breaks! {
    settrace, "sets sys.settrace(), threading.settrace() and sys.setprofile()",
        "nothing = lambda *_: None\nsys.settrace(nothing)\nsys.setprofile(nothing)\nthreading.settrace(nothing)";
    excepthook, "replaces sys.excepthook and raises",
        "sys.excepthook = threading.excepthook = sys.unraisablehook = bad\nraise KeyError('mine')";
    alarm, "sets signal.alarm(1), without a handler, and answers after two seconds",
        "signal.alarm(1)\ntime.sleep(2)";
    stdout, "sets sys.stdout to None and sys.stderr to a number", "sys.stdout, sys.stderr = None, 5";
    print, "replaces builtins.print", "import builtins\nbuiltins.print = bad";
    json, "replaces json.dumps and json.loads", "import json\njson.dumps = json.loads = bad";
    clock, "replaces the functions of time",
        "time.time = time.monotonic = time.sleep = time.perf_counter = time.perf_counter_ns = bad";
    os_functions, "replaces os.write, os.read and os._exit", "os.write = os.read = os._exit = bad";
    collector, "switches gc off", "gc.disable()";
    folder, "changes the folder with os.chdir('/')", "os.chdir('/')";
    environment, "clears os.environ", "os.environ.clear()";
    modules, "clears sys.path and sys.modules", "sys.path.clear()\nsys.modules.clear()";
    modules_and_raises, "clears sys.path and sys.modules, and raises",
        "sys.path.clear()\nsys.modules.clear()\nraise ValueError('mine')";
    main, "clears the module the tutor's own Python runs in", "vars(sys.modules['__main__']).clear()";
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
