//! A PostgreSQL for the tests of this process, without any set-up.
//!
//! `TEST_DATABASE_URL` names a server to use. Without it one is started: what is
//! installed, else what `fetch` brings. It lives as long as this process, however
//! that ends: a shell waits for the end of its input and cleans up.

mod fetch;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

/// How long a server may take to start on a machine that has much to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// The user that a server runs as where the tests run as root, which it refuses: `nobody`.
const NOBODY: u32 = 65534;

const SCRIPT: &str = r#"
trap '' INT TERM HUP
"$BIN/initdb" -D "$DIR/data" -U scribe -A trust -N -E UTF8 --locale=C >"$DIR/log" 2>&1 || exit 1
"$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= -c fsync="${TEST_FSYNC:-off}" -c max_connections=400 >>"$DIR/log" 2>&1 &
read -r _
kill -INT $!
wait $!
rm -rf "$DIR"
"#;

static SERVER: OnceCell<Server> = OnceCell::const_new();

struct Server {
    /// With the name of a database in the place of the word DATABASE.
    url: String,
    /// Its end ends the server.
    _stdin: Option<ChildStdin>,
}

/// The address of a fresh, empty database.
pub(crate) async fn fresh() -> String {
    let server = SERVER.get_or_init(start).await;
    let name = format!("scribe_test_{:016x}", rand::random::<u64>());
    let mut connection = connect(&server.url.replace("DATABASE", "postgres")).await;
    let create = format!("CREATE DATABASE {name}");
    let created = connection.execute(AssertSqlSafe(create)).await;
    created.unwrap_or_else(|error| panic!("no database for a test: {error}"));
    server.url.replace("DATABASE", &name)
}

/// A server needs a moment to start.
async fn connect(url: &str) -> PgConnection {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        match PgConnection::connect(url).await {
            Ok(connection) => return connection,
            Err(error) if tokio::time::Instant::now() > deadline => {
                panic!("the PostgreSQL of the tests does not answer: {error}")
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn start() -> Server {
    if let Ok(url) = env::var("TEST_DATABASE_URL") {
        let mut url = reqwest::Url::parse(&url).expect("TEST_DATABASE_URL is an address");
        url.set_path("DATABASE");
        let (url, _stdin) = (url.to_string(), None);
        return Server { url, _stdin };
    }
    let bin = match installed() {
        Some(bin) => bin,
        None => fetch::fetch().await.unwrap_or_else(|reason| {
            panic!(
                "the tests need a PostgreSQL and could not fetch one ({reason}): \
                 install it (Debian: apt-get install postgresql), or set TEST_DATABASE_URL"
            )
        }),
    };
    run(&bin).expect("the PostgreSQL of the tests starts")
}

/// The folder with the programs of an installed server, the newest of several.
fn installed() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|folder| folder.join("initdb"));
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin/initdb"))
        .collect();
    versions.sort();
    let found = on_path.chain(versions.into_iter().rev());
    found
        .filter_map(|initdb| Some(initdb.canonicalize().ok()?.parent()?.to_owned()))
        .find(|folder| folder.join("postgres").exists())
}

#[cfg(unix)]
fn run(bin: &Path) -> io::Result<Server> {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;

    let folder = tempfile::Builder::new().prefix("scribe-pg-").tempdir()?;
    let mut shell = Command::new("sh");
    if fs::metadata(folder.path())?.uid() == 0 {
        chown(folder.path(), Some(NOBODY), Some(NOBODY))?;
        shell.uid(NOBODY).gid(NOBODY);
    }
    // From here on the shell removes it.
    let folder = folder.keep();
    let mut shell = shell
        .args(["-c", SCRIPT])
        .env("BIN", bin)
        .env("DIR", &folder)
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    // A socket in a folder of its own: no port that somebody else could take.
    let url = format!(
        "postgres://scribe@localhost/DATABASE?host={}",
        folder.display()
    );
    let _stdin = shell.stdin.take();
    Ok(Server { url, _stdin })
}

#[cfg(not(unix))]
fn run(_: &Path) -> io::Result<Server> {
    Err(io::Error::other("set TEST_DATABASE_URL on this system"))
}
