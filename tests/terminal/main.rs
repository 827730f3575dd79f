//! The real program in a real terminal: a few runs that show it starts, answers, hands the terminal
//! to an editor and takes it back, and leaves nothing behind.

mod editor;
mod leaving;
mod screen;
mod terminal;
