"""Runs one WSGI application for the gateway: the program of a worker process.

The same program runs in the embedded interpreter and in a system Python. It reads commands from its
standard input and writes a frame to its standard output for everything the application does. A
command or frame is a line of JSON, followed by as many raw bytes as its "bytes" says. The program
knows nothing of HTTP: environ comes from the gateway, and status, headers and blocks go back to it.

`program.rs` bundles the modules of this package into one file, in the order of their imports and
without the imports between them, so that no name of the package hides a module of the application.
All of them share one namespace then: a name at the top of a module must not occur in another one.
The modules import little, because every start of a worker pays for it.
"""
