//! Provides libffi, which the embedded Python's `ctypes` calls.
//!
//! rustpython-vm asks for libffi-sys with its feature `system`, which only says `-lffi` to the
//! linker: a machine without libffi's development files would fail at the very last step of a long
//! build, and the program would need `libffi.so` wherever it runs. The package of libffi-sys
//! carries libffi's source, though. It is compiled here into `libffi.a`, in a folder where the
//! linker looks before it looks in the system's.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const PACKAGE: &str = "libffi-sys";

/// What compiling libffi for one architecture takes.
struct Architecture {
    /// Its folder in `libffi/src`, with `ffitarget.h`.
    folder: &'static str,
    sources: &'static [&'static str],
    /// The name that `ffi.h` defines for it.
    target: &'static str,
    /// What its assembler has, as names in `fficonfig.h`.
    assembler: &'static [&'static str],
}

const X86_64: Architecture = Architecture {
    folder: "x86",
    sources: &["ffi64.c", "unix64.S", "ffiw64.c", "win64.S"],
    target: "X86_64",
    assembler: &["HAVE_AS_X86_PCREL", "HAVE_AS_X86_64_UNWIND_SECTION_TYPE"],
};

const AARCH64: Architecture = Architecture {
    folder: "aarch64",
    sources: &["ffi.c", "sysv.S"],
    target: "AARCH64",
    assembler: &[],
};

const COMMON_SOURCES: &[&str] = &[
    "prep_cif.c",
    "types.c",
    "raw_api.c",
    "java_raw_api.c",
    "closures.c",
    "tramp.c",
];

/// What glibc and every compiler for it have, by name and value in `fficonfig.h`.
const CONFIG: &[(&str, &str)] = &[
    ("EH_FRAME_FLAGS", "\"a\""),
    ("FFI_EXEC_STATIC_TRAMP", "1"),
    ("HAVE_ALLOCA_H", "1"),
    ("HAVE_AS_CFI_PSEUDO_OP", "1"),
    ("HAVE_HIDDEN_VISIBILITY_ATTRIBUTE", "1"),
    ("HAVE_INT128", "1"),
    ("HAVE_INTTYPES_H", "1"),
    ("HAVE_LONG_DOUBLE", "1"),
    ("HAVE_MEMCPY", "1"),
    ("HAVE_RO_EH_FRAME", "1"),
    ("HAVE_STDINT_H", "1"),
    ("HAVE_STDIO_H", "1"),
    ("HAVE_STDLIB_H", "1"),
    ("HAVE_STRINGS_H", "1"),
    ("HAVE_STRING_H", "1"),
    ("HAVE_SYS_STAT_H", "1"),
    ("HAVE_SYS_TYPES_H", "1"),
    ("HAVE_UNISTD_H", "1"),
    ("SIZEOF_DOUBLE", "8"),
    ("SIZEOF_LONG_DOUBLE", "16"),
    ("SIZEOF_SIZE_T", "8"),
    ("STDC_HEADERS", "1"),
];

/// Compiles libffi, or makes sure that the system has one where this script does not compile it.
pub fn provide() -> Result<()> {
    println!("cargo::rerun-if-env-changed=CARGO_HOME");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let glibc =
        variable("CARGO_CFG_TARGET_OS") == "linux" && variable("CARGO_CFG_TARGET_ENV") == "gnu";
    if !glibc {
        // musl: the embedded Python has no ctypes. macOS: libffi belongs to the system.
        return Ok(());
    }
    let architecture = match variable("CARGO_CFG_TARGET_ARCH").as_str() {
        "x86_64" => &X86_64,
        "aarch64" => &AARCH64,
        _ => return require_system_libffi(),
    };
    if env::var_os("CARGO_FEATURE_SYSTEM_LIBFFI").is_some() {
        return require_system_libffi();
    }
    compile(architecture)
}

fn compile(architecture: &Architecture) -> Result<()> {
    let source = package_folder()?.join("libffi");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let headers = out.join("libffi");
    fs::create_dir_all(&headers)?;
    write_config(&source, &headers, architecture)?;
    write_header(&source, &headers, architecture)?;
    let folder = source.join("src").join(architecture.folder);
    cc::Build::new()
        .include(&headers)
        .include(source.join("include"))
        .include(&folder)
        .include(source.join("src"))
        .define("HAVE_CONFIG_H", None)
        .files(
            COMMON_SOURCES
                .iter()
                .map(|name| source.join("src").join(name)),
        )
        .files(architecture.sources.iter().map(|name| folder.join(name)))
        .flag("-fexceptions")
        .opt_level(3)
        .warnings(false)
        // libffi-sys names the library to the linker: only the place is ours to say.
        .cargo_metadata(false)
        .try_compile("ffi")
        .map_err(|error| no_compiler(&error))?;
    // libffi-sys asks for a dynamic library. Most linkers take the archive where there is none;
    // zig's does not, and takes a linker script in its place, as all of them do.
    fs::write(out.join("libffi.so"), "INPUT ( libffi.a )\n")?;
    println!("cargo::rustc-link-search=native={}", out.display());
    Ok(())
}

