/**
 * Matches a cell that a spreadsheet may interpret as a formula, according to OWASP's list
 * (https://owasp.org/www-community/attacks/CSV_Injection). Some programs first trim white space, quotes and invisible
 * characters. Some treat the full-width and small forms of a character like the character itself.
 */
const FORMULA_START =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are part of the list
  /^(?:[\u0000\t\n\v\f\r]|[\s\p{Cc}\p{Cf}"'`´‘’‚“”„«»‹›]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u;
/**
 * Matches the beginning of a formula after a semicolon, a tab or a line end. In many countries, Excel splits CSV at
 * semicolons. The text after a semicolon then begins a cell without quotes, so quoting does not protect it.
 */
const LATER_START = /([;\t\n\v\f\r](?:[^\S\t\n\v\f\r]|[\p{Cf}"'])*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])/gu;
/**
 * Matches the same characters in JSON text, at the start of a string that fills the cell and after a semicolon in any
 * string.
 */
const JSON_START = /(^"[\s\p{Cf}'\\"]*|;[\s\p{Cf}"'\\]*)([=+\-@＝＋－＠﹦﹢﹣﹫])/gu;
/** Matches a first line that changes the separator in Excel. */
const SEPARATOR_LINE = /^sep=/i;

/** Puts a `'` before each character that would begin a formula, at the start of the text or inside it. */
export function disarmText(text: string): string {
  const later = text.replace(LATER_START, "$1'");
  return FORMULA_START.test(text) ? `'${later}` : later;
}

/** Neutralizes a column name that would begin the file with a formula or separator. */
export function disarmName(name: string): string {
  return SEPARATOR_LINE.test(name) ? `'${name}` : disarmText(name);
}

/** Escapes each character that would begin a formula. The JSON keeps its meaning. */
export function disarmJson(text: string): string {
  return text.replace(
    JSON_START,
    (_match, before: string, sign: string) =>
      `${before}\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
