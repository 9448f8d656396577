//! Bundles that are written, signed and damaged: what transcripts cannot show, since they write no files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::cli::takeback;

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("takeback-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(args: &[&str]) -> Output {
    takeback().args(args).output().unwrap()
}

fn fine(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What is said of a call that cannot be done.
fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_bundle_is_made_signed_used_and_refused() {
    let folder = Folder::new("bundle");
    let (owner, auditor, file) = (folder.file("owner.key"), folder.file("auditor.key"), folder.file("shop.bundle"));
    let owner_key = fine(&["bundle", "--new-key", &owner]).trim().to_owned();
    let auditor_key = fine(&["bundle", "--new-key", &auditor]).trim().to_owned();
    assert_ne!(owner_key, auditor_key);
    assert!(refused(&["bundle", "--new-key", &owner]).contains("cannot write"), "no key is written over");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&owner).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let made = fine(&["bundle", "shop", "--out", &file, "--zone", "Asia/Tokyo"]);
    let address = made.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(address.starts_with("sha256:") && address.len() == 71, "{made}");
    let unsigned = fs::read(&file).unwrap();
    let decide = |key: &str| {
        vec![
            "decide".to_owned(),
            "--policy".into(),
            file.clone(),
            "--signed-by".into(),
            key.into(),
            "request.json".into(),
        ]
    };
    let words = |call: &[String]| refused(&call.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(words(&decide(&owner_key)).contains("nobody has signed"));

    // The bundle again, with a signature; and then with another.
    fine(&["bundle", "shop", "--out", &file, "--zone", "Asia/Tokyo", "--sign", &owner]);
    fine(&["bundle", &file, "--out", &file, "--sign", &auditor]);
    let shown = fine(&["bundle", "--show", &file]);
    for part in [&address, &owner_key, &auditor_key, "Asia/Tokyo", "shop.takeback"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    for key in [&owner_key, &auditor_key] {
        let decision = fine(&["decide", "--policy", &file, "--signed-by", key, "--output", "json", "request.json"]);
        assert!(decision.contains(&format!("\"bundle\":\"{address}\"")), "{decision}");
    }

    let cut = |bytes: &[u8], name: &str| {
        fs::write(folder.file(name), bytes).unwrap();
        refused(&["decide", "--policy", &folder.file(name), "request.json"])
    };
    assert!(cut(&unsigned[..unsigned.len() / 2], "half.bundle").contains("breaks off"));
    let mut damaged = unsigned.clone();
    damaged[2000] ^= 4;
    assert!(cut(&damaged, "damaged.bundle").contains("not what its hash says"));
    let mut newer = unsigned.clone();
    newer[8] = 0xFF;
    assert!(cut(&newer, "newer.bundle").contains("a newer engine is needed"));
    assert!(cut(b"policy", "text.bundle").contains("not a bundle"));
}

#[test]
fn a_bundle_is_called_after_its_policy() {
    let folder = Folder::new("named");
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/shop");
    let output = takeback().current_dir(&folder.0).args(["bundle"]).arg(shop).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let name = text.split(' ').nth(1).unwrap().to_owned();
    let digits = text.trim().rsplit(':').next().unwrap().get(..12).unwrap().to_owned();
    assert!(name.ends_with(&format!("-{digits}.bundle")), "{text}");
    assert!(folder.0.join(&name).is_file(), "{text}");
}
