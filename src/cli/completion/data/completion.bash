# bash completion for genscope. Works with bash 3.2 and newer, with or without the bash-completion package.
# Each completion runs the `genscope` of $PATH, never the file whose name is typed: `genscope __complete` prints a head
# and one candidate per line:
#   words | files<TAB>PREFIX
#   VALUE<TAB>DESCRIPTION[<TAB>+]

_genscope() {
  # readline also breaks words at the characters `=` and `:`. The line itself shows which of them belong together.
  local rest="${COMP_LINE:0:COMP_POINT}" word current="" index
  local -a typed=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word="${COMP_WORDS[index]}"
    if ((index == 0)) || [[ "$rest" == [[:space:]]* ]]; then
      rest="${rest#"${rest%%[![:space:]]*}"}"
      typed+=("")
    fi
    # The cursor may be inside the last word.
    ((index < COMP_CWORD)) || word="$rest"
    rest="${rest#"$word"}"
    typed[${#typed[@]}-1]+="$word"
  done
  current="${typed[${#typed[@]}-1]}"

  # Words reach the program without quotes and backslashes. Nothing is expanded.
  local plain
  local -a words=()
  for plain in "${typed[@]:1}"; do
    words+=("${plain//[\"\'\\]/}")
  done

  # readline replaces only the part after the last break, unless the word is quoted.
  local broken="" unquoted="${words[${#words[@]}-1]}"
  if [[ "$current" != *[\"\']* ]]; then
    [[ "$COMP_WORDBREAKS" == *=* && "$unquoted" == *=* ]] && broken="${unquoted%"${unquoted##*=}"}"
    [[ "$COMP_WORDBREAKS" == *:* && "${unquoted#"$broken"}" == *:* ]] && broken="${unquoted%"${unquoted##*:}"}"
  fi

  local line head="" value goes_on=""
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z "$head" ]]; then
      head="$line"
      continue
    fi
    value="${line%%$'\t'*}"
    [[ "$line" == *$'\t+' ]] && goes_on=1
    COMPREPLY+=("${value#"$broken"}")
  done < <(command genscope __complete "${words[@]}" 2>/dev/null)

  local has_options=""
  type compopt >/dev/null 2>&1 && has_options=1
  if [[ "$head" == files* ]]; then
    local prefix="${head#files$'\t'}"
    value="${unquoted#"$prefix"}"
    [[ -n "$has_options" ]] && compopt -o filenames
    while IFS= read -r line; do
      line="$prefix$line"
      COMPREPLY+=("${line#"$broken"}")
    done < <(compgen -f -- "$value")
  elif [[ ${#COMPREPLY[@]} -eq 1 && -n "$goes_on" && -n "$has_options" ]]; then
    compopt -o nospace
  fi
}

complete -F _genscope genscope
