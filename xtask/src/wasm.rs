//! Compiling the library for WebAssembly, with whichever toolchain can do that here.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, apt};

const TARGET: &str = "wasm32-unknown-unknown";

/// A toolchain that compiles for WebAssembly.
#[derive(Debug)]
pub(crate) enum Toolchain {
    /// The one in use, which has the target installed.
    InUse,
    /// Debian's compiler for browsers. It comes without the target's standard library, but with the source, so the
    /// standard library is compiled along. Used where rustup cannot add a target.
    Debian(Debian),
}

/// Debian's compiler, and the linker that goes with it.
#[derive(Debug)]
pub(crate) struct Debian {
    linker: PathBuf,
}

impl Toolchain {
    /// The toolchain that is there; else what `rustup` adds; else Debian's packages.
    pub(crate) fn find_or_install() -> Result<Self, String> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        println!("installing the target {TARGET}");
        let Err(rustup) = shell::run(&mut shell::command("rustup", &format!("target add {TARGET}"))) else {
            return Ok(Self::InUse);
        };
        println!("{rustup}; trying Debian's packages");
        match Debian::install() {
            Ok(debian) => Ok(Self::Debian(debian)),
            Err(debian) => Err(format!("no compiler for {TARGET}: {rustup}; {debian}")),
        }
    }

    fn find() -> Option<Self> {
        if target_is_installed() { Some(Self::InUse) } else { Debian::find().map(Self::Debian) }
    }

    /// Compiles the library as small as possible and returns the path of `takeback.wasm`.
    pub(crate) fn build(&self) -> Result<PathBuf, String> {
        let (mut cargo, target_dir) = match self {
            Self::InUse => (shell::cargo("build"), shell::root().join("target")),
            // Its own folder: two compilers in one would recompile each other's work.
            Self::Debian(debian) => (debian.cargo(), shell::root().join("target/debian")),
        };
        cargo.args("--package takeback --lib --no-default-features --features wasm,locales --profile wasm".split(' '));
        // Stripping everything would also remove the list of features that wasm-bindgen and wasm-opt go by.
        cargo.args(["--config", "profile.wasm.strip='debuginfo'"]);
        cargo.args(["--target", TARGET, "--target-dir"]).arg(&target_dir);
        // Places in the source stay in the module; those of libraries would name the folder of whoever built it.
        if let Some(home) = cargo_home() {
            let flags = format!("target.{TARGET}.rustflags=['--remap-path-prefix={}=cargo']", home.display());
            cargo.args(["--config", &flags]);
        }
        shell::run(&mut cargo)?;
        Ok(target_dir.join(TARGET).join("wasm/takeback.wasm"))
    }
}

/// The folder where cargo keeps the sources of libraries.
fn cargo_home() -> Option<PathBuf> {
    let set = env::var_os("CARGO_HOME").map(PathBuf::from);
    set.or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// Whether the compiler in use has a standard library for the target.
fn target_is_installed() -> bool {
    let folder = shell::output(&mut shell::command("rustc", &format!("--print target-libdir --target {TARGET}")));
    folder.is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

impl Debian {
    fn find() -> Option<Self> {
        let sysroot = shell::output(Self::clean(&mut shell::command("/usr/bin/rustc", "--print sysroot")))?;
        let has_source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file();
        let linker = PathBuf::from(format!("/usr/bin/lld-{}", Self::llvm()?));
        (has_source && linker.is_file() && Path::new("/usr/bin/cargo").is_file()).then_some(Self { linker })
    }

    fn install() -> Result<Self, String> {
        apt("update --quiet --quiet")?;
        apt("install --yes --quiet --quiet --no-install-recommends rustc-web cargo-web rust-web-src")?;
        // The linker of the compiler's own LLVM: an older one may not read its output.
        let llvm = Self::llvm().ok_or("Debian's rustc does not name its LLVM")?;
        apt(&format!("install --yes --quiet --quiet --no-install-recommends lld-{llvm}"))?;
        Self::find().ok_or_else(|| "Debian's packages lack the compiler, its source or its linker".to_owned())
    }

    /// The major version of the compiler's LLVM, such as `22`.
    fn llvm() -> Option<String> {
        let version = shell::output(Self::clean(&mut shell::command("/usr/bin/rustc", "--version --verbose")))?;
        let llvm = version.lines().find_map(|line| line.strip_prefix("LLVM version: "))?;
        llvm.split('.').next().map(str::to_owned)
    }

    /// `cargo build` with the standard library compiled along, which stable compilers do when they are told to bootstrap.
    fn cargo(&self) -> Command {
        let mut cargo = shell::command("/usr/bin/cargo", "build -Zbuild-std=std,panic_abort");
        Self::clean(&mut cargo)
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker);
        cargo
    }

    /// Takes away what the cargo in use has set for its own compiler.
    fn clean(command: &mut Command) -> &mut Command {
        ["CARGO", "LD_LIBRARY_PATH", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"]
            .iter()
            .fold(command, |command, variable| command.env_remove(variable))
    }
}
