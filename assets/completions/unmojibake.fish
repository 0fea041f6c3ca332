complete -c unmojibake -s i -l in-place -d 'Repair files in place; with SUFFIX, keep backups' -r
complete -c unmojibake -l undo-list -d 'With --rename, the list to write' -r -F
complete -c unmojibake -l undo -d 'Take back what --rename has done, by its list' -r -F
complete -c unmojibake -l format -d 'How --check tells it: text, json, sarif or github' -r -f -a "text\t'A line for people and editors'
json\t'A JSON object a line'
sarif\t'One SARIF document, for services that collect what scanners find'
github\t'Workflow commands, which GitHub shows beside the lines'"
complete -c unmojibake -s o -l output -d 'Write to FILE, which may be one of the inputs' -r -F
complete -c unmojibake -l color -d 'Colour for --diff and --explain: auto, always or never' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c unmojibake -l codec -d 'Only what was misread as these [default: all]' -r
complete -c unmojibake -l assume -d 'The text is known to be misread as this one' -r
complete -c unmojibake -l layers -d 'Take off at most N layers [default: all]' -r
complete -c unmojibake -l lost -d 'Lost bytes: certain (default), guess or keep' -r -f -a "certain\t'Fill in where one character is all but certain; elsewhere put U+FFFD'
guess\t'Always fill in the best guess'
keep\t'Leave text that has lost bytes as it is'"
complete -c unmojibake -l caution -d 'Evidence it takes: cautious, normal or bold' -r -f -a "cautious\t'More of what is garbled stays: for text that is hardly ever garbled'
normal\t'As much as leaves clean text alone'
bold\t'More is repaired, and more that was sound is spoilt: for text known to be garbled'"
complete -c unmojibake -l invalid -d 'Not UTF-8: keep, replace, windows-1252 or error' -r -f -a "keep\t'They stay as they are'
replace\t'U+FFFD stands for each malformed sequence'
windows-1252\t'Each becomes the character that it is in Windows-1252'
error\t'They end the text'"
complete -c unmojibake -l delimiter -d 'With --csv, what is between fields; \\t is a tab' -r
complete -c unmojibake -l encoding -d 'What is read is in the encoding LABEL [default: UTF-8]' -r
complete -c unmojibake -l to -d 'Write in the encoding LABEL' -r
complete -c unmojibake -l holes -d 'With --garble, what undefined bytes become' -r -f -a "browser\t'The C1 control of the same number, or U+FFFD where there is none'
c1\t'The C1 control of the same number; where there is none is an error'
drop\t'Nothing'
replace\t'U+FFFD'
question-mark\t'?'"
complete -c unmojibake -l nbsp -d 'With --garble, no-break spaces: keep, space or strip' -r -f -a "keep\t'They stay'
space\t'They become spaces'
strip\t'They vanish'"
complete -c unmojibake -l glob -d 'Only these files in folders; !GLOB: not these' -r
complete -c unmojibake -s j -l jobs -d 'Repair in N threads; 0: one for each processor' -r
complete -c unmojibake -l fix -d 'Clean up these' -r -f -a "surrogates\t''
terminal-escapes\t''
control-characters\t''
bom\t''
entities\t''
c1\t''
ligatures\t''
width\t''
quotes\t''
line-breaks\t''"
complete -c unmojibake -l except -d 'What --clean does, but not these' -r -f -a "surrogates\t''
terminal-escapes\t''
control-characters\t''
bom\t''
entities\t''
c1\t''
ligatures\t''
width\t''
quotes\t''
line-breaks\t''"
complete -c unmojibake -l unescape -d 'Escapes to resolve: html, json, percent, qp' -r -f -a "html\t''
json\t''
percent\t''
qp\t''"
complete -c unmojibake -l normalize -d 'Unicode\'s form: none, nfc, nfd, nfkc or nfkd' -r -f -a "none\t''
nfc\t''
nfd\t''
nfkc\t''
nfkd\t''"
complete -c unmojibake -l from -d 'Text of another codec was read as this one' -r
complete -c unmojibake -l as -d 'The codec it is: see --from, and --guess' -r
complete -c unmojibake -l check -d 'Tell where there is mojibake; exit 1 if anywhere'
complete -c unmojibake -s l -l list -d 'Name the files with mojibake; exit 1 if any'
complete -c unmojibake -l diff -d 'Show a patch that repairs; exit 1 if there is one'
complete -c unmojibake -l count -d 'Count the edits in each file; exit 1 if any'
complete -c unmojibake -l explain -d 'Sum up what was found: codecs, losses, samples'
complete -c unmojibake -l describe -d 'Name each character; repair nothing'
complete -c unmojibake -l names -d 'Repair file names; a dry run without --rename'
complete -c unmojibake -l rename -d 'With --names, rename, and write a list for --undo'
complete -c unmojibake -s q -l quiet -d 'No summary, no progress bar'
complete -c unmojibake -s v -l verbose -d 'Name each file that is looked at or passed over'
complete -c unmojibake -l json -d 'JSON or JSON lines: strings are repaired'
complete -c unmojibake -l csv -d 'CSV: fields are repaired, each by itself'
complete -c unmojibake -l tsv -d 'As --csv, with tabs between fields'
complete -c unmojibake -s 0 -l null-data -d 'Records end in NUL'
complete -c unmojibake -s z -l compressed -d 'Compressed files are written compressed'
complete -c unmojibake -l garble -d 'Garble the text instead: UTF-8, read as --codec'
complete -c unmojibake -l cesu8 -d 'With --garble, UTF-8 is CESU-8'
complete -c unmojibake -l no-directives -d 'Repair lines that say unmojibake: ignore, too'
complete -c unmojibake -l hidden -d 'In folders, hidden files too, but never .git'
complete -c unmojibake -l no-ignore -d 'Whatever .gitignore, .ignore and .unmojibakeignore say'
complete -c unmojibake -l clean -d 'Clean up as ftfy does; --help tells what else'
complete -c unmojibake -l guess -d 'Rank what --from and --as could be'
complete -c unmojibake -s h -l help -d 'Print help (see more with \'--help\')'
complete -c unmojibake -s V -l version -d 'Print version'
