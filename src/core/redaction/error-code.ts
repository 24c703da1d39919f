/**
 * Minimum average number of letters per word in a readable name. In a random string, about every second letter
 * changes its case.
 */
const FEWEST_LETTERS_PER_WORD = 3;
/** Matches an error number of an operating system: `403`, `-1200`, `0x80072F8F`. */
const NUMBERED = /^(?:-?\d{1,6}|0x[\dA-Fa-f]{1,8})$/;
/** Matches the constant of an error: `ERR_HTTP2_STREAM_ERROR`. */
const CONSTANT = /^[A-Z]{2,20}(?:_[A-Z\d]{1,20}){1,6}$/;

/**
 * Returns whether a value is an error code of the platform, Node or HTTP: `missing.permissions`, `ENOTFOUND`,
 * `ConversationNotFound`, `403`.
 */
export function isErrorCode(value: string): boolean {
  const code = value.replace(/(?<![}\])])[}\])]+$/, "");
  if (NUMBERED.test(code) || CONSTANT.test(code)) return true;
  if (!/^[A-Za-z]+(?:[._-][A-Za-z]+)*[._-]?$/.test(code)) return false;
  const words = code.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return code.length >= words.length * FEWEST_LETTERS_PER_WORD;
}
