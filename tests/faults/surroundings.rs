//! The machine and the terminal: ports, disks, signals, sizes; and what must not come out.
