//! Compiling the library for WebAssembly, with whichever toolchain can do that here.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, apt};

/// Names the toolchain to use: `debian`.
const CHOICE: &str = "TAKEBACK_WASM_TOOLCHAIN";
const TARGET: &str = "wasm32-unknown-unknown";
/// In the folder of a compiler, what is there when the source of its standard library is.
const SOURCE: &str = "lib/rustlib/src/rust/library/std/Cargo.toml";

/// A toolchain that compiles for WebAssembly. The standard library is compiled along, for size: the one that comes with
/// compilers is made for speed, and tells at length about panics that nobody reads there.
#[derive(Debug)]
pub(crate) enum Toolchain {
    /// The one in use, which has the target and the source of the standard library installed.
    InUse,
    /// Debian's compiler for browsers. Used where rustup cannot add a target.
    Debian(Debian),
}

/// A module of the npm package.
pub(crate) struct Module {
    /// What its files are called: `takeback` is `takeback_bg.wasm` and `takeback.js`.
    pub(crate) name: &'static str,
    features: &'static str,
    /// How large a function may be, in the compiler's measure, to be put in place of its calls. Where the compiler goes for the
    /// least size it takes 5, which is the smallest and by far the slowest (docs/performance.md).
    inline: u32,
}

/// The whole engine, and what is left where policies come in bundles.
pub(crate) const MODULES: [Module; 2] = [
    Module { name: "takeback", features: "wasm,compile,locales", inline: 10 },
    Module { name: "takeback_decide", features: "wasm", inline: 65 },
];

/// Debian's compiler, and the linker that goes with it.
#[derive(Debug)]
pub(crate) struct Debian {
    linker: PathBuf,
}

impl Toolchain {
    /// The toolchain that is there; else what `rustup` adds; else Debian's packages, which are also used when the environment
    /// says so.
    pub(crate) fn find_or_install() -> Result<Self, String> {
        if env::var_os(CHOICE).is_some_and(|choice| choice == "debian") {
            return Debian::find().map_or_else(Debian::install, Ok).map(Self::Debian);
        }
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        println!("installing the target {TARGET} and the source of the standard library");
        let rustup = |args: &str| shell::run(&mut shell::command("rustup", args));
        let added = rustup(&format!("target add {TARGET}")).and_then(|()| rustup("component add rust-src"));
        let Err(rustup) = added else { return Ok(Self::InUse) };
        println!("{rustup}; trying Debian's packages");
        match Debian::install() {
            Ok(debian) => Ok(Self::Debian(debian)),
            Err(debian) => Err(format!("no compiler for {TARGET}: {rustup}; {debian}")),
        }
    }

    fn find() -> Option<Self> {
        if target_is_installed() && source_is_installed() {
            Some(Self::InUse)
        } else {
            Debian::find().map(Self::Debian)
        }
    }

    /// Compiles a module as small as possible and returns the path of the `.wasm`.
    pub(crate) fn build(&self, module: &Module) -> Result<PathBuf, String> {
        let (mut cargo, rustc, target_dir) = match self {
            Self::InUse => (shell::cargo("build"), shell::command("rustc", ""), shell::root().join("target")),
            // Its own folder: two compilers in one would recompile each other's work.
            Self::Debian(debian) => (debian.cargo(), Debian::rustc(), shell::root().join("target/debian")),
        };
        // Likewise two sets of features, whose module has the same name.
        let target_dir = target_dir.join(module.name);
        // Stable compilers do this when they are told to bootstrap.
        cargo.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
        let mut flags = vec![
            "-Zlocation-detail=none".to_owned(),
            format!("-Cllvm-args=-inline-threshold={}", module.inline),
            // A bundle is hashed once: a loop does it as well as its steps written out, and is 2,000 bytes less with gzip.
            "--cfg=sha2_backend_soft=\"compact\"".to_owned(),
        ];
        if aborts_at_once(rustc) {
            flags.extend(["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()]);
            cargo.arg("-Zbuild-std-features=optimize_for_size");
        } else {
            // Compilers before 1.91.
            cargo.arg("-Zbuild-std-features=optimize_for_size,panic_immediate_abort");
        }
        cargo.args(["--package", "takeback", "--lib", "--no-default-features", "--features", module.features]);
        cargo.args(["--profile", "wasm"]);
        // Stripping everything would also remove the list of features that wasm-bindgen goes by.
        cargo.args(["--config", "profile.wasm.strip='debuginfo'"]);
        cargo.args(["--target", TARGET, "--target-dir"]).arg(&target_dir);
        // Places in the source stay in the module; those of libraries would name the folder of whoever built it.
        if let Some(home) = cargo_home() {
            flags.push(format!("--remap-path-prefix={}=cargo", home.display()));
        }
        let flags: Vec<String> = flags.iter().map(|flag| format!("'{flag}'")).collect();
        cargo.args(["--config", &format!("target.{TARGET}.rustflags=[{}]", flags.join(", "))]);
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

/// Whether the compiler in use comes with the source of its standard library.
fn source_is_installed() -> bool {
    let sysroot = shell::output(&mut shell::command("rustc", "--print sysroot"));
    sysroot.is_some_and(|sysroot| Path::new(sysroot.trim()).join(SOURCE).is_file())
}

/// Whether a compiler can end a program that panics without a word.
fn aborts_at_once(mut rustc: Command) -> bool {
    let args = ["-Zunstable-options", "-Cpanic=immediate-abort", "--print", "cfg"];
    shell::output(rustc.env("RUSTC_BOOTSTRAP", "1").args(args)).is_some()
}

impl Debian {
    fn find() -> Option<Self> {
        let sysroot = shell::output(Self::clean(&mut shell::command("/usr/bin/rustc", "--print sysroot")))?;
        let has_source = Path::new(sysroot.trim()).join(SOURCE).is_file();
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

    fn rustc() -> Command {
        let mut rustc = shell::command("/usr/bin/rustc", "");
        Self::clean(&mut rustc);
        rustc
    }

    fn cargo(&self) -> Command {
        let mut cargo = shell::command("/usr/bin/cargo", "build");
        Self::clean(&mut cargo)
            .env("RUSTC", "/usr/bin/rustc")
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
