# fish completion for genscope.
# Each completion runs the `genscope` of $PATH, never the file whose name is typed: `genscope __complete` prints a head
# and one candidate per line:
#   words | files<TAB>PREFIX
#   VALUE<TAB>DESCRIPTION[<TAB>+]

function __genscope_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string unescape)
    test -n "$current"; or set current (commandline -ct)
    set -l lines (command genscope __complete $words[2..-1] "$current" 2>/dev/null)
    if string match -q 'files*' -- "$lines[1]"
        set -l prefix (string replace -r '^files\t?' '' -- "$lines[1]")
        set -l start (string length -- "$prefix")
        set -l file (string sub -s (math $start + 1) -- "$current")
        # fish itself completes files for a command that it does not know.
        for name in (complete -C "'' $file")
            printf '%s%s\n' "$prefix" "$name"
        end
        return
    end
    string replace -r '\t\+$' '' -- $lines[2..-1]
end

complete -c genscope -e
complete -c genscope -f -a '(__genscope_complete)'
