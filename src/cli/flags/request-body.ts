import { UsageError } from "../../core/errors.ts";
import { asRecord, type JsonRecord, parseJson } from "../../core/json.ts";
import { measureJson } from "../../core/json-limits.ts";
import type { Context } from "../context.ts";

/** As long as the platform takes in a request body. */
const LARGEST_BODY_BYTES = 1_000_000;

/**
 * The text that `--body` names: of a file, or `-` for standard input.
 * @throws UsageError `usage.body` when there is none
 */
export async function readBodyText(
  { io, readTextFile }: Pick<Context, "io" | "readTextFile">,
  name: string,
): Promise<string> {
  const text =
    name === "-" ? await io.stdin.readText(LARGEST_BODY_BYTES) : await readTextFile(name, LARGEST_BODY_BYTES);
  if (text.trim() !== "") return text;
  throw new UsageError(
    "usage.body",
    `${name === "-" ? "standard input" : `\`${name}\``} was empty (--body)`,
    {
      hint: "a request body is one JSON object: --body request.json, or --body - for standard input",
    },
  );
}

/**
 * The request body in a text.
 * @param name of the file it came from, for messages
 * @param hint what such a body looks like
 * @throws UsageError `usage.body` when it is not a JSON object
 */
export function parseBody(text: string, name: string, hint: string): JsonRecord {
  const { excess } = measureJson(Buffer.from(text));
  if (excess !== null) throw new UsageError("usage.body", `\`${name}\` has ${excess} (--body)`, { hint });
  const body = parseJson(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return asRecord(body);
  throw new UsageError("usage.body", `\`${name}\` is not a JSON object (--body)`, { hint });
}
