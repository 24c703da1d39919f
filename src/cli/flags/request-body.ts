import { UsageError } from "../../core/errors.ts";
import { asRecord, type JsonRecord, parseJson } from "../../core/json.ts";
import { measureJson } from "../../core/json-limits.ts";
import type { Context } from "../context.ts";
import { findJsonFault } from "./json-fault.ts";

/** The platform's size limit for a request body. */
const LARGEST_BODY_BYTES = 1_000_000;

/**
 * Reads the source of `--body`: a file, or `-` for standard input.
 * @throws UsageError `usage.body` when it is empty
 */
export async function readBodyText(
  { io, readTextFile }: Pick<Context, "io" | "readTextFile">,
  name: string,
): Promise<string> {
  const text =
    name === "-" ? await io.stdin.readText(LARGEST_BODY_BYTES) : await readTextFile(name, LARGEST_BODY_BYTES);
  if (text.trim() !== "") return text;
  throw new UsageError("usage.body", `${name === "-" ? "standard input" : `\`${name}\``} is empty (--body)`, {
    hint: "pass one JSON object: --body request.json, or --body - for standard input",
  });
}

/**
 * Parses a request body.
 * @param name name of its file, for messages
 * @param hint example of a valid body
 * @throws UsageError `usage.body` when it is not a JSON object
 */
export function parseBody(text: string, name: string, hint: string): JsonRecord {
  const { excess } = measureJson(Buffer.from(text));
  if (excess !== null) throw new UsageError("usage.body", `\`${name}\` has ${excess} (--body)`, { hint });
  const body = parseJson(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return asRecord(body);
  const fault = findJsonFault(text);
  const where =
    fault === null ? "" : `: line ${fault.line}, column ${fault.column}: expected ${fault.expected}`;
  throw new UsageError("usage.body", `\`${name}\` is not a JSON object (--body)${where}`, { hint });
}
