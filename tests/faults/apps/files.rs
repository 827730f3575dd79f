//! What becomes of the application's file: it is gone, it is no file, or what is in it does not
//! come to an end while it is loaded. Put back, it is served again.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::{BEFORE, Marked, seen_by_each, seen_of_each, told};
use crate::support::Engine;

/// What `spoil` does to the file of a running application, and what becomes of the next request.
fn spoiled(name: &str, spoil: impl Fn(&Path) + Sync) {
    seen_by_each(&[(name, &spoil)], observe);
}

/// The same where the engines say different things.
fn spoiled_of_each(name: &str, spoil: impl Fn(&Path) + Sync) {
    seen_of_each(&[(name, &spoil)], observe);
}

fn observe(name: &str, engine: Engine, spoil: &(impl Fn(&Path) + Sync)) -> String {
    let run = Marked::app(engine, "");
    run.process();
    let app = run.tutor.app().to_owned();
    spoil(&app);
    let answer = run.tutor.get("/hello");
    let project = app.parent().expect("it lies in a folder");
    let seen = told(&answer, &run.tutor.exchange()).replace(&*project.to_string_lossy(), "…");
    // Whatever stands there by now.
    let _ = fs::remove_dir_all(&app).or_else(|_| fs::remove_file(&app));
    fs::create_dir_all(project).expect("it can be made again");
    run.tutor.save(&format!("{BEFORE}\n# Mended.\n"));
    run.process();
    run.ends(name);
    format!("{seen}; served again once it is mended")
}

#[test]
fn removed() {
    spoiled("its file is removed", |app| fs::remove_file(app).unwrap());
}

#[test]
fn a_folder() {
    spoiled("its file becomes a folder", |app| {
        fs::remove_file(app).unwrap();
        fs::create_dir(app).unwrap();
    });
}

#[test]
fn a_pipe() {
    spoiled("its file becomes a pipe (FIFO)", |app| {
        fs::remove_file(app).unwrap();
        assert!(Command::new("mkfifo").arg(app).status().unwrap().success());
    });
}

#[test]
fn a_circle_of_links() {
    spoiled("its file becomes a link to itself", |app| {
        fs::remove_file(app).unwrap();
        symlink(app, app).unwrap();
    });
}

#[test]
fn a_huge_file() {
    spoiled("its file becomes 50 MB long", |app| {
        fs::write(app, format!("{BEFORE}\n#{}\n", "x".repeat(50_000_000))).unwrap();
    });
}

#[test]
fn no_utf_8() {
    spoiled("its file is no UTF-8", |app| {
        fs::write(app, b"name = '\xff\xfe'\n").unwrap();
    });
}

#[test]
fn nul_bytes() {
    spoiled_of_each("its file holds NUL bytes", |app| {
        fs::write(app, b"name = 'a\0b'\n").unwrap();
    });
}

#[test]
fn an_empty_file() {
    spoiled("its file is empty", |app| fs::write(app, b"").unwrap());
}

#[test]
fn the_folder_removed() {
    spoiled("its whole folder is removed", |app| {
        fs::remove_dir_all(app.parent().unwrap()).unwrap();
    });
}

fn saved(name: &str, source: &str) {
    spoiled(name, |app| fs::write(app, source).unwrap());
}

#[test]
fn exits_while_it_is_loaded() {
    saved(
        "calls sys.exit(3) while it is loaded",
        "import sys\nsys.exit(3)\n",
    );
}

#[test]
fn leaves_while_it_is_loaded() {
    saved(
        "calls os._exit(3) while it is loaded",
        "import os\nos._exit(3)\n",
    );
}

#[test]
fn is_killed_while_it_is_loaded() {
    saved(
        "kills its process (SIGKILL) while it is loaded",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
    );
}

#[test]
fn asks_while_it_is_loaded() {
    saved(
        "calls input() while it is loaded",
        "name = input('name? ')\napplication = print\n",
    );
}

#[test]
fn takes_memory_while_it_is_loaded() {
    saved(
        "asks for 3 GB at once while it is loaded",
        "kept = bytes(3_000_000_000)\napplication = print\n",
    );
}

#[test]
fn closes_descriptors_while_it_is_loaded() {
    saved(
        "closes descriptors 3 to 1000 while it is loaded",
        "import os\nos.closerange(3, 1000)\napplication = print\n",
    );
}

#[test]
fn writes_rubbish_while_it_is_loaded() {
    saved(
        "writes binary rubbish to descriptors 0 to 20 while it is loaded",
        "import os\nfor number in range(21):\n    try: os.write(number, b'\\x00\\xff rubbish\\n')\n    \
         except OSError: pass\napplication = print\n",
    );
}

/// At once, because each takes ten seconds.
#[test]
fn hangs_while_it_is_loaded() {
    let all = [
        (
            "loops for ever while it is loaded",
            "import time\nwhile True: time.sleep(0.1)\n",
        ),
        (
            "prints for ever while it is loaded",
            "while True: print('x' * 100)\n",
        ),
    ];
    let write = all.map(|(name, source)| (name, move |app: &Path| fs::write(app, source).unwrap()));
    let some: Vec<_> = write.iter().map(|(name, write)| (*name, write)).collect();
    seen_by_each(&some, observe);
}
