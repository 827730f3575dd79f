"""What a trial of a module is: a small real use of it, and the value that CPython gives."""

# A trial belongs to a module, and a module may have several.
TRIALS = []


def tries(module, expected):
    """Has a function try this module. It imports the module itself, and returns what is expected."""
    def keep(trial):
        TRIALS.append((module, trial, expected))
        return trial
    return keep
