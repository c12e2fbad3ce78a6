//! Embeds the site into the binary: style sheets and islands, each with its compressed forms.
//!
//! The islands come from the folder named by `HAILONG_SITE`, or from `target/site`; without it the
//! binary serves every page all the same, only without islands.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=../migrations");
    println!("cargo:rerun-if-changed=../style");
    println!("cargo:rerun-if-env-changed=HAILONG_SITE");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?);
    let site =
        env::var_os("HAILONG_SITE").map_or_else(|| PathBuf::from("../target/site"), PathBuf::from);
    println!("cargo:rerun-if-changed={}", site.join("pkg").display());
    let mut files = list(Path::new("../style"), "")?;
    files.extend(list(&site.join("pkg"), "pkg/")?);
    files.sort();
    let mut hash = Sha256::new();
    let mut table = String::from("pub(super) const FILES: &[File] = &[\n");
    for (at, (path, file)) in files.iter().enumerate() {
        let plain = fs::read(file)?;
        hash.update(path.as_bytes());
        hash.update(&plain);
        fs::write(out.join(format!("{at}")), &plain)?;
        fs::write(out.join(format!("{at}.br")), brotli(&plain)?)?;
        fs::write(out.join(format!("{at}.gz")), gzip(&plain)?)?;
        let include =
            |end: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{at}{end}\"))");
        let _ = writeln!(
            table,
            "File {{ path: {path:?}, mime: {:?}, plain: {}, brotli: {}, gzip: {} }},",
            mime(path),
            include(""),
            include(".br"),
            include(".gz")
        );
    }
    let hash: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let islands = files.iter().any(|(path, _)| path == "pkg/hailong_bg.wasm");
    let _ = writeln!(
        table,
        "];\npub(super) const HASH: &str = {hash:?};\npub(super) const ISLANDS: bool = {islands};"
    );
    fs::write(out.join("site.rs"), table)
}

/// The files of a folder, by the path under which they are served; nothing where it is missing.
fn list(folder: &Path, prefix: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(vec![]) };
    let mut files = vec![];
    for entry in entries {
        let file = entry?.path();
        if let (true, Some(name)) =
            (file.is_file(), file.file_name().and_then(|name| name.to_str()))
        {
            files.push((format!("{prefix}{name}"), file.canonicalize()?));
        }
    }
    Ok(files)
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn brotli(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(vec![], 4096, 11, 22);
    writer.write_all(plain)?;
    Ok(writer.into_inner())
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    writer.write_all(plain)?;
    writer.finish()
}
