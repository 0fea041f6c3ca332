//! Lists the characters of a text, one a line, for people who puzzle over it: code point, category, name, and how it looks. Nothing is repaired.

mod controls;

use std::io::{self, BufWriter, Write};

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::args::Args;
use crate::exit::Exit;
use crate::input::Input;
use crate::input::block::Block;
use crate::input::text::Rules;
use crate::message::{self, Voice};

pub(crate) fn run(args: &Args) -> Exit {
    let mut input = Input::new(args.inputs(), Rules::new(args), Voice::new(args));
    let mut out = BufWriter::new(io::stdout().lock());
    let mut block = Block::new();
    let mut exit = Exit::Done;
    while let Some(read) = input.next(&mut block) {
        match read {
            Ok(()) => {
                let told = describe(block.text(), &mut out).and_then(|()| out.flush());
                if let Err(error) = told {
                    return exit.max(message::cannot_write(None, &error));
                }
            }
            Err(failed) => exit = exit.max(message::cannot_read(&failed)),
        }
    }
    exit
}

/// Pieces of a text hold whole characters, so each can be told by itself.
fn describe(text: &[u8], out: &mut impl Write) -> io::Result<()> {
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            let category = short(c.general_category());
            let code = u32::from(c);
            writeln!(out, "U+{code:04X}  {category}  {}", looks(c, &name(c)))?;
        }
        for byte in chunk.invalid() {
            writeln!(out, "\\x{byte:02X}    --  not UTF-8")?;
        }
    }
    Ok(())
}

fn name(c: char) -> String {
    if let Some(name) = unicode_names2::name(c) {
        return name.to_string();
    }
    let kind = match c.general_category() {
        GeneralCategory::PrivateUse => "private use",
        _ => "unassigned",
    };
    controls::name(c).unwrap_or(kind).to_owned()
}

/// The name, and the character itself if it can be seen: a mark on a dotted circle.
fn looks(c: char, name: &str) -> String {
    match c.general_category_group() {
        GeneralCategoryGroup::Mark => format!("{name}  \u{25CC}{c}"),
        GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator => name.to_owned(),
        _ => format!("{name}  {c}"),
    }
}

/// The two letters that Unicode has for a category.
fn short(category: GeneralCategory) -> &'static str {
    match category {
        GeneralCategory::UppercaseLetter => "Lu",
        GeneralCategory::LowercaseLetter => "Ll",
        GeneralCategory::TitlecaseLetter => "Lt",
        GeneralCategory::ModifierLetter => "Lm",
        GeneralCategory::OtherLetter => "Lo",
        GeneralCategory::NonspacingMark => "Mn",
        GeneralCategory::SpacingMark => "Mc",
        GeneralCategory::EnclosingMark => "Me",
        GeneralCategory::DecimalNumber => "Nd",
        GeneralCategory::LetterNumber => "Nl",
        GeneralCategory::OtherNumber => "No",
        GeneralCategory::ConnectorPunctuation => "Pc",
        GeneralCategory::DashPunctuation => "Pd",
        GeneralCategory::OpenPunctuation => "Ps",
        GeneralCategory::ClosePunctuation => "Pe",
        GeneralCategory::InitialPunctuation => "Pi",
        GeneralCategory::FinalPunctuation => "Pf",
        GeneralCategory::OtherPunctuation => "Po",
        GeneralCategory::MathSymbol => "Sm",
        GeneralCategory::CurrencySymbol => "Sc",
        GeneralCategory::ModifierSymbol => "Sk",
        GeneralCategory::OtherSymbol => "So",
        GeneralCategory::SpaceSeparator => "Zs",
        GeneralCategory::LineSeparator => "Zl",
        GeneralCategory::ParagraphSeparator => "Zp",
        GeneralCategory::Control => "Cc",
        GeneralCategory::Format => "Cf",
        GeneralCategory::Surrogate => "Cs",
        GeneralCategory::PrivateUse => "Co",
        GeneralCategory::Unassigned => "Cn",
    }
}
