# Everything begins here.

# Processes that multiprocessing spawns run this file too, under another name.
if __name__ == "__main__":
    deadline = float(sys.argv[1])
    # What each frame begins with, so that nothing the application writes into the pipe is one.
    MARK = sys.argv[2]
    project = os.sep
    owned, sources = {}, {}
    # The variables of the application's module.
    namespace = {}
    files = Files()
    # Where several threads call the application: their lanes.
    lanes = {}
    forked = False
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget_the_pipe)
    first = Lane(*take_pipes(), Alarm())
    sys.dont_write_bytecode = True
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.implementation.name == "rustpython":
        # Its guesses are no place to import from.
        sys.path[:] = [path for path in sys.path if os.path.isdir(path)]
        # When it runs out of memory it aborts; this says at which line.
        import faulthandler
        faulthandler.enable(OUTPUT_FD, all_threads=False)
    sys.path[:] = [path for path in sys.path if path != here]
    sys.meta_path.insert(0, Library())
    SHARED["input"], sys.breakpointhook = ask, debug
    warn_of_atexit()
    raws = Output("stdout"), Output("stderr")
    outputs = [output(raw) for raw in raws]
    sys.stdout, sys.stderr = outputs
    first.report(
        "ready",
        implementation=sys.implementation.name,
        version=sys.version.split()[0],
        executable=sys.executable,
    )
    born = frozenset(sys.modules)
    stand(None, first)
