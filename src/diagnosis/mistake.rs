//! The mistakes that have a name. Each has its explanation in `assets/explanations/<slug>.toml`: a
//! variant without a file, or a rule that names no variant, does not compile.

use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use super::explanation::Explanation;

macro_rules! mistakes {
    ($($variant:ident $slug:literal)*) => {
        /// A mistake people make with WSGI.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Mistake {
            $($variant,)*
        }

        impl Mistake {
            /// All of them, by the alphabet.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its stable name, such as `body-is-str`.
            pub const fn slug(self) -> &'static str {
                match self {
                    $(Self::$variant => $slug,)*
                }
            }

            /// Its explanation, as it stands in its file.
            pub(super) const fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!(
                        env!("CARGO_MANIFEST_DIR"),
                        "/assets/explanations/",
                        $slug,
                        ".toml"
                    )),)*
                }
            }
        }
    };
}

mistakes! {
    AppCalledTwice "app-called-twice"
    AppHangs "app-hangs"
    AppNotCallable "app-not-callable"
    AppSharedInstance "app-shared-instance"
    AppSignature "app-signature"
    AppWrappedTooEarly "app-wrapped-too-early"
    AsyncApp "async-app"
    BodyBytesSplit "body-bytes-split"
    BodyClosedFile "body-closed-file"
    BodyIsBareBytes "body-is-bare-bytes"
    BodyIsDict "body-is-dict"
    BodyIsNone "body-is-none"
    BodyIsStr "body-is-str"
    BodyItemIsStr "body-item-is-str"
    BodyItemNotBytes "body-item-not-bytes"
    BodyLenLies "body-len-lies"
    BodyNotIterable "body-not-iterable"
    BodyOnHead "body-on-head"
    BodyOnNoBodyStatus "body-on-no-body-status"
    BodyOneCharChunks "body-one-char-chunks"
    BodySharedIterator "body-shared-iterator"
    BodyTextFile "body-text-file"
    BracesInTemplate "braces-in-template"
    BytesPlusStr "bytes-plus-str"
    BytesioNotRewound "bytesio-not-rewound"
    ChunkedInput "chunked-input"
    CloseNotCallable "close-not-callable"
    CloseRaised "close-raised"
    CloseSwallowed "close-swallowed"
    ConnectionOfAnotherThread "connection-of-another-thread"
    ContentLengthCharacters "content-length-characters"
    ContentLengthEmpty "content-length-empty"
    ContentLengthMalformed "content-length-malformed"
    ContentLengthTooLong "content-length-too-long"
    ContentLengthTooShort "content-length-too-short"
    ContentTypeMissing "content-type-missing"
    ContentTypeNoCharset "content-type-no-charset"
    ContentTypeOfFile "content-type-of-file"
    ContentTypeTwice "content-type-twice"
    ContextClearedEarly "context-cleared-early"
    CookieOutputName "cookie-output-name"
    CookiePath "cookie-path"
    CookiesInOneHeader "cookies-in-one-header"
    DollarInTemplate "dollar-in-template"
    EmptyChunkThenError "empty-chunk-then-error"
    EnvironKeyName "environ-key-name"
    EnvironKeyNotPortable "environ-key-not-portable"
    EnvironKeyOptional "environ-key-optional"
    EnvironValueNotStr "environ-value-not-str"
    ErrorsBytes "errors-bytes"
    ExcInfoAfterBody "exc-info-after-body"
    ExcInfoSwallowed "exc-info-swallowed"
    ExceptionInHandler "exception-in-handler"
    ExceptionSwallowed "exception-swallowed"
    FileTextMode "file-text-mode"
    GeneratorExitCaught "generator-exit-caught"
    HeadContentLength "head-content-length"
    HeadContentType "head-content-type"
    HeadStatus "head-status"
    HeaderHopByHop "header-hop-by-hop"
    HeaderInjection "header-injection"
    HeaderNameMalformed "header-name-malformed"
    HeaderNotLatin1 "header-not-latin1"
    HeaderNotStr "header-not-str"
    HeaderNotTuple "header-not-tuple"
    HeaderSpoof "header-spoof"
    HeaderStatus "header-status"
    HeadersAsDict "headers-as-dict"
    HeadersNotList "headers-not-list"
    HeadersSharedList "headers-shared-list"
    HeadersThroughDict "headers-through-dict"
    HtmlUnescaped "html-unescaped"
    ImportCgi "import-cgi"
    ImportError "import-error"
    InputClosed "input-closed"
    InputIsAStream "input-is-a-stream"
    InputReadAll "input-read-all"
    InputReadTooMuch "input-read-too-much"
    InputReadTwice "input-read-twice"
    IterSentinelStr "iter-sentinel-str"
    JsonToFormHandler "json-to-form-handler"
    LocationWithoutRedirect "location-without-redirect"
    MiddlewareClassNotInstance "middleware-class-not-instance"
    MiddlewareEarlyStatus "middleware-early-status"
    MiddlewareEatsInput "middleware-eats-input"
    MiddlewareJoinsBody "middleware-joins-body"
    MiddlewareNoExcInfo "middleware-no-exc-info"
    MiddlewareNoWrite "middleware-no-write"
    MiddlewareRequestLength "middleware-request-length"
    MiddlewareSharedState "middleware-shared-state"
    MiddlewareStaleLength "middleware-stale-length"
    NoneCalled "none-called"
    OsEnviron "os-environ"
    OsExit "os-exit"
    PagePrinted "page-printed"
    ParseQsBlank "parse-qs-blank"
    ParseQsBytes "parse-qs-bytes"
    ParseQsList "parse-qs-list"
    PathEncodedSlash "path-encoded-slash"
    PathInfoNotLatin1 "path-info-not-latin1"
    PathNoSlash "path-no-slash"
    PathNotDecoded "path-not-decoded"
    PathTraversal "path-traversal"
    PercentInTemplate "percent-in-template"
    PrintInApp "print-in-app"
    PythonTwoCode "python-2-code"
    QuerySplitByHand "query-split-by-hand"
    RaisedBeforeStart "raised-before-start"
    RaisedLazily "raised-lazily"
    RaisedMidBody "raised-mid-body"
    ReadWithoutEnd "read-without-end"
    RelativePath "relative-path"
    RequestStateGlobal "request-state-global"
    ReturnInGenerator "return-in-generator"
    ScriptNameIgnored "script-name-ignored"
    ScriptNamePathInfo "script-name-path-info"
    ScriptNameSlash "script-name-slash"
    ServerAtImport "server-at-import"
    ServerError "server-error"
    StartResponseArguments "start-response-arguments"
    StartResponseKeywords "start-response-keywords"
    StartResponseLate "start-response-late"
    StartResponseMissing "start-response-missing"
    StartResponseNoExcInfo "start-response-no-exc-info"
    StartResponseTwice "start-response-twice"
    StatePerProcess "state-per-process"
    StatusInterim "status-interim"
    StatusMalformed "status-malformed"
    StatusNotStr "status-not-str"
    StopIterationRaised "stop-iteration-raised"
    StrOfBytes "str-of-bytes"
    StrWhereBytes "str-where-bytes"
    StreamKept "stream-kept"
    SyntaxError "syntax-error"
    SysExit "sys-exit"
    WriteAfterEnd "write-after-end"
    WriteInIterable "write-in-iterable"
}

