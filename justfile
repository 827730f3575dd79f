# Commands for contributors; `just` lists them. CONTRIBUTING.md says which one to use when.

set positional-arguments

# Tests without the embedded Python need a python3 and build in two minutes.
fast := "--locked --no-default-features"

_default:
    @just --list

# Formatting, lints and package features
check:
    cargo fmt --check
    .ci/features
    cargo clippy --locked --release --all-targets -- --deny warnings
    cargo clippy --locked --release --all-targets --no-default-features -- --deny warnings

# Lints and types of the Python code: the worker's program and all scripts
lint-python:
    .ci/python

# All tests, with both Pythons
test *arguments:
    cargo test --locked --release "$@"

# Tests with the system's Python only: the quick loop
test-fast *arguments:
    cargo test {{ fast }} "$@"

# Lints for the quick loop
lint-fast:
    cargo clippy {{ fast }} --all-targets -- --deny warnings

# The long tests of what can go wrong
faults:
    cargo test --locked --release --test faults -- --ignored

# Screens after a change that was meant
snapshots:
    INSTA_UPDATE=always cargo test {{ fast }} --test screens

# The documents that tests and other servers write (half an hour)
docs:
    WSGI_TUTOR_WRITE=1 cargo test --locked --release --test faults -- --include-ignored
    WSGI_TUTOR_WRITE=1 cargo test --locked --release --test outside modules
    python3 tests/peers/score.py --write
    python3 tests/peers/mistakes.py --write

# docs/speed.md: what must stay quick, against its peers
bench:
    python3 benches/table.py --write

# The wheel of what `cargo build --release` built, tried in a fresh environment
wheel:
    .ci/wheel

# What a release holds, built and tried: needs root, debootstrap, maturin and ziglang, and an hour
release-check target="x86_64-unknown-linux-gnu":
    rm -rf target/wheels
    packaging/wheel --dist {{ target }}
    python3 packaging/try_wheel.py target/wheels/*.whl
    packaging/package
    packaging/bare-machine

# Spelling
spelling:
    typos
