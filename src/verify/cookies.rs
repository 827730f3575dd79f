//! The cookies an app has set during a check, and which of them go with a request (RFC 6265).

use std::time::SystemTime;

/// The cookies that are kept.
#[derive(Debug, Default)]
pub struct CookieJar {
    cookies: Vec<Cookie>,
}

#[derive(Debug)]
struct Cookie {
    name: String,
    value: String,
    path: String,
}

impl CookieJar {
    /// Takes what the answer to a request for this target sets, and forgets what it deletes.
    pub fn store(&mut self, target: &str, headers: &[(String, String)]) {
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("Set-Cookie") {
                self.set(target, value);
            }
        }
    }

    /// The value of the header `Cookie` for this target; nothing where no cookie belongs to it.
    pub fn header(&self, target: &str) -> Option<String> {
        let path = path_of(target);
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .filter(|cookie| cookie.is_for(path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn set(&mut self, target: &str, header: &str) {
        let mut parts = header.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let (name, value) = (name.trim(), value.trim());
        // Other characters would not come back as they were sent.
        let is_plain = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if name.is_empty() || !is_plain(name) || !is_plain(value) {
            return;
        }
        let mut path = folder_of(path_of(target)).to_owned();
        let mut is_deleted = false;
        // Max-Age goes before Expires.
        let mut has_max_age = false;
        for attribute in parts {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "path" if value.starts_with('/') => value.clone_into(&mut path),
                "max-age" => {
                    has_max_age = true;
                    is_deleted = value.parse::<i64>().is_ok_and(|seconds| seconds <= 0);
                }
                "expires" if !has_max_age => {
                    let expires = httpdate::parse_http_date(value);
                    is_deleted = expires.is_ok_and(|at| at <= SystemTime::now());
                }
                _ => {}
            }
        }
        self.cookies
            .retain(|known| known.name != name || known.path != path);
        if !is_deleted {
            self.cookies.push(Cookie {
                name: name.to_owned(),
                value: value.to_owned(),
                path,
            });
        }
    }
}

impl Cookie {
    /// Whether it goes with requests for this path (RFC 6265, section 5.1.4).
    fn is_for(&self, path: &str) -> bool {
        path.strip_prefix(self.path.as_str()).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/')
        })
    }
}

fn path_of(target: &str) -> &str {
    target.split('?').next().unwrap_or(target)
}

/// The path a cookie belongs to that names none.
fn folder_of(path: &str) -> &str {
    match path.rfind('/') {
        Some(end @ 1..) => &path[..end],
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::CookieJar;

    #[rstest]
    #[case(&["a=1"], "/", Some("a=1"))]
    #[case(&["a=1; Path=/; HttpOnly", "b=2"], "/shop/cart?x", Some("a=1; b=2"))]
    #[case(&["a=1"], "/elsewhere", None)]
    #[case(&["a=1; path=/sho"], "/shop", None)]
    #[case(&["a=1", "a=2"], "/shop/x", Some("a=2"))]
    #[case(&["a=1", "a=; Max-Age=0"], "/shop/x", None)]
    #[case(&["a=1", "a=; expires=Thu, 01 Jan 1970 00:00:00 GMT"], "/shop/x", None)]
    #[case(&["a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "/shop/x", Some("a=1"))]
    #[case(&["no pair", "=1", "a=\u{eb}"], "/shop/x", None)]
    fn cookies_come_back_where_they_belong(
        #[case] set: &[&str],
        #[case] target: &str,
        #[case] sent: Option<&str>,
    ) {
        let set_by = if target == "/" { "/" } else { "/shop/page?q=/" };
        let mut jar = CookieJar::default();
        for value in set {
            let header = ("set-cookie".to_owned(), (*value).to_owned());
            jar.store(set_by, &[header]);
        }
        assert_eq!(jar.header(target).as_deref(), sent);
    }
}
