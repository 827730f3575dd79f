//! The command as it is written, as a shell reads it, and as curl sends it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rstest::rstest;

use super::{curl, quoted};
use crate::exchange::{Excerpt, RequestRead};

const URL: &str = "http://127.0.0.1:8080";

fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> RequestRead {
    let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
    RequestRead {
        method: method.into(),
        target: target.into(),
        version: "HTTP/1.1".into(),
        headers: headers.iter().map(owned).collect(),
        body: Excerpt::new(body, 1 << 20),
    }
}

/// What curl sends by itself.
const OWN: [(&str, &str); 3] = [
    ("Host", "127.0.0.1:8080"),
    ("User-Agent", "curl/8.0"),
    ("Accept", "*/*"),
];

#[rstest]
#[case("GET", "/a?b=1", &[], b"", "curl -H 'User-Agent: curl/8.0' -H 'Accept: */*' 'http://127.0.0.1:8080/a?b=1'")]
#[case("HEAD", "/", &[], b"", "curl --head -H 'User-Agent: curl/8.0' -H 'Accept: */*' http://127.0.0.1:8080/")]
#[case("DELETE", "/../x", &[], b"", "curl -X DELETE --path-as-is -H 'User-Agent: curl/8.0' -H 'Accept: */*' http://127.0.0.1:8080/../x")]
#[case("GET", "/a/%2E%2e%2fx", &[], b"", "curl --path-as-is -H 'User-Agent: curl/8.0' -H 'Accept: */*' 'http://127.0.0.1:8080/a/%2E%2e%2fx'")]
#[case("GET", "/a[1]#x", &[], b"", "curl --request-target '/a[1]#x' -H 'User-Agent: curl/8.0' -H 'Accept: */*' http://127.0.0.1:8080/")]
#[case("OPTIONS", "*", &[("X", "")], b"", "curl -X OPTIONS --request-target '*' -H 'User-Agent: curl/8.0' -H 'Accept: */*' -H 'X;' http://127.0.0.1:8080/")]
#[case("GET", "/\u{e9}", &[], b"", "curl --request-target \"$(printf '/\\351')\" -H 'User-Agent: curl/8.0' -H 'Accept: */*' http://127.0.0.1:8080/")]
#[case("POST", "/", &[("Content-Type", "text/plain"), ("Content-Length", "5")], b"it's\n", "printf 'it\\047s\\n' | curl -H 'User-Agent: curl/8.0' -H 'Accept: */*' -H 'Content-Type: text/plain' --data-binary @- http://127.0.0.1:8080/")]
#[case("POST", "/", &[("Content-Length", "0")], b"", "curl -H 'User-Agent: curl/8.0' -H 'Accept: */*' -H Content-Type: --data-binary '' http://127.0.0.1:8080/")]
#[case("PUT", "/", &[("Content-Type", "a/b"), ("Transfer-Encoding", "chunked")], b"@x", "curl -X PUT -H 'User-Agent: curl/8.0' -H 'Accept: */*' -H 'Content-Type: a/b' -H 'Transfer-Encoding: chunked' --data-raw @x http://127.0.0.1:8080/")]
#[case("POST", "/", &[("Content-Type", "a/b"), ("Content-Length", "4")], b"\x00%!\xff", "printf '\\000%%\\041\\377' | curl -H 'User-Agent: curl/8.0' -H 'Accept: */*' -H 'Content-Type: a/b' --data-binary @- http://127.0.0.1:8080/")]
fn a_request_as_a_command(
    #[case] method: &str,
    #[case] target: &str,
    #[case] more: &[(&str, &str)],
    #[case] body: &[u8],
    #[case] expected: &str,
) {
    let request = request(method, target, &[&OWN, more].concat(), body);
    assert_eq!(curl(URL, &request).unwrap(), expected);
}

#[test]
fn curl_adds_nothing_that_was_not_sent() {
    let mut old = request("GET", "/", &[], b"");
    old.version = "HTTP/1.0".into();
    assert_eq!(
        curl(URL, &old).unwrap(),
        "curl --http1.0 -H Host: -H User-Agent: -H Accept: http://127.0.0.1:8080/"
    );
    let other = request("GET", "/", &[("Host", "shop.example")], b"");
    assert_eq!(
        curl(URL, &other).unwrap(),
        "curl -H 'Host: shop.example' -H User-Agent: -H Accept: http://127.0.0.1:8080/"
    );
}

