//! Text that never was UTF-8: one legacy encoding read as another.

use clap::Args;
use unmojibake::Codec;

#[derive(Debug, Args)]
pub(super) struct Legacy {
    /// Text of another codec was read as this one.
    ///
    /// With --as, for text that never was UTF-8: it is read back by this codec and anew by the other. Nothing else is done; and to do it twice gives something else. A line longer than 64 KiB is read in stretches, cut between two characters of ASCII if there are any.
    #[arg(long, value_name = "NAME", requires = "written_in", hide_short_help = true, conflicts_with_all = ["mode", "json", "csv", "tsv", "garble", "jobs", "clean", "fix", "unescape", "normalize", "codec", "assume", "layers", "lost", "caution"])]
    from: Option<Codec>,

    /// The codec it is: see --from, and --guess.
    #[arg(
        long = "as",
        value_name = "NAME",
        requires = "from",
        hide_short_help = true
    )]
    written_in: Option<Codec>,

    /// Rank what --from and --as could be.
    ///
    /// All pairs, and the plain repair, are tried on the first 16 KiB of each text, and those that make it more natural are told, with how much so. That is measured in nats: with each, the text is e times (2.7) as probable
    /// by the statistics of text in several hundred languages that the repair goes by. What counts is the lead over the next one.
    #[arg(long, group = "mode", hide_short_help = true, conflicts_with_all = ["glob", "hidden", "no_ignore", "json", "csv", "tsv", "jobs", "clean", "fix", "unescape", "normalize", "codec", "assume", "layers", "lost", "caution"])]
    pub(super) guess: bool,
}

impl Legacy {
    /// The pair, if one is given.
    pub(super) fn pair(&self) -> Option<unmojibake::Legacy> {
        Some(unmojibake::Legacy::new(self.from?, self.written_in?))
    }

    /// Why a pair is none.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let pair = self.pair()?;
        if pair.read_as == pair.written_in {
            return Some("--from and --as are the same codec: that would change nothing");
        }
        pair.read_as.is_multi_byte().then_some(
            "--from is for codecs of one byte a character: the others leave next to nothing of text that is not theirs",
        )
    }
}