fn no_compiler(error: &dyn Error) -> String {
    format!(
        "libffi, which the embedded Python calls, cannot be compiled. That takes a C compiler and the \
         C library's headers (on Debian and Ubuntu: apt install gcc libc6-dev)\n{error}"
    )
}

/// Writes `fficonfig.h` from its template, as libffi's `configure` would.
fn write_config(source: &Path, headers: &Path, architecture: &Architecture) -> Result<()> {
    let template = fs::read_to_string(source.join("fficonfig.h.in"))?;
    let value = |name: &str| {
        let known = CONFIG.iter().find(|(known, _)| *known == name);
        known
            .map(|(_, value)| *value)
            .or_else(|| architecture.assembler.contains(&name).then_some("1"))
    };
    let config: String = template
        .lines()
        .map(|line| {
            let name = line.strip_prefix("#undef ").map(str::trim);
            match name.and_then(|name| Some((name, value(name)?))) {
                Some((name, value)) => format!("#define {name} {value}\n"),
                None => format!("{line}\n"),
            }
        })
        .collect();
    fs::write(headers.join("fficonfig.h"), config)?;
    Ok(())
}

/// Writes `ffi.h` from its template, as libffi's `configure` would.
fn write_header(source: &Path, headers: &Path, architecture: &Architecture) -> Result<()> {
    let header = fs::read_to_string(source.join("include/ffi.h.in"))?
        .replace("@TARGET@", architecture.target)
        .replace("@HAVE_LONG_DOUBLE@", "1")
        .replace("@FFI_EXEC_TRAMPOLINE_TABLE@", "0")
        // Nobody asks libffi for its version here.
        .replace("@FFI_VERSION_NUMBER@", "0");
    fs::write(headers.join("ffi.h"), header)?;
    Ok(())
}

/// The folder of libffi-sys: in Cargo's registry in the version of `Cargo.lock`, or where a
/// project's configuration puts packages (`cargo vendor`).
fn package_folder() -> Result<PathBuf> {
    if let Some(folder) = registry_folder() {
        return Ok(folder);
    }
    vendored_folder()?.ok_or_else(|| {
        format!(
            "the source of {PACKAGE} was not found. Run `cargo fetch` first, or install libffi's \
             development files (on Debian and Ubuntu: apt install libffi-dev) and build with \
             `--features system-libffi`"
        )
        .into()
    })
}

fn registry_folder() -> Option<PathBuf> {
    let lock = fs::read_to_string("Cargo.lock").ok()?;
    let version = locked_version(&lock)?;
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))?;
    let registries = fs::read_dir(home.join("registry/src")).ok()?;
    registries
        .flatten()
        .map(|registry| registry.path().join(format!("{PACKAGE}-{version}")))
        .find(|folder| folder.join("libffi/fficonfig.h.in").exists())
}

/// The version of libffi-sys in the text of a `Cargo.lock`.
fn locked_version(lock: &str) -> Option<&str> {
    let package = format!("name = \"{PACKAGE}\"");
    let mut lines = lock.lines().skip_while(|line| *line != package);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

fn vendored_folder() -> Result<Option<PathBuf>> {
    let output = Command::new(env::var("CARGO")?)
        .args(["metadata", "--format-version=1", "--offline"])
        .output()?;
    let metadata = String::from_utf8_lossy(&output.stdout);
    // One value of a known key: a parser of JSON would be built for nothing else.
    let manifest = metadata
        .split("\"manifest_path\":\"")
        .filter_map(|rest| rest.split('"').next())
        .map(Path::new)
        .find(|path| {
            let folder = path.parent().and_then(Path::file_name);
            folder.is_some_and(|name| name.to_string_lossy().starts_with(PACKAGE))
        });
    Ok(manifest.and_then(Path::parent).map(Path::to_owned))
}

/// Fails in the first second, and not at the last step, where the system has no libffi to link.
fn require_system_libffi() -> Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let source = out.join("links.c");
    fs::write(
        &source,
        "extern void ffi_call(void);\nint main(void) { ffi_call(); return 0; }\n",
    )?;
    let linked = cc::Build::new()
        .cargo_metadata(false)
        .try_get_compiler()
        .map_err(|error| no_compiler(&error))?
        .to_command()
        .arg(&source)
        .arg("-o")
        .arg(out.join("links"))
        .arg("-lffi")
        .output()
        .map_err(|error| no_compiler(&error))?;
    if linked.status.success() {
        return Ok(());
    }
    Err(
        "the embedded Python needs libffi's development files (Debian, Ubuntu: apt install \
         libffi-dev; Fedora: dnf install libffi-devel; Arch: pacman -S libffi). Build with \
         `--no-default-features` to run apps with the system's Python only"
            .into(),
    )
}
