
use builtin;
use str;

set edit:completion:arg-completer[unmojibake] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'unmojibake'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'unmojibake'= {
            cand -i 'Repair files in place; with SUFFIX, keep backups'
            cand --in-place 'Repair files in place; with SUFFIX, keep backups'
            cand --undo-list 'With --rename, the list to write'
            cand --undo 'Take back what --rename has done, by its list'
            cand --format 'How --check tells it: text, json, sarif or github'
            cand -o 'Write to FILE, which may be one of the inputs'
            cand --output 'Write to FILE, which may be one of the inputs'
            cand --color 'Colour for --diff and --explain: auto, always or never'
            cand --codec 'Only what was misread as these [default: all]'
            cand --assume 'The text is known to be misread as this one'
            cand --layers 'Take off at most N layers [default: all]'
            cand --lost 'Lost bytes: certain (default), guess or keep'
            cand --caution 'Evidence it takes: cautious, normal or bold'
            cand --invalid 'Not UTF-8: keep, replace, windows-1252 or error'
            cand --delimiter 'With --csv, what is between fields; \t is a tab'
            cand --encoding 'What is read is in the encoding LABEL [default: UTF-8]'
            cand --to 'Write in the encoding LABEL'
            cand --holes 'With --garble, what undefined bytes become'
            cand --nbsp 'With --garble, no-break spaces: keep, space or strip'
            cand --glob 'Only these files in folders; !GLOB: not these'
            cand -j 'Repair in N threads; 0: one for each processor'
            cand --jobs 'Repair in N threads; 0: one for each processor'
            cand --fix 'Clean up these'
            cand --except 'What --clean does, but not these'
            cand --unescape 'Escapes to resolve: html, json, percent, qp'
            cand --normalize 'Unicode''s form: none, nfc, nfd, nfkc or nfkd'
            cand --from 'Text of another codec was read as this one'
            cand --as 'The codec it is: see --from, and --guess'
            cand --check 'Tell where there is mojibake; exit 1 if anywhere'
            cand -l 'Name the files with mojibake; exit 1 if any'
            cand --list 'Name the files with mojibake; exit 1 if any'
            cand --diff 'Show a patch that repairs; exit 1 if there is one'
            cand --count 'Count the edits in each file; exit 1 if any'
            cand --explain 'Sum up what was found: codecs, losses, samples'
            cand --describe 'Name each character; repair nothing'
            cand --names 'Repair file names; a dry run without --rename'
            cand --rename 'With --names, rename, and write a list for --undo'
            cand -q 'No summary, no progress bar'
            cand --quiet 'No summary, no progress bar'
            cand -v 'Name each file that is looked at or passed over'
            cand --verbose 'Name each file that is looked at or passed over'
            cand --json 'JSON or JSON lines: strings are repaired'
            cand --csv 'CSV: fields are repaired, each by itself'
            cand --tsv 'As --csv, with tabs between fields'
            cand -0 'Records end in NUL'
            cand --null-data 'Records end in NUL'
            cand -z 'Compressed files are written compressed'
            cand --compressed 'Compressed files are written compressed'
            cand --garble 'Garble the text instead: UTF-8, read as --codec'
            cand --cesu8 'With --garble, UTF-8 is CESU-8'
            cand --no-directives 'Repair lines that say unmojibake: ignore, too'
            cand --hidden 'In folders, hidden files too, but never .git'
            cand --no-ignore 'Whatever .gitignore, .ignore and .unmojibakeignore say'
            cand --clean 'Clean up as ftfy does; --help tells what else'
            cand --guess 'Rank what --from and --as could be'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
    ]
    $completions[$command]
}
