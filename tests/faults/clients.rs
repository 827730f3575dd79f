//! Clients in numbers, and clients that are slow, deaf or gone.
