//! How this program was installed, read from where it lies, and how to update it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The name of the package in every registry.
const PACKAGE: &str = "wsgi-tutor";

/// The same as the folders of wheels are called.
const DISTRIBUTION: &str = "wsgi_tutor-";

/// How the program came to this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    installer: Installer,
    /// Whether it came from the file of a wheel that was named, and not from an index.
    from_file: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Installer {
    /// `uvx`: uv keeps it in its cache.
    Uvx,
    /// `uv tool install`.
    UvTool,
    Pipx,
    /// pip, into the environment with this `bin` folder.
    Pip(PathBuf),
    Homebrew,
    Nix,
    /// `cargo install`.
    Cargo,
    /// A checkout, built in this folder.
    Source(PathBuf),
    /// Nobody: the file was copied there.
    Copied(PathBuf),
}

impl Installation {
    /// The installation of the running program.
    ///
    /// # Errors
    /// When the system does not say where the program lies.
    pub fn of_process() -> std::io::Result<Self> {
        let program = env::current_exe()?;
        let cargo_home = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
        Ok(Self::of(&program, cargo_home.as_deref()))
    }

    /// The installation of a program, by its path without symbolic links.
    fn of(program: &Path, cargo_home: Option<&Path>) -> Self {
        let bin = program.parent().unwrap_or(program);
        let wheel = wheel_of(bin);
        let from_file = wheel
            .as_ref()
            .is_some_and(|wheel| wheel.join("direct_url.json").exists());
        let parts: Vec<_> = program.iter().filter_map(|part| part.to_str()).collect();
        let within = |folders: &[&str]| parts.windows(folders.len()).any(|it| it == folders);
        let installer = if program.starts_with("/nix/store") {
            Installer::Nix
        } else if within(&["Cellar", PACKAGE]) {
            Installer::Homebrew
        } else if within(&["uv", "tools", PACKAGE]) {
            Installer::UvTool
        } else if within(&["uv"]) && parts.iter().any(|part| part.starts_with("archive-v")) {
            Installer::Uvx
        } else if within(&["pipx", "venvs", PACKAGE]) {
            Installer::Pipx
        } else if wheel.is_some() {
            Installer::Pip(bin.to_owned())
        } else if cargo_home.is_some_and(|home| bin == home.join("bin")) {
            Installer::Cargo
        } else if let Some(checkout) = checkout_of(bin) {
            Installer::Source(checkout)
        } else {
            Installer::Copied(program.to_owned())
        };
        Self {
            installer,
            from_file,
        }
    }

    /// How it was installed: "installed with pipx".
    pub fn origin(&self) -> String {
        match &self.installer {
            Installer::Uvx => "run by uvx".to_owned(),
            Installer::UvTool => "installed with uv".to_owned(),
            Installer::Pipx => "installed with pipx".to_owned(),
            Installer::Pip(bin) => format!("installed with pip in {}", above(bin).display()),
            Installer::Homebrew => "installed with Homebrew".to_owned(),
            Installer::Nix => "installed with Nix".to_owned(),
            Installer::Cargo => "installed with cargo".to_owned(),
            Installer::Source(checkout) => format!("built in {}", checkout.display()),
            Installer::Copied(program) => program.display().to_string(),
        }
    }

    /// The command that updates it, or what to do where no command does.
    pub fn update(&self) -> String {
        match (&self.installer, self.from_file) {
            (Installer::Uvx, false) => format!("uvx {PACKAGE}@latest"),
            (Installer::Uvx, true) => format!("uvx --from NEWER.whl {PACKAGE}"),
            (Installer::UvTool, false) => format!("uv tool upgrade {PACKAGE}"),
            (Installer::UvTool, true) => "uv tool install NEWER.whl".to_owned(),
            (Installer::Pipx, false) => format!("pipx upgrade {PACKAGE}"),
            (Installer::Pipx, true) => "pipx install --force NEWER.whl".to_owned(),
            (Installer::Pip(bin), from_file) => {
                let python = bin.join("python");
                let newer = if from_file {
                    "NEWER.whl".to_owned()
                } else {
                    format!("--upgrade {PACKAGE}")
                };
                format!("{} -m pip install {newer}", python.display())
            }
            (Installer::Homebrew, _) => format!("brew upgrade {PACKAGE}"),
            (Installer::Nix, _) => format!("nix profile upgrade {PACKAGE}"),
            (Installer::Cargo, _) => format!("cargo install --locked {PACKAGE}"),
            (Installer::Source(_), _) => "git pull, then cargo build --release".to_owned(),
            (Installer::Copied(_), _) => {
                "replace this file with that of a newer release".to_owned()
            }
        }
    }
}

