//! What has to come back at least, in per cent.
//!
//! Set on 2026-11-24 below what came back then: by one to two points, or in small samples by about a line. A change that is
//! better raises them; to lower one takes a reason, told where it is done.

/// A row of the tables that the tests print, and its floors: of lines that lost nothing, of the others by default, and of the others by `Lost::Guess`.
pub type Floor = (&'static str, [u32; 3]);

/// How many points more of the declarations of human rights, which the tables of statistics were made from, may come back than of everyday
/// sentences, which nothing was made from.
pub const LEAD_OF_THE_TRAINED: f64 = 2.0;

/// Of `fixtures/garbled/python.tsv`.
#[rustfmt::skip]
pub const PYTHON: &[Floor] = &[
    ("windows-1252", [93, 61, 74]),
    ("windows-1250", [93, 37, 59]),
    ("windows-1251", [93, 85, 85]),
    ("windows-1253", [93, 46, 61]),
    ("windows-1254", [93, 51, 70]),
    ("windows-1255", [93, 48, 61]),
    ("windows-1256", [93, 81, 81]),
    ("windows-1257", [93, 40, 55]),
    ("windows-1258", [87, 46, 59]),
    ("windows-874", [93, 42, 51]),
    ("iso-8859-1", [93, 66, 66]),
    ("iso-8859-2", [93, 61, 66]),
    ("iso-8859-5", [93, 66, 66]),
    ("iso-8859-7", [87, 66, 69]),
    ("iso-8859-9", [93, 66, 66]),
    ("iso-8859-15", [93, 66, 66]),
    ("macintosh", [87, 29, 29]),
    ("ibm437", [93, 77, 77]),
    ("ibm850", [93, 77, 77]),
    ("ibm852", [93, 88, 88]),
    ("ibm866", [93, 77, 77]),
    ("koi8-r", [93, 88, 88]),
    ("koi8-u", [74, 74, 74]),
    ("two layers", [99, 56, 68]),
    ("three layers", [95, 57, 57]),
    ("all single-byte codecs", [97, 60, 67]),
    ("dropped", [0, 11, 30]),
    ("replaced", [0, 21, 49]),
    ("question", [0, 24, 45]),
    ("nbsp-space", [0, 82, 82]),
    ("nbsp-stripped", [0, 69, 70]),
    ("mixed", [0, 94, 94]),
    // TO RAISE: multi-byte codecs, which the crate does not have yet.
    ("gbk", [0, 0, 0]),
    ("shift_jis", [0, 0, 0]),
    ("euc-kr", [0, 0, 0]),
    ("big5", [0, 0, 0]),
];

/// Of what `garble` makes of the same texts. Multi-byte codecs join in by themselves as they join `Codec::ALL`, and need a row then.
#[rustfmt::skip]
pub const MODEL: &[Floor] = &[
    ("windows-1252", [98, 53, 70]),
    ("iso-8859-1", [98, 85, 85]),
    ("windows-1254", [98, 53, 63]),
    ("iso-8859-9", [96, 84, 84]),
    ("iso-8859-15", [98, 89, 90]),
    ("windows-1250", [98, 47, 63]),
    ("iso-8859-2", [98, 87, 90]),
    ("windows-1257", [96, 37, 47]),
    ("windows-1258", [98, 48, 59]),
    ("macintosh", [96, 52, 52]),
    ("windows-1251", [98, 89, 90]),
    ("koi8-r", [96, 92, 92]),
    ("koi8-u", [98, 94, 94]),
    ("ibm866", [98, 90, 90]),
    ("iso-8859-5", [98, 89, 89]),
    ("windows-1253", [96, 37, 48]),
    ("iso-8859-7", [96, 87, 89]),
    ("ibm437", [98, 90, 90]),
    ("ibm850", [96, 90, 90]),
    ("ibm852", [98, 90, 90]),
    ("windows-1256", [98, 86, 88]),
    ("windows-1255", [98, 40, 54]),
    ("windows-874", [96, 38, 47]),
    ("all single-byte codecs", [98, 61, 69]),
    ("dropped", [0, 20, 39]),
    ("replaced", [0, 25, 44]),
    ("question", [0, 24, 42]),
    ("nbsp-space", [0, 92, 92]),
    ("nbsp-stripped", [0, 78, 80]),
    ("cesu-8", [0, 99, 99]),
];
