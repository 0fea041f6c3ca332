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
    ("windows-1252", [93, 55, 68]),
    ("windows-1250", [93, 46, 57]),
    ("windows-1251", [93, 81, 81]),
    ("windows-1253", [93, 44, 59]),
    ("windows-1254", [93, 59, 72]),
    ("windows-1255", [93, 48, 61]),
    ("windows-1256", [93, 81, 81]),
    ("windows-1257", [93, 38, 50]),
    ("windows-1258", [87, 46, 57]),
    ("windows-874", [93, 46, 51]),
    ("iso-8859-1", [93, 69, 69]),
    ("iso-8859-2", [93, 58, 61]),
    ("iso-8859-5", [93, 61, 66]),
    ("iso-8859-7", [87, 69, 69]),
    ("iso-8859-9", [93, 63, 66]),
    ("iso-8859-15", [93, 66, 66]),
    ("macintosh", [93, 29, 29]),
    ("ibm437", [93, 66, 66]),
    ("ibm850", [93, 77, 77]),
    ("ibm852", [93, 88, 88]),
    ("ibm866", [93, 77, 77]),
    ("koi8-r", [93, 88, 88]),
    ("koi8-u", [74, 81, 81]),
    ("two layers", [98, 59, 67]),
    ("three layers", [95, 57, 59]),
    ("all single-byte codecs", [97, 60, 66]),
    ("dropped", [0, 17, 37]),
    ("replaced", [0, 28, 53]),
    ("question", [0, 27, 44]),
    ("nbsp-space", [0, 80, 80]),
    ("nbsp-stripped", [0, 66, 67]),
    ("mixed", [0, 95, 95]),
    ("controls-dropped", [0, 1, 7]),
    // TO RAISE: multi-byte codecs, which the crate does not have yet.
    ("gbk", [0, 0, 0]),
    ("shift_jis", [0, 0, 0]),
    ("euc-kr", [0, 0, 0]),
    ("big5", [0, 0, 0]),
];

/// Of what `garble` makes of the same texts. Multi-byte codecs join in by themselves as they join `Codec::ALL`, and need a row then.
#[rustfmt::skip]
pub const MODEL: &[Floor] = &[
    ("windows-1252", [95, 56, 72]),
    ("iso-8859-1", [98, 91, 92]),
    ("windows-1254", [95, 49, 64]),
    ("iso-8859-9", [98, 86, 86]),
    ("iso-8859-15", [96, 89, 89]),
    ("windows-1250", [98, 46, 62]),
    ("iso-8859-2", [96, 87, 88]),
    ("windows-1257", [98, 37, 47]),
    ("windows-1258", [98, 45, 58]),
    ("macintosh", [98, 41, 41]),
    ("windows-1251", [98, 88, 89]),
    ("koi8-r", [98, 93, 93]),
    ("koi8-u", [98, 95, 95]),
    ("ibm866", [96, 95, 95]),
    ("iso-8859-5", [93, 87, 88]),
    ("windows-1253", [96, 40, 52]),
    ("iso-8859-7", [98, 88, 88]),
    ("ibm437", [98, 95, 95]),
    ("ibm850", [98, 95, 95]),
    ("ibm852", [98, 95, 95]),
    ("windows-1256", [98, 84, 85]),
    ("windows-1255", [98, 38, 51]),
    ("windows-874", [96, 40, 49]),
    ("all single-byte codecs", [98, 62, 69]),
    ("dropped", [0, 19, 40]),
    ("replaced", [0, 23, 44]),
    ("question", [0, 22, 39]),
    ("nbsp-space", [0, 92, 92]),
    ("nbsp-stripped", [0, 76, 78]),
    ("cesu-8", [0, 99, 99]),
];
