//! `takeback bundle`: a policy into one file, what such a file says about itself, and the keys that sign them.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use takeback::Policy;
use takeback::bundle::{self, PublicKey, SecretKey};
use takeback::date::{Zone, parse_zone};

use crate::args::BundleArgs;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::{BOLD, DIM, ErrorFormat, styled};
use crate::policy;

/// Makes, signs or shows a bundle, or makes a key.
pub(crate) fn run(args: &BundleArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    if let Some(path) = &args.new_key {
        return new_key(path);
    }
    if let Some(path) = &args.show {
        let bytes = fs::read(path).map_err(|error| Failure::reading(path, &error))?;
        let policy = policy::of_bundle(path, &bytes, &args.trust.signed_by)?;
        anstream::stdout().write_all(about(&policy, bytes.len()).as_bytes())?;
        return Ok(Exit::Fine);
    }
    let keys: Vec<SecretKey> = args.sign.iter().map(|path| secret(path)).collect::<Result<_, _>>()?;
    let zones: Vec<Zone> =
        args.zone.iter().map(|zone| parse_zone(zone)).collect::<Result<_, _>>().map_err(|error| {
            Failure::new(error.to_string()).help("`--zone` names the time zones of stores, as requests write them")
        })?;
    let mut bytes = match policy::bundle_at(&args.policy)? {
        Some(_) if !zones.is_empty() => {
            return Err(Failure::new("a bundle gets its time zones when it is made")
                .help("make it again from the policy files"));
        }
        // Somebody else signs it too.
        Some((_, bytes)) => bytes,
        None => match policy::compiled(&args.policy, &[], Path::new(""), format)? {
            Some(policy) => policy.bundle(&zones),
            None => return Ok(Exit::Findings),
        },
    };
    let path = Path::new("the bundle");
    for key in &keys {
        bytes = bundle::sign(&bytes, key).map_err(|error| Failure::new(error.to_string()))?;
    }
    let policy = policy::of_bundle(path, &bytes, &[])?;
    let out = args.out.clone().unwrap_or_else(|| named(&policy));
    fs::write(&out, &bytes).map_err(|error| Failure::writing(&out, &error))?;
    let address = policy.bundled().map_or("", |bundle| bundle.hash.as_str());
    writeln!(anstream::stdout(), "{} {}  {address}", styled(DIM, "wrote"), files::shown(&out))?;
    Ok(Exit::Fine)
}

/// Name, newest version and the first digits of the address.
fn named(policy: &Policy) -> PathBuf {
    let hash = policy.bundled().and_then(|bundle| bundle.hash.split_once(':')).map_or("", |(_, hash)| hash);
    let name = policy.versions().last().map_or_else(String::new, |version| format!("{} {version}", policy.name()));
    let mut file = String::new();
    for part in name.split(|letter: char| !letter.is_alphanumeric() && letter != '.').filter(|part| !part.is_empty()) {
        let _ = write!(file, "{}-", part.to_lowercase());
    }
    PathBuf::from(format!("{file}{}.bundle", hash.get(..12).unwrap_or(hash)))
}

/// What a bundle says about itself.
fn about(policy: &Policy, bytes: usize) -> String {
    let mut text = format!("{}\n", styled(BOLD, policy.name()));
    let Some(bundle) = policy.bundled() else { return text };
    let list = |items: Vec<&str>| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    let zones = policy.program().zones.iter().flatten().map(Zone::name).collect();
    for (what, value) in [
        ("address", bundle.hash.clone()),
        ("versions", list(policy.versions().collect())),
        ("format", format!("{}, written by takeback {}, {bytes} bytes", bundle.format, bundle.engine)),
        ("time zones", list(zones)),
        (
            "signed by",
            list(
                bundle
                    .signers
                    .iter()
                    .map(PublicKey::to_string)
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str)
                    .collect(),
            ),
        ),
    ] {
        let _ = writeln!(text, "  {what:<10}  {value}");
    }
    let _ = writeln!(text, "  made of");
    for file in &bundle.files {
        let _ = writeln!(text, "    {}  {}", file.sha256, file.name);
    }
    text
}

/// A new key into a file that only its owner reads; the other half to stdout.
fn new_key(path: &Path) -> Result<Exit, Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Failure::new(format!("there is no randomness to make a key of: {error}")))?;
    let public = SecretKey::from_seed(seed).public();
    let digits: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = format!("# Signs bundles of takeback: keep it secret. Its public key is {public}\n{digits}\n");
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure::writing(path, &error))?;
    writeln!(anstream::stdout(), "{public}")?;
    Ok(Exit::Fine)
}

/// The key in a file that `--new-key` wrote.
fn secret(path: &Path) -> Result<SecretKey, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
    let line = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    line.parse().map_err(|error| {
        Failure::new(format!("`{}` holds no key to sign with: {error}", files::shown(path)))
            .help("`takeback bundle --new-key FILE` makes one")
    })
}
