//! `wsgi-tutor` teaches WSGI (PEP 3333) by letting a person watch it happen. ARCHITECTURE.md says
//! what each module is for, and which way dependencies run.

pub mod browser;
pub mod cli;
pub mod command;
pub mod diagnosis;
pub mod doctor;
mod editor;
pub mod exchange;
pub mod explain;
pub mod gateway;
pub mod glossary;
pub mod headless;
pub mod installation;
pub mod lesson;
pub mod locate;
pub mod log;
pub mod manual;
mod ordinary_file;
mod poll;
pub mod progress_line;
pub mod python;
pub mod recording;
pub mod session;
mod spawn;
pub mod terminal;
pub mod tui;
pub mod verify;