#[test]
fn half_a_body_is_no_request() {
    let mut half = request("POST", "/", &OWN, b"abc");
    half.body.length = 9;
    assert_eq!(
        curl(URL, &half).unwrap_err().to_string(),
        "no command can send this request: only 3 of the 9 bytes of its body were kept"
    );
}

#[rstest]
#[case("")]
#[case("plain")]
#[case("two words")]
#[case("it's $HOME `id` \"x\" \\ !")]
#[case("Zoë 李 *?[a]{b}")]
fn plain_quotes_are_read_back(#[case] text: &str) {
    assert_eq!(
        shell_words::split(&quoted(text.as_bytes())).unwrap(),
        [text]
    );
}

/// With a real shell and the real curl, where they are there: what arrives is the request.
#[rstest]
#[case::bash("bash")]
#[case::dash("dash")]
#[case::sh("sh")]
fn the_real_curl_sends_the_same(#[case] shell: &str) {
    let found = |program: &str| {
        let mut command = Command::new(program);
        let command = command.arg("--version").stdout(Stdio::null());
        command.stderr(Stdio::null()).status().is_ok()
    };
    if !found("curl") || !found(shell) {
        return;
    }
    let every_byte: Vec<u8> = (0..=255).collect();
    let all_but_nul = &every_byte[1..];
    let with = |more: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
        let agent = ("User-Agent", "it's \"me\" \u{e9} \\ $HOME `id`");
        [&[agent], more].concat()
    };
    let length = ("Content-Length", "");
    for (method, target, headers, body) in [
        ("GET", "/", vec![], &b""[..]),
        ("GET", "/a/../b?c={d}&e=[1-3]#f", with(&[("X", "")]), b""),
        ("HEAD", "/", OWN[2..].to_vec(), b""),
        ("OPTIONS", "*", with(&[("X-A", "1"), ("X-A", "2")]), b""),
        ("POST", "/caf\u{e9}", with(&[length]), all_but_nul),
        ("POST", "/", with(&[length]), &every_byte),
        (
            "PUT",
            "/",
            vec![length, ("Content-Type", "a/b")],
            b"@/etc/passwd",
        ),
        ("PATCH", "/", vec![length], b""),
        ("POST", "/", vec![length], b"-%d it's\n\n"),
        (
            "GET",
            "/-\u{80}\'\"$(x)`!%41",
            with(&[("X", "-\u{e9}\'\"$(x)`!%")]),
            b"",
        ),
    ] {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = server.local_addr().unwrap().to_string();
        let size = body.len().to_string();
        let mut sent = vec![("Host", address.as_str())];
        sent.extend(headers.iter().map(|&(name, value)| match name {
            "Content-Length" => (name, size.as_str()),
            _ => (name, value),
        }));
        let request = request(method, target, &sent, body);
        let command = curl(&format!("http://{address}"), &request).unwrap();
        let mut child = Command::new(shell)
            .args(["-c", &command])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let client = connected(&server, &mut child).unwrap_or_else(|| panic!("{command}"));
        let got = received(client);
        child.wait().unwrap();
        assert_eq!(
            got.0,
            [latin1(&format!("{method} {target} HTTP/1.1"))],
            "{command}"
        );
        let mut wanted: Vec<Vec<u8>> = sent
            .iter()
            .map(|(name, value)| latin1(format!("{name}: {value}").trim_end()))
            .collect();
        let mut headers = got.1;
        headers.sort();
        wanted.sort();
        assert_eq!(headers, wanted, "{command}");
        assert_eq!(got.2, body, "{command}");
    }
}

fn latin1(text: &str) -> Vec<u8> {
    super::latin1(text)
}

/// The connection of a command, unless it ends without one.
fn connected(server: &TcpListener, child: &mut Child) -> Option<TcpStream> {
    server.set_nonblocking(true).unwrap();
    loop {
        let over = child.try_wait().unwrap().is_some();
        if let Ok((client, _)) = server.accept() {
            client.set_nonblocking(false).unwrap();
            return Some(client);
        }
        if over {
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The request line, the headers and the body of one request, which gets an empty answer.
fn received(client: TcpStream) -> ([Vec<u8>; 1], Vec<Vec<u8>>, Vec<u8>) {
    let mut reader = BufReader::new(client);
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).unwrap();
        let line = line.trim_ascii_end().to_vec();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let length = lines.iter().find_map(|line| {
        let line = String::from_utf8_lossy(line).into_owned();
        line.strip_prefix("Content-Length: ")?.parse().ok()
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    reader
        .get_mut()
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .unwrap();
    let first = lines.remove(0);
    ([first], lines, body)
}
