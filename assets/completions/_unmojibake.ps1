
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'unmojibake' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'unmojibake'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'unmojibake' {
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Repair files in place; with SUFFIX, keep backups')
            [CompletionResult]::new('--in-place', '--in-place', [CompletionResultType]::ParameterName, 'Repair files in place; with SUFFIX, keep backups')
            [CompletionResult]::new('--undo-list', '--undo-list', [CompletionResultType]::ParameterName, 'With --rename, the list to write')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Take back what --rename has done, by its list')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How --check tells it: text, json, sarif or github')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which may be one of the inputs')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which may be one of the inputs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour for --diff and --explain: auto, always or never')
            [CompletionResult]::new('--codec', '--codec', [CompletionResultType]::ParameterName, 'Only what was misread as these [default: all]')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'The text is known to be misread as this one')
            [CompletionResult]::new('--layers', '--layers', [CompletionResultType]::ParameterName, 'Take off at most N layers [default: all]')
            [CompletionResult]::new('--lost', '--lost', [CompletionResultType]::ParameterName, 'Lost bytes: certain (default), guess or keep')
            [CompletionResult]::new('--caution', '--caution', [CompletionResultType]::ParameterName, 'Evidence it takes: cautious, normal or bold')
            [CompletionResult]::new('--invalid', '--invalid', [CompletionResultType]::ParameterName, 'Not UTF-8: keep, replace, windows-1252 or error')
            [CompletionResult]::new('--delimiter', '--delimiter', [CompletionResultType]::ParameterName, 'With --csv, what is between fields; \t is a tab')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'What is read is in the encoding LABEL [default: UTF-8]')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Write in the encoding LABEL')
            [CompletionResult]::new('--holes', '--holes', [CompletionResultType]::ParameterName, 'With --garble, what undefined bytes become')
            [CompletionResult]::new('--nbsp', '--nbsp', [CompletionResultType]::ParameterName, 'With --garble, no-break spaces: keep, space or strip')
            [CompletionResult]::new('--glob', '--glob', [CompletionResultType]::ParameterName, 'Only these files in folders; !GLOB: not these')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Repair in N threads; 0: one for each processor')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Repair in N threads; 0: one for each processor')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Clean up these')
            [CompletionResult]::new('--except', '--except', [CompletionResultType]::ParameterName, 'What --clean does, but not these')
            [CompletionResult]::new('--unescape', '--unescape', [CompletionResultType]::ParameterName, 'Escapes to resolve: html, json, percent, qp')
            [CompletionResult]::new('--normalize', '--normalize', [CompletionResultType]::ParameterName, 'Unicode''s form: none, nfc, nfd, nfkc or nfkd')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Text of another codec was read as this one')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The codec it is: see --from, and --guess')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Tell where there is mojibake; exit 1 if anywhere')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Name the files with mojibake; exit 1 if any')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Name the files with mojibake; exit 1 if any')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show a patch that repairs; exit 1 if there is one')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Count the edits in each file; exit 1 if any')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Sum up what was found: codecs, losses, samples')
            [CompletionResult]::new('--describe', '--describe', [CompletionResultType]::ParameterName, 'Name each character; repair nothing')
            [CompletionResult]::new('--names', '--names', [CompletionResultType]::ParameterName, 'Repair file names; a dry run without --rename')
            [CompletionResult]::new('--rename', '--rename', [CompletionResultType]::ParameterName, 'With --names, rename, and write a list for --undo')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary, no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary, no progress bar')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name each file that is looked at or passed over')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name each file that is looked at or passed over')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON or JSON lines: strings are repaired')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV: fields are repaired, each by itself')
            [CompletionResult]::new('--tsv', '--tsv', [CompletionResultType]::ParameterName, 'As --csv, with tabs between fields')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Records end in NUL')
            [CompletionResult]::new('--null-data', '--null-data', [CompletionResultType]::ParameterName, 'Records end in NUL')
            [CompletionResult]::new('-z', '-z', [CompletionResultType]::ParameterName, 'Compressed files are written compressed')
            [CompletionResult]::new('--compressed', '--compressed', [CompletionResultType]::ParameterName, 'Compressed files are written compressed')
            [CompletionResult]::new('--garble', '--garble', [CompletionResultType]::ParameterName, 'Garble the text instead: UTF-8, read as --codec')
            [CompletionResult]::new('--cesu8', '--cesu8', [CompletionResultType]::ParameterName, 'With --garble, UTF-8 is CESU-8')
            [CompletionResult]::new('--no-directives', '--no-directives', [CompletionResultType]::ParameterName, 'Repair lines that say unmojibake: ignore, too')
            [CompletionResult]::new('--hidden', '--hidden', [CompletionResultType]::ParameterName, 'In folders, hidden files too, but never .git')
            [CompletionResult]::new('--no-ignore', '--no-ignore', [CompletionResultType]::ParameterName, 'Whatever .gitignore, .ignore and .unmojibakeignore say')
            [CompletionResult]::new('--clean', '--clean', [CompletionResultType]::ParameterName, 'Clean up as ftfy does; --help tells what else')
            [CompletionResult]::new('--guess', '--guess', [CompletionResultType]::ParameterName, 'Rank what --from and --as could be')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
