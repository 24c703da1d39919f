/**
 * A value as JSON that is safe to show: JSON escapes C0 controls by itself; DEL, C1 and the line separators would still
 * reach a terminal. Without `indent` it is one line.
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