/// All explanations, in the order of the mistakes.
static EXPLANATIONS: LazyLock<Vec<Explanation>> = LazyLock::new(|| {
    let all = Mistake::ALL.iter();
    all.map(|mistake| Explanation::read(mistake.text()))
        .collect()
});

impl Mistake {
    /// Those that no single exchange shows for certain: only `wsgi-tutor check` finds them.
    pub const OF_CHECK: &[Self] = &[
        Self::HeadContentLength,
        Self::HeadContentType,
        Self::HeadStatus,
        Self::ServerError,
    ];

    /// The mistake of this name.
    pub fn named(slug: &str) -> Option<Self> {
        let place = Self::ALL.binary_search_by_key(&slug, |mistake| mistake.slug());
        Some(Self::ALL[place.ok()?])
    }

    /// Why it is one, and what to do instead.
    pub fn explanation(self) -> &'static Explanation {
        &EXPLANATIONS[self as usize]
    }
}

/// As its name.
impl Serialize for Mistake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Mistake;
    use crate::diagnosis::Explanation;

    #[test]
    fn each_file_explains_a_mistake_and_is_found_by_its_name() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/explanations");
        let files = fs::read_dir(folder).unwrap();
        assert_eq!(files.count(), Mistake::ALL.len());
        for mistake in Mistake::ALL {
            assert_eq!(Mistake::named(mistake.slug()), Some(*mistake));
            if let Err(error) = toml::from_str::<Explanation>(mistake.text()) {
                panic!("{}: {error}", mistake.slug());
            }
        }
        assert_eq!(Mistake::named("no-such-mistake"), None);
    }
}
