//! environ
