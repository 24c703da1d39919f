#compdef genscope
# zsh completion for genscope: a file `_genscope` in $fpath, or sourced after compinit.
# Each completion runs the `genscope` of $PATH, never the file whose name is typed: `genscope __complete` prints a head
# and one candidate per line:
#   words | files<TAB>PREFIX
#   VALUE<TAB>DESCRIPTION[<TAB>+]

_genscope() {
  local -a lines fields whole part
  local line head flag="" tab=$'\t'
  lines=("${(@f)$(command genscope __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  head="${lines[1]}"
  # Of `--flag=value`, only the value is completed and listed.
  [[ "$PREFIX" == --*=* ]] && flag="${PREFIX%%=*}="
  [[ -z "$flag" ]] || compset -P "${(b)flag}"
  if [[ "$head" == files* ]]; then
    local prefix="${${head#files$tab}#$flag}"
    [[ -z "$prefix" ]] || compset -P "${(b)prefix}"
    _files
    return
  fi
  for line in "${(@)lines[2,-1]}"; do
    fields=("${(@ps:\t:)line}")
    # A colon separates value and description for _describe.
    line="${${fields[1]#$flag}//:/\\:}${fields[2]:+:${fields[2]}}"
    if [[ -n "${fields[3]}" ]]; then part+=("$line"); else whole+=("$line"); fi
  done
  local result=1
  (( ${#whole} )) && _describe -V genscope whole && result=0
  (( ${#part} )) && _describe -V genscope part -S '' && result=0
  return result
}

if [[ "${funcstack[1]}" == _genscope ]]; then
  _genscope "$@"
elif (( ${+functions[compdef]} )); then
  compdef _genscope genscope
fi
