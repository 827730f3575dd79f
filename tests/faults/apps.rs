//! Applications that hang, die, flood or break what they stand on.
