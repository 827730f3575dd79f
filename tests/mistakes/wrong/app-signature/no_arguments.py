"""The smallest application of all."""


def application():  # <- app-signature
    return [b"Hello, World!"]
