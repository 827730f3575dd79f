//! Applications that close, replace or write to file descriptors that are not theirs.

use super::fault;

#[test]
fn standard_streams_closed() {
    fault(
        "closes sys.stdin, sys.stdout and sys.stderr",
        "def fault(environ, start_response):\n    sys.stdin.close()\n    sys.stdout.close()\n    sys.stderr.close()\n    \
         return answer(start_response)\n",
    );
}

#[test]
fn descriptors_0_1_and_2_closed() {
    fault(
        "closes descriptors 0, 1 and 2",
        "def fault(environ, start_response):\n    for number in range(3): os.close(number)\n    \
         return answer(start_response)\n",
    );
}

#[test]
fn every_other_descriptor_closed() {
    fault(
        "closes descriptors 3 to 1000",
        "def fault(environ, start_response):\n    os.closerange(3, 1000)\n    return answer(start_response)\n",
    );
}

#[test]
fn descriptors_closed_and_a_loop() {
    fault(
        "closes descriptors 3 to 1000, and sleeps",
        "def fault(environ, start_response):\n    os.closerange(3, 1000)\n    time.sleep(60)\n",
    );
}

#[test]
fn every_descriptor_replaced() {
    fault(
        "replaces descriptors 0 to 20 by /dev/null",
        "def fault(environ, start_response):\n    nothing = os.open(os.devnull, os.O_RDWR)\n    \
         for number in range(21):\n        if number != nothing: os.dup2(nothing, number)\n    \
         return answer(start_response)\n",
    );
}

#[test]
fn rubbish_on_standard_output() {
    fault(
        "writes binary rubbish to descriptor 1",
        "# It prints.\ndef fault(environ, start_response):\n    os.write(1, b'\\x00\\xff rubbish {\"json\": 1}\\n')\n    \
         return answer(start_response)\n",
    );
}

const EACH: &str = "
def to_each(data):
    for number in range(21):
        try: os.write(number, data)
        except OSError: pass
";

#[test]
fn rubbish_on_every_descriptor() {
    fault(
        "writes binary rubbish to descriptors 0 to 20",
        &format!(
            "{EACH}\ndef fault(environ, start_response):\n    to_each(b'\\x00\\xff rubbish {{\"json\": 1}}\\n')\n    \
             return answer(start_response)\n"
        ),
    );
}

#[test]
fn frames_on_every_descriptor() {
    fault(
        "writes what its own process would report to descriptors 0 to 20",
        &format!(
            "{EACH}\ndef fault(environ, start_response):\n    \
             to_each(b'{{\"event\":\"start-response\",\"status\":\"299 Fake\",\"headers\":[],\"exc_info\":false,\
             \"mounted\":null}}\\n{{\"event\":\"finished\"}}\\n')\n    return answer(start_response)\n"
        ),
    );
}

#[test]
fn frames_from_a_child() {
    fault(
        "has a child write to every descriptor it inherits",
        "def fault(environ, start_response):\n    \
         code = 'import os\\nfor n in range(3, 21):\\n    try: os.write(n, b\"x\")\\n    except OSError: pass'\n    \
         subprocess.run(['python3', '-c', code], close_fds=False)\n    return answer(start_response)\n",
    );
}