/// What `--version` prints after the program's name.
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let commit = match env!("WSGI_TUTOR_COMMIT") {
            "" => "built from a checkout",
            commit => commit,
        };
        format!(
            "{}\ncommit: {commit}\npython: {}\ntarget: {}",
            env!("CARGO_PKG_VERSION"),
            crate::python::embedded_version()
                .as_deref()
                .unwrap_or("none inside"),
            env!("WSGI_TUTOR_TARGET")
        )
    })
}

/// What pip wrote down of a wheel whose program lies in this `bin` folder.
fn wheel_of(bin: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(above(bin).join("lib")).ok()?;
    versions
        .flatten()
        .filter(|it| it.file_name().to_string_lossy().starts_with("python3"))
        .flat_map(|it| ["site-packages", "dist-packages"].map(|name| it.path().join(name)))
        .filter_map(|packages| fs::read_dir(packages).ok())
        .flat_map(Iterator::flatten)
        .map(|it| it.path())
        .find(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy());
            name.is_some_and(|name| name.starts_with(DISTRIBUTION) && name.ends_with(".dist-info"))
        })
}

/// The checkout with this folder of a profile (`target/release`).
fn checkout_of(profile: &Path) -> Option<PathBuf> {
    let checkout = profile.ancestors().nth(2)?;
    let manifest = fs::read_to_string(checkout.join("Cargo.toml")).ok()?;
    manifest
        .contains(&format!("name = \"{PACKAGE}\""))
        .then(|| checkout.to_owned())
}

fn above(folder: &Path) -> &Path {
    folder.parent().unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use rstest::rstest;

    use super::Installation;

    #[rstest]
    #[case::uvx(
        "/h/.cache/uv/archive-v0/a1/bin/wsgi-tutor",
        "run by uvx",
        "uvx wsgi-tutor@latest"
    )]
    #[case::uv(
        "/h/.local/share/uv/tools/wsgi-tutor/bin/wsgi-tutor",
        "installed with uv",
        "uv tool upgrade wsgi-tutor"
    )]
    #[case::pipx(
        "/h/.local/share/pipx/venvs/wsgi-tutor/bin/wsgi-tutor",
        "installed with pipx",
        "pipx upgrade wsgi-tutor"
    )]
    #[case::homebrew(
        "/opt/homebrew/Cellar/wsgi-tutor/0.1.0/bin/wsgi-tutor",
        "installed with Homebrew",
        "brew upgrade wsgi-tutor"
    )]
    #[case::nix(
        "/nix/store/x-wsgi-tutor/bin/wsgi-tutor",
        "installed with Nix",
        "nix profile upgrade wsgi-tutor"
    )]
    #[case::cargo(
        "/h/.cargo/bin/wsgi-tutor",
        "installed with cargo",
        "cargo install --locked wsgi-tutor"
    )]
    #[case::copied(
        "/opt/wsgi-tutor",
        "/opt/wsgi-tutor",
        "replace this file with that of a newer release"
    )]
    fn the_path_tells_how_it_was_installed(
        #[case] path: &str,
        #[case] origin: &str,
        #[case] update: &str,
    ) {
        let installation = Installation::of(Path::new(path), Some(Path::new("/h/.cargo")));
        assert_eq!(installation.origin(), origin);
        assert_eq!(installation.update(), update);
    }

    #[rstest]
    #[case::from_an_index("bin", false, "bin/python -m pip install --upgrade wsgi-tutor")]
    #[case::from_a_file("bin", true, "bin/python -m pip install NEWER.whl")]
    #[case::pipx("pipx/venvs/wsgi-tutor/bin", true, "pipx install --force NEWER.whl")]
    #[case::uv("uv/tools/wsgi-tutor/bin", true, "uv tool install NEWER.whl")]
    #[case::uvx("uv/archive-v0/x/bin", true, "uvx --from NEWER.whl wsgi-tutor")]
    fn what_the_installer_wrote_down_tells_of_a_file(
        #[case] bin: &str,
        #[case] from_file: bool,
        #[case] update: &str,
    ) {
        let root = tempfile::tempdir().unwrap();
        let bin = root.path().join(bin);
        let wheel = bin.join("../lib/python3.12/site-packages/wsgi_tutor-0.1.0.dist-info");
        fs::create_dir_all(&bin).unwrap();
        fs::create_dir_all(&wheel).unwrap();
        if from_file {
            fs::write(wheel.join("direct_url.json"), "{}").unwrap();
        }
        let installation = Installation::of(&bin.join("wsgi-tutor"), None);
        assert!(installation.update().ends_with(update), "{installation:?}");
    }

    #[test]
    fn a_checkout_is_updated_with_git() {
        let checkout = tempfile::tempdir().unwrap();
        fs::write(checkout.path().join("Cargo.toml"), "name = \"wsgi-tutor\"").unwrap();
        let program = checkout.path().join("target/release/wsgi-tutor");
        let installation = Installation::of(&program, None);
        let folder = checkout.path().display();
        assert_eq!(installation.origin(), format!("built in {folder}"));
        assert!(installation.update().starts_with("git pull"));
    }
}
