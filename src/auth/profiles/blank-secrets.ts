import { asRecord, type JsonRecord } from "../../core/json.ts";
import { SECRET_KEYS } from "./official-profiles.ts";
import { formatToml, parseToml } from "./toml.ts";

/**
 * Returns the text of the official CLI's file with the secrets of the given tables emptied. Lines are edited in place
 * to keep order and comments. A file that cannot be edited this way (values over several lines, dotted tables) is
 * rewritten with the same content.
 * @param tables names as the file spells them
 */
export function blankSecrets(text: string, tables: readonly string[], path: string): string {
  const wanted = blankTables(parseToml(text, path), tables);
  const edited = editLines(text, tables);
  return isSame(parseOrNull(edited, path), wanted) ? edited : formatToml(wanted);
}

function blankTables(document: JsonRecord, tables: readonly string[]): JsonRecord {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      tables.includes(name)
        ? Object.fromEntries(
            Object.entries(asRecord(value)).map(([key, each]) => [key, isSecretKey(key) ? "" : each]),
          )
        : value,
    ]),
  );
}

function editLines(text: string, tables: readonly string[]): string {
  let isInTable = false;
  return text
    .split("\n")
    .map((line) => {
      const [, header] = /^\s*\[\s*["']?([^\]"']+?)["']?\s*\]/.exec(line) ?? [];
      if (header !== undefined) isInTable = tables.includes(header);
      const [, start = "", key = ""] = /^(\s*["']?([A-Za-z_]+)["']?\s*=\s*)/.exec(line) ?? [];
      return isInTable && isSecretKey(key) ? `${start}""${line.endsWith("\r") ? "\r" : ""}` : line;
    })
    .join("\n");
}

function isSecretKey(key: string): boolean {
  return SECRET_KEYS.some((each) => each === key.toLowerCase());
}

function parseOrNull(text: string, path: string): JsonRecord | null {
  try {
    return parseToml(text, path);
  } catch {
    return null;
  }
}

/** Compares the parsed contents and the order of the keys, but not comments and formatting. */
function isSame(left: JsonRecord | null, right: JsonRecord): boolean {
  return left !== null && JSON.stringify(left) === JSON.stringify(right);
}
