//! Processes an application starts and leaves running: none of them outlives the tutor, even one
//! that is killed, a reload, or the end of the process it comes from.

use std::thread;
use std::time::Instant;

use rustix::process::{Pid, Signal};

use super::{BEFORE, ENGINES, MARK, Marked, fault};
use crate::running::{Running, marked};
use crate::support::{PATIENCE, children};
use crate::table::{Section, assert_row};

/// `/fault` tells the number of what `left` leaves, where it knows it.
const FAULT: &str = "
def fault(environ, start_response):
    return answer(start_response, str(left()).encode())

def dies(environ, start_response):
    os._exit(3)
";

impl Marked {
    /// What runs because of `/fault` and did not before.
    fn leaves(&self, name: &str) -> Vec<Running> {
        let ids = |all: Vec<Running>| all.iter().map(|it| it.id).collect::<Vec<_>>();
        let before = ids(marked(MARK, &self.mark));
        let told = self.tutor.get("/fault").text();
        self.tutor.exchange();
        let told = told.parse().ok().and_then(Pid::from_raw);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let running = marked(MARK, &self.mark);
            // The process that waits for the next save may have been started meanwhile.
            let own = children(self.tutor.id());
            let is_left = |it: &Running| {
                !before.contains(&it.id) && !own.contains(&it.id) && Some(it.id) != told
            };
            let mut left: Vec<_> = running.into_iter().filter(is_left).collect();
            left.extend(told.map(|id| Running::new(id).expect("it runs")));
            if !left.is_empty() {
                return left;
            }
            // One that is just becoming another program has no environment for a moment.
            assert!(Instant::now() < deadline, "{name}: nothing was left");
            thread::yield_now();
        }
    }
}

/// `known` says whether they are known by their mark, and so are found after their process has died
/// of itself, and after the tutor was killed.
fn nothing_is_left(name: &str, left: &str, known: bool) {
    for &(engine, called) in ENGINES {
        let name_here = format!("{name}, {called}");
        let source = format!("{left}\n{FAULT}");
        let run = Marked::app(engine, &source);
        run.process();
        let ended = |left: Vec<Running>, when: &str| {
            assert!(
                left.iter().all(Running::ends),
                "{name_here}: one outlives {when}"
            );
        };
        let of_reload = run.leaves(&name_here);
        run.tutor.save(&format!("{BEFORE}\n{source}\n# Saved.\n"));
        run.process();
        ended(of_reload, "a reload");
        if known {
            let of_death = run.leaves(&name_here);
            assert_eq!(run.tutor.get("/dies").status, "502 Bad Gateway");
            run.tutor.exchange();
            run.process();
            ended(of_death, "its process");
        }
        let of_end = run.leaves(&name_here);
        run.ends(&name_here);
        ended(of_end, "the tutor");
        if known {
            let run = Marked::app(engine, &source);
            let of_kill = run.leaves(&name_here);
            run.tutor.stop(Signal::KILL);
            ended(of_kill, "a tutor that was killed");
        }
    }
    let with = if known {
        "with the next reload, when its process ends of itself, and with the tutor, even one that is killed"
    } else {
        "with the next reload, and with the tutor, unless that is killed"
    };
    assert_row(
        Section::Apps,
        name,
        &format!("200; what was left is ended {with}"),
    );
}

#[test]
fn a_child() {
    nothing_is_left(
        "leaves a child running",
        "def left(): return subprocess.Popen(['sleep', '7777']).pid\n",
        true,
    );
}

#[test]
fn a_child_in_its_own_session() {
    nothing_is_left(
        "leaves a child running in a session of its own",
        "def left(): return subprocess.Popen(['sleep', '7777'], start_new_session=True).pid\n",
        true,
    );
}

#[test]
fn a_child_without_an_environment() {
    nothing_is_left(
        "leaves a child running in a session of its own, with an empty environment",
        "def left(): return subprocess.Popen(['sleep', '7777'], start_new_session=True, env={'PATH': os.environ['PATH']}).pid\n",
        false,
    );
}

#[test]
fn a_grandchild() {
    nothing_is_left(
        "leaves a grandchild running whose parent has ended",
        "def left(): os.system('setsid sleep 7777 >/dev/null 2>&1 &')\n",
        true,
    );
}

#[test]
fn a_fork() {
    nothing_is_left(
        "forks, and the child never ends",
        "def left():\n    child = os.fork()\n    if child == 0: time.sleep(7777)\n    return child\n",
        true,
    );
}

#[test]
fn a_daemon() {
    nothing_is_left(
        "makes a daemon by two forks, and closes all its descriptors",
        "def left():\n    child = os.fork()\n    if child:\n        os.waitpid(child, 0)\n        return\n    \
         os.setsid()\n    if os.fork(): os._exit(0)\n    os.closerange(0, 1000)\n    time.sleep(7777)\n",
        true,
    );
}

#[test]
fn many_forks() {
    nothing_is_left(
        "forks fifty times, into sessions of their own",
        "def left():\n    for _ in range(50):\n        if os.fork() == 0:\n            os.setsid()\n            \
         time.sleep(7777)\n",
        true,
    );
}

#[test]
fn a_fork_that_goes_on() {
    fault(
        "forks, and both go on with the answer",
        "def fault(environ, start_response):\n    os.fork()\n    return answer(start_response)\n",
    );
}

#[test]
fn a_child_that_holds_the_pipes() {
    fault(
        "dies and leaves a child that holds its pipes",
        "def fault(environ, start_response):\n    subprocess.Popen(['sleep', '7777'], close_fds=False)\n    os._exit(3)\n",
    );
}

#[test]
fn a_fork_that_holds_the_pipes() {
    fault(
        "dies and leaves a fork that holds its pipes",
        "def fault(environ, start_response):\n    if os.fork() == 0: time.sleep(7777)\n    os._exit(3)\n",
    );
}
