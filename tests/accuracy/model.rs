//! What comes back of lines that the crate's own forward model garbled, in many more ways than the file from Python holds.

use unmojibake::{Codec, Holes, Layer, Nbsp, garble};

use crate::corpora;
use crate::floors;
use crate::score::{NOTHING, Score};

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

fn texts() -> Vec<String> {
    corpora::for_accuracy()
        .iter()
        .flat_map(|corpus| corpus.text.lines())
        .filter(|line| !line.is_ascii() && line.len() <= LONGEST)
        .map(str::to_owned)
        .collect()
}

/// `LINES` lines spread over all texts, other ones for each codec and loss, of which the loss makes another garble than no loss does.
fn draw(texts: &[String], codec: Codec, (loss, with): Loss) -> Vec<(String, String)> {
    // A prime that does not divide the number of lines, so that every line has its turn.
    const STRIDE: usize = 101;
    assert_ne!(texts.len() % STRIDE, 0);
    // By the names, so that a new codec changes nothing for the others.
    let names = codec.label().bytes().chain(loss.bytes());
    let first = names.map(usize::from).sum::<usize>();
    let plain = Layer::new(codec);
    (0..texts.len())
        .map(|step| &texts[(first + step * STRIDE) % texts.len()])
        .filter_map(|text| {
            let garbled = garble(text, &with(plain)).ok()?;
            let bites = loss == NOTHING || garble(text, &plain).is_ok_and(|sound| sound != garbled);
            (bites && garbled != *text).then(|| (text.clone(), garbled))
        })
        .take(LINES)
        .collect()
}

#[test]
fn recall() {
    let texts = texts();
    let mut score = Score::new("garbled by the crate itself");
    for codec in Codec::ALL {
        for loss in LOSSES {
            for (clean, garbled) in draw(&texts, codec, loss) {
                score.count(codec.label(), loss.0, &clean, &garbled);
            }
        }
    }
    score.hold(floors::MODEL);
}
