/** Matches a line that calls `curl` with an option or a URL, behind a prompt or alone. */
const CURL = /(?:^|[$#>%] )curl(?:\.exe)? {1,4}(?:-|["']?https?:)/;
/** Matches a URL that the end of a line cut off, and the rest of it on the next line. */
const OPEN_URL = /https?:\/\/[^\s"'<>]{0,400}$/;
const REST_OF_URL = /^[\w/?&=%.-]/;
/** Matches a line that continues a command without a URL. */
const ARGUMENT = /^\s{0,8}(?:["']?https?:\/\/|--?[A-Za-z])/;
/** Maximum number of lines of one command. */
const MOST_LINES = 40;
const LONGEST_LINE = 20_000;

/**
 * Puts a `curl` command on one line if an email or a terminal broke it: within a quoted argument, or before its URL. A
 * command whose quotation mark is never closed stays as it is.
 */
export function withWholeCommands(text: string): string {
  if (!text.includes("curl")) return text;
  const lines = text.split("\n");
  const joined: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const whole = CURL.test(line) ? wholeCommand(lines, index) : null;
    joined.push(whole === null ? line : whole.command);
    if (whole !== null) index = whole.end;
  }
  return joined.join("\n");
}

function wholeCommand(
  lines: readonly string[],
  start: number,
): { readonly command: string; readonly end: number } | null {
  let command = lines[start] ?? "";
  let mark = openMark(command, null);
  let end = start;
  while (end < start + MOST_LINES && command.length < LONGEST_LINE) {
    const next = lines[end + 1];
    if (next === undefined || next.trim() === "" || command.endsWith("\\")) break;
    if (mark === null && (/https?:\/\//.test(command) || !ARGUMENT.test(next))) break;
    const isCutUrl = OPEN_URL.test(command) && REST_OF_URL.test(next);
    command = isCutUrl ? command + next : `${command.trimEnd()} ${next.trimStart()}`;
    mark = openMark(next, mark);
    end += 1;
  }
  return mark === null && end > start ? { command, end } : null;
}

/** Returns the quotation mark that is still open after a line; null if none is. */
function openMark(line: string, before: string | null): string | null {
  let open = before;
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (character === "\\" && open !== "'") index += 1;
    else if (open === null && (character === '"' || character === "'")) open = character;
    else if (character === open) open = null;
  }
  return open;
}
