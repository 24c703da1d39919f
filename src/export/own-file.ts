import { readFile } from "node:fs/promises";
import { OutputError } from "../core/errors.ts";
import { isMissingFile } from "../core/missing-file.ts";

/**
 * The text of a file that an export keeps for itself; null where there is none.
 * @throws OutputError `output.state` when it can't be read
 */
export async function readOwnFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (isMissingFile(cause)) return null;
    const code = cause instanceof Error && "code" in cause ? `: ${String(cause.code)}` : "";
    throw new OutputError("output.state", `\`${path}\` can't be read${code}`, {
      hint: "may you read it? Another place: --out PATH",
      cause,
    });
  }
}
