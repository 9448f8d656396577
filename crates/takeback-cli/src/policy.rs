//! The policy that a command works with: compiled from files, or loaded from a bundle.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use takeback::Policy;
use takeback::bundle::{self, BundleErrorKind, PublicKey};

use crate::exit::Failure;
use crate::files;
use crate::output::{self, ErrorFormat};

/// The policy; `None` when it has errors, which then stand on stderr. Of a bundle only one that one of the keys has signed, if
/// there are any.
pub(crate) fn compiled(
    paths: &[PathBuf],
    keys: &[PublicKey],
    request: &Path,
    format: ErrorFormat,
) -> Result<Option<Policy>, Failure> {
    if files::is_stdin(request) && paths.iter().any(|path| files::is_stdin(path)) {
        return Err(Failure::new("policy and request cannot both come from stdin"));
    }
    if let Some((path, bytes)) = bundle_at(paths)? {
        return of_bundle(path, &bytes, keys).map(Some);
    }
    if !keys.is_empty() {
        return Err(Failure::new("only bundles are signed, and this is no bundle")
            .help("`takeback bundle --sign KEYFILE` makes one"));
    }
    let set = files::load_one(paths)?;
    let (policy, report) = set.compile();
    if policy.is_none() {
        output::findings(&report, &set.sources, format)?;
        output::note(&format!("{}: {}", set.name, report.summary()), format)?;
    }
    Ok(policy)
}

/// The bundle that the paths name, if it is one.
pub(crate) fn bundle_at(paths: &[PathBuf]) -> Result<Option<(&Path, Vec<u8>)>, Failure> {
    let [path] = paths else { return Ok(None) };
    Ok(if is_bundle(path) {
        Some((path, fs::read(path).map_err(|error| Failure::reading(path, &error))?))
    } else {
        None
    })
}

/// Whether a path is a file that is meant as a bundle: it begins like one, or is called one.
pub(crate) fn is_bundle(path: &Path) -> bool {
    let begins = || {
        let mut start = [0; 8];
        let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
        read.is_ok() && bundle::is_bundle(&start)
    };
    !files::is_stdin(path) && path.is_file() && (path.extension().is_some_and(|end| end == "bundle") || begins())
}

/// The policy of a bundle.
pub(crate) fn of_bundle(path: &Path, bytes: &[u8], keys: &[PublicKey]) -> Result<Policy, Failure> {
    Policy::load(bytes, keys).map_err(|error| {
        let failure = Failure::new(format!("cannot load `{}`: {error}", files::shown(path)));
        match error.kind() {
            BundleErrorKind::Truncated | BundleErrorKind::Corrupted => failure.help("get the file again"),
            BundleErrorKind::NotABundle => failure.help("`takeback bundle POLICY` makes one"),
            BundleErrorKind::Newer => failure.help("update takeback"),
            BundleErrorKind::Unsigned | BundleErrorKind::Signature => {
                failure.help("do not use it; ask whoever sent it who signs their bundles")
            }
        }
    })
}
