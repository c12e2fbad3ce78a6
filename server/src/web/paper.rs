//! The questionnaire on paper, so to speak: a page is rendered and compressed once for each point,
//! form and language, and only its last line, which carries a fresh id, is made for each request.
//!
//! Both compressed formats allow it: the stream is flushed after the part that stays, and continued
//! by an uncompressed block with the part that changes.
//! Sources: RFC 7932, section 9.2 (brotli); RFC 1951, section 3.2.4, and RFC 1952 (gzip).

use std::io::Write;
use std::sync::Arc;

use domain::questionnaire::Lang;
use domain::unit::Key;
use flate2::{Compress, Compression, FlushCompress};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use uuid::Uuid;

use super::site::Encoding;

/// Bytes of compressed pages that are kept.
const BOUND: u64 = 16 << 20;
/// Stands for the id while the page is rendered.
pub(super) const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

/// What makes one page differ from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) point: Key,
    pub(super) unit: Key,
    /// The change of the organisation that names of unit and point are of.
    pub(super) change: i64,
    pub(super) questionnaire: i16,
    pub(super) form: u16,
    pub(super) lang: Lang,
    pub(super) encoding: Encoding,
}

/// A page without its id.
pub(super) struct Paper {
    encoding: Encoding,
    /// All before the id, compressed and flushed.
    start: Vec<u8>,
    /// Checksum and length of what was compressed.
    checksum: crc32fast::Hasher,
    length: usize,
    /// What follows the id.
    end: String,
}

/// The pages that are kept.
pub(super) struct Papers(Cache<Name, Arc<Paper>, Weight>);

#[derive(Clone)]
struct Weight;

impl Weighter<Name, Arc<Paper>> for Weight {
    fn weight(&self, _: &Name, paper: &Arc<Paper>) -> u64 {
        (paper.start.len() + paper.end.len() + 256) as u64
    }
}

impl Default for Papers {
    fn default() -> Self {
        Self(Cache::with_weighter(1024, BOUND, Weight))
    }
}

impl Papers {
    /// The page of this name, rendered by `render` where it is not kept.
    pub(super) fn get(&self, name: &Name, render: impl FnOnce() -> String) -> Arc<Paper> {
        if let Some(paper) = self.0.get(name) {
            return paper;
        }
        let paper = Arc::new(Paper::new(name.encoding, &render()));
        self.0.insert(name.clone(), paper.clone());
        paper
    }
}

impl Paper {
    fn new(encoding: Encoding, page: &str) -> Self {
        let (start, end) = page.rsplit_once(NO_ID).unwrap_or((page, ""));
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(start.as_bytes());
        let length = start.len();
        let compressed = match encoding {
            Encoding::Brotli => brotli(start.as_bytes()),
            Encoding::Gzip => gzip(start.as_bytes()),
            Encoding::Identity => start.as_bytes().to_vec(),
        };
        Self { encoding, start: compressed, checksum, length, end: end.to_owned() }
    }

    /// The whole body with an id.
    pub(super) fn with(&self, id: Uuid) -> Vec<u8> {
        let mut letters = [0; 36];
        let id = id.hyphenated().encode_lower(&mut letters);
        let rest = id.len() + self.end.len();
        let mut body = Vec::with_capacity(self.start.len() + rest + 16);
        body.extend_from_slice(&self.start);
        match self.encoding {
            Encoding::Identity => {}
            Encoding::Brotli => {
                // Not the last block, four nibbles of length, uncompressed, up to the next byte.
                let head = ((rest as u32 - 1) << 3) | 1 << 19;
                body.extend_from_slice(&head.to_le_bytes()[..3]);
            }
            Encoding::Gzip => {
                let length = rest as u16;
                body.push(1);
                body.extend_from_slice(&length.to_le_bytes());
                body.extend_from_slice(&(!length).to_le_bytes());
            }
        }
        body.extend_from_slice(id.as_bytes());
        body.extend_from_slice(self.end.as_bytes());
        match self.encoding {
            Encoding::Identity => {}
            Encoding::Brotli => body.push(3),
            Encoding::Gzip => {
                let mut checksum = self.checksum.clone();
                checksum.update(id.as_bytes());
                checksum.update(self.end.as_bytes());
                body.extend_from_slice(&checksum.finalize().to_le_bytes());
                body.extend_from_slice(&((self.length + rest) as u32).to_le_bytes());
            }
        }
        body
    }
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(vec![], 4096, 5, 18);
    // Writing to memory does not fail.
    let _ = writer.write_all(plain).and_then(|()| writer.flush());
    // What follows the flush would end the stream.
    let flushed = writer.get_ref().len();
    let mut compressed = writer.into_inner();
    compressed.truncate(flushed);
    compressed.shrink_to_fit();
    compressed
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut compressed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
    compressed.reserve(plain.len() + 64);
    let mut state = Compress::new(Compression::best(), false);
    let _ = state.compress_vec(plain, &mut compressed, FlushCompress::Sync);
    compressed
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn plain(encoding: Encoding, body: &[u8]) -> String {
        let mut text = String::new();
        match encoding {
            Encoding::Identity => text = String::from_utf8(body.to_vec()).unwrap(),
            Encoding::Gzip => {
                flate2::read::GzDecoder::new(body).read_to_string(&mut text).unwrap();
            }
            Encoding::Brotli => {
                brotli::Decompressor::new(body, 4096).read_to_string(&mut text).unwrap();
            }
        }
        text
    }

    #[test]
    fn every_encoding_gives_back_the_page_with_its_own_id() {
        for length in [0, 1, 100, 70_000] {
            let line = "<p>Công chức có thái độ lịch sự</p>\n";
            let page = format!("{}<input value=\"{NO_ID}\"></form>", line.repeat(length));
            for encoding in [Encoding::Brotli, Encoding::Gzip, Encoding::Identity] {
                let paper = Paper::new(encoding, &page);
                for id in [Uuid::from_u128(1), Uuid::from_u128(u128::MAX)] {
                    let expected = page.replace(NO_ID, &id.to_string());
                    assert_eq!(plain(encoding, &paper.with(id)), expected, "{encoding:?} {length}");
                }
            }
        }
    }
}
