"""What differs between gunicorn's parser and our server: a reviewed list, each with its reason."""

import dataclasses

import rules


@dataclasses.dataclass(frozen=True)
class Entry:
    """Explains what differs in some of gunicorn's files."""

    # The id of a rule of the book, or a sentence.
    why: str
    names: tuple
    aspects: tuple = ("status",)

    def explains(self, difference):
        return difference.name in self.names and difference.aspect in self.aspects


TABLE = (
    # Settings of gunicorn that its test turns on, or its own limits.
    Entry(
        "The limits are others: 8 KiB for the request line, 64 KiB and 100 headers for the head.",
        (
            "invalid/006",
            "invalid/007",
            "invalid/008",
            "invalid/010",
            "invalid/011",
            "invalid/012",
            "invalid/017",
            "invalid/limit_header_default_01",
        ),
    ),
    Entry(
        "The PROXY protocol is for servers behind a load balancer; here it is no HTTP.",
        ("valid/pp_01", "valid/pp_02", "valid/pp_04", "valid/pp_05"),
    ),
    Entry(
        "No header of a client says what the scheme is, so two that differ about it do no harm.",
        ("invalid/019",),
    ),
    Entry("headers-names-with-underscores-have-no-key", ("invalid/040", "invalid/chunked_07")),
    Entry(
        "headers-names-with-underscores-have-no-key",
        ("valid/040_compat",),
        ("HTTP_TRANSFER_ENCODING", "length"),
    ),
    Entry(
        "header-lines-folded-lines", ("valid/compat_obs_fold", "valid/compat_obs_fold_huge")
    ),
    Entry("header-lines-white-space-before-the-colon", ("valid/028",)),
    Entry("request-line-methods-of-any-token", ("invalid/003c",)),
    Entry("request-line-methods-of-any-token", ("valid/031compat",), ("method",)),
    # The target.
    Entry("request-line-targets-with-a-fragment", ("valid/005",)),
    Entry(
        "environ-path-info-takes-raw-bytes",
        ("invalid/rfc9112_target_non_ascii_01", "invalid/rfc9112_target_non_ascii_02"),
    ),
    Entry(
        "request-line-absolute-targets-with-a-user",
        ("valid/rfc9112_target_absolute_userinfo_01",),
    ),
    Entry(
        "environ-path-info-of-a-star", ("valid/rfc9112_target_asterisk_options_01",), ("path",)
    ),
    Entry(
        "request-line-connect",
        ("valid/rfc9112_target_authority_connect_01", "valid/rfc9112_target_authority_ipv6_01"),
    ),
    Entry("request-line-more-empty-lines-before", ("invalid/rfc9112_leading_crlf_02",)),
    # The body.
    Entry(
        "headers-transfer-encoding-has-no-key",
        (
            "valid/010",
            "valid/011",
            "valid/012",
            "valid/013",
            "valid/023",
            "valid/rfc9112_chunked_ext_quoted_01",
            "valid/rfc9112_chunked_size_leading_zeros_01",
            "valid/rfc9112_chunked_size_uppercase_hex_01",
        ),
        ("HTTP_TRANSFER_ENCODING",),
    ),
    Entry(
        "body-length-unknown-codings",
        (
            "valid/025_line",
            "valid/rfc9112_smuggle_gzip_chunked_01",
            "valid/rfc9112_smuggle_te_identity_chunked_01",
        ),
    ),
    Entry(
        "Transfer-Encoding in two lines is refused, though RFC 9110, 5.3, takes them for one list: "
        "no client sends it, and it has hidden requests in requests.",
        ("valid/025", "valid/029", "valid/030"),
    ),
    Entry(
        "The trailers are dropped, and none becomes a header, so one that is forbidden does no harm.",
        (
            "invalid/rfc9110_trailer_forbidden_cl_01",
            "invalid/rfc9110_trailer_forbidden_host_01",
            "invalid/rfc9110_trailer_forbidden_te_01",
        ),
    ),
    Entry(
        "Gunicorn's file says that 17914 bytes follow, and holds fewer; its test stops reading there.",
        ("valid/099",),
    ),
    # The connection.
    Entry("connections-end-after-http-1-0", ("valid/022",)),
)


def explains(difference):
    """Whether something that differs is on the list."""
    return any(entry.explains(difference) for entry in TABLE)


def summary(found):
    """For each entry its reason, how much it explains, and what is not true of it, in words."""
    texts = {rule.id: rule.text for subject in rules.subjects() for rule in subject.rules}
    for entry in TABLE:
        matched = [difference for difference in found if entry.explains(difference)]
        names = {difference.name for difference in matched}
        aspects = {difference.aspect for difference in matched}
        untrue = [f"nothing differs in {name}" for name in entry.names if name not in names]
        untrue += [f"nothing differs in {it}" for it in entry.aspects if it not in aspects]
        if " " not in entry.why and entry.why not in texts:
            untrue.append("there is no such rule in the book")
        yield texts.get(entry.why, entry.why), len(matched), untrue
