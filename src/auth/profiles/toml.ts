import { parse, stringify, TomlError } from "smol-toml";
import { UsageError } from "../../core/errors.ts";
import { asRecord, type JsonRecord } from "../../core/json.ts";
import { oneLine } from "../../core/text.ts";

/**
 * Returns the tables of a TOML file.
 * @param path quoted in the error
 * @throws UsageError `config.damaged` with line and column
 */
export function parseToml(text: string, path: string): JsonRecord {
  try {
    return asRecord(parse(text, { unsafeKeyBehaviour: "keep" }));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Only the first line is quoted: the rest repeats parts of the file, which may contain another program's
    // secrets.
    const [reason = ""] = error.message.split("\n");
    throw new UsageError(
      "config.damaged",
      `\`${path}\` is not valid TOML: line ${error.line}, column ${error.column}: ${oneLine(reason.replace(/^Invalid TOML document: /, ""), 200)}`,
      { hint: `correct that line, or move the file aside: \`mv ${path} ${path}.damaged\`` },
    );
  }
}

export function formatToml(tables: JsonRecord): string {
  return stringify(tables);
}
