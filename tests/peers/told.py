"""What wsgi-tutor tells of each exchange: one line for each request, and no false alarm."""

import collections
import json
import queue

PATIENCE = 10.0


class Record:
    """The lines of one run, followed request by request."""

    def __init__(self, framework):
        self.framework = framework
        self.lines = queue.Queue()
        self.problems = []
        self.exchanges = 0
        self.slugs = collections.Counter()

    def hear(self, line):
        """Takes a line the server printed; what is no JSON is none of ours."""
        if line.startswith(b"{"):
            self.lines.put(json.loads(line))

    def next_of(self, *types):
        """The next line of one of these types, or None when there is none in time."""
        while True:
            try:
                told = self.lines.get(timeout=PATIENCE)
            except queue.Empty:
                return None
            if told["type"] in types:
                return told

    def follow(self, request):
        """Takes the line of the exchange that has just ended."""
        told = self.next_of("exchange", "refused")
        if told is None:
            self.wrong(request, "no exchange was told")
            return
        if told["type"] == "refused":
            self.wrong(request, f"refused with {told['status']}: {told['detail']}")
            return
        self.exchanges += 1
        method = told["request"]["method"]
        if method != request.method.decode():
            self.wrong(request, f"the exchange told is a {method}")
        for diagnosis in told["diagnoses"]:
            self.slugs[diagnosis["slug"]] += 1
            if not request.fails:
                self.wrong(request, f"a false alarm: {diagnosis['slug']}: {diagnosis['message']}")
        error = told["error"] or {"traceback": ""}
        if request.tells not in error["traceback"] + told["logged"] + told["printed"]:
            self.wrong(request, f"{request.tells!r} was not told")
        closed = sum(event["kind"] == "close-called" for event in told["events"])
        # Both frameworks return an iterable with close(), for every request.
        if closed != 1:
            self.wrong(request, f"close() was called {closed} times")
        if told["error"] and not request.fails:
            self.wrong(request, f"an error was told: {told['error']}")

    def wrong(self, request, problem):
        self.problems.append(f"{self.framework}, {request.name}: {problem}")

    def summary(self):
        slugs = ", ".join(f"{count} {slug}" for slug, count in sorted(self.slugs.items()))
        return f"{self.exchanges} exchanges told, diagnoses: {slugs or 'none'}"

