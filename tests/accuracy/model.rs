//! What comes back of lines that the crate's own forward model garbled, in many more ways than the file from Python holds.

use unmojibake::{Codec, Holes, Layer, Nbsp, garble};

use crate::clean::KNOWN_FALSE_REPAIRS;
use crate::corpora;
use crate::floors;
use crate::score::{MULTI_BYTE, NOTHING, Score};

/// Lines of each codec and loss. A debug build is slow.
const LINES: usize = 60;

/// In bytes. Longer lines are easier than others, and slower.
const LONGEST: usize = 200;

/// A loss, and what it does to a layer.
type Loss = (&'static str, fn(Layer) -> Layer);

/// The last loses nothing, but writes characters beyond U+FFFF another way.
const LOSSES: [Loss; 7] = [
    (NOTHING, |layer| layer),
    ("dropped", |layer| layer.holes(Holes::Dropped)),
    ("replaced", |layer| layer.holes(Holes::Replaced)),
    ("question", |layer| layer.holes(Holes::QuestionMark)),
    ("nbsp-space", |layer| layer.nbsp(Nbsp::Space)),
    ("nbsp-stripped", |layer| layer.nbsp(Nbsp::Stripped)),
    ("cesu-8", |layer| layer.cesu8(true)),
];

/// The lines to draw from, without those that do not even stay when they are sound.
fn texts() -> Vec<String> {
    corpora::for_accuracy()
        .iter()
        .flat_map(|corpus| corpus.text.lines())
        .filter(|line| !line.is_ascii() && line.len() <= LONGEST)
        .filter(|line| !KNOWN_FALSE_REPAIRS.contains(line))
        .map(str::to_owned)
        .collect()
}

/// FNV-1a: the same everywhere and for good, which the hashers of the standard library do not promise.
fn hash(parts: [&str; 3]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    })
}

/// `LINES` lines, other ones for each codec and loss, of which the loss makes another garble than no loss does.
///
/// They are those of the lowest hashes, so that a text or a codec that joins changes few of them.
fn draw(texts: &[String], codec: Codec, (loss, with): Loss) -> Vec<(&str, String)> {
    let plain = Layer::new(codec);
    let mut order: Vec<&str> = texts.iter().map(String::as_str).collect();
    order.sort_by_cached_key(|text| hash([codec.label(), loss, text]));
    let drawn = order.into_iter().filter_map(|text| {
        let garbled = garble(text, &with(plain)).ok()?;
        // A codec that reads pairs often cannot garble a text without loss at all: then whatever is done to what it leaves undefined bites.
        let in_pairs = MULTI_BYTE.contains(&codec.label());
        let bites =
            loss == NOTHING || garble(text, &plain).map_or(in_pairs, |sound| sound != garbled);
        (bites && garbled != text).then_some((text, garbled))
    });
    drawn.take(LINES).collect()
}

#[test]
fn recall() {
    let texts = texts();
    let mut score = Score::new("garbled by the crate itself");
    for codec in Codec::ALL {
        for loss in LOSSES {
            for (clean, garbled) in draw(&texts, codec, loss) {
                score.count(codec.label(), loss.0, clean, &garbled);
            }
        }
    }
    score.hold(floors::MODEL);
}
