/** A command that a shell prints before it runs (`set -x`), also directly behind output without a line break. */
const TRACED = /^(\d{3})?\+{1,4} (?=(?:[\w./-]{0,100}\/)?[a-z][\w-]{0,30} )/gm;
const TRACED_CURL = /^(?:\d{3})?\+{1,4} (?:[\w./-]{0,100}\/)?curl /m;
/** PowerShell marks a source line with `+` as well, and underlines it. */
const UNDERLINED = /^\s{0,8}\+ \s{0,200}~/m;
/** `curl ^"https://...^" ^`, as a browser copies a request for the Windows command prompt. */
const CARETS = /\bcurl(?:\.exe)? \^"[^\n]{0,20000}(?:(?<= \^)\n[^\n]{0,20000}){0,200}/g;

/** Writes traced commands as behind a prompt, and commands of the Windows command prompt without their carets. */
export function withPlainCommands(text: string): string {
  const plain =
    text.includes('curl ^"') || text.includes('curl.exe ^"') ? text.replace(CARETS, withoutCarets) : text;
  if (!TRACED_CURL.test(plain) || UNDERLINED.test(plain)) return plain;
  return plain.replace(TRACED, (_all, status: string | undefined) =>
    status === undefined ? "$ " : `${status}\n$ `,
  );
}

function withoutCarets(command: string): string {
  return command.replace(/ \^\n\s{0,20}/g, " ").replace(/\^([^\s])/g, "$1");
}
