/**
 * Matches the `+` before a command that a shell prints (`set -x`), even if it follows a status without a line
 * break.
 */
const TRACED = /^(\d{3})?\+{1,4} (?=(?:[\w./-]{0,100}\/)?[a-z][\w-]{0,30} )/gm;
const TRACED_CURL = /^(?:\d{3})?\+{1,4} (?:[\w./-]{0,100}\/)?curl /m;
/** Matches an underlined source line of PowerShell, which marks source lines with `+` as well. */
const UNDERLINED = /^\s{0,8}\+ \s{0,200}~/m;
/** Matches a request that a browser copied for the Windows command prompt: `curl ^"https://...^" ^`. */
const CARETS = /\bcurl(?:\.exe)? \^"[^\n]{0,20000}(?:(?<= \^)\n[^\n]{0,20000}){0,200}/g;

/**
 * Rewrites commands that a shell traced, as if they followed a prompt, and removes the carets of the Windows command
 * prompt.
 */
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
