import { UsageError } from "../../core/errors.ts";
import { asRecord, parseJson } from "../../core/json.ts";
import { damagedFile } from "../files/damaged-file.ts";
import { readOwnFile } from "../files/read-own-file.ts";
import {
  isFlag,
  isNumber,
  isOf,
  isText,
  listOf,
  orAbsent,
  orNull,
  recordOf,
  type Shape,
} from "../files/shape.ts";
import { type Manifest, SCHEMA } from "./manifest.ts";

const PART: Shape = {
  part: isText,
  interval: orNull(isText),
  records: isNumber,
  duplicates: isNumber,
  elsewhere: isNumber,
  open: isNumber,
  isProvisional: isFlag,
  isConfirmed: isFlag,
  isStale: isFlag,
  correlationIds: listOf(isText),
};
const FILE: Shape = {
  part: orNull(isText),
  table: isText,
  path: isText,
  bytes: isNumber,
  rows: isNumber,
  sha256: isText,
};
const GAP: Shape = {
  part: isText,
  interval: orNull(isText),
  code: isText,
  reason: isText,
  correlationId: orNull(isText),
};
const MEDIA: Shape = {
  files: listOf(recordOf({ part: isText, path: isText, bytes: isNumber, sha256: isText })),
  missing: listOf(
    recordOf({ part: isText, code: isText, reason: isText, recordings: isNumber, isFinal: isFlag }),
  ),
};
const MANIFEST: Shape = {
  request: recordOf({}),
  contents: orAbsent(isText),
  interval: orNull(isText),
  watermark: orNull(isText),
  isComplete: isFlag,
  records: isNumber,
  duplicates: isNumber,
  elsewhere: isNumber,
  parts: listOf(recordOf(PART)),
  files: listOf(recordOf(FILE)),
  gaps: listOf(recordOf(GAP)),
  media: orAbsent(orNull(recordOf(MEDIA))),
  narrowing: orAbsent(listOf(recordOf({ kind: isText, summary: isText }))),
};

/**
 * Returns the manifest of an earlier run, or null when it is missing.
 * @throws UsageError `usage.manifest` when the file is not a genscope manifest; OutputError `output.state` for
 * a genscope manifest whose content was changed
 */
export async function readManifest(path: string): Promise<Manifest | null> {
  const text = await readOwnFile(path);
  if (text === null) return null;
  const value = parseJson(text);
  if (asRecord(value)["schema"] !== SCHEMA) {
    throw new UsageError("usage.manifest", `\`${path}\` is not a genscope manifest`, {
      hint: "choose another path with --out PATH",
    });
  }
  if (!isManifest(value)) throw damagedFile(path);
  // Manifests of earlier versions do not contain these fields.
  const { narrowing = [], divisions = null, media = null } = value;
  return { ...value, narrowing, divisions, media };
}

type StoredManifest = Omit<Manifest, "narrowing" | "divisions" | "media"> &
  Partial<Pick<Manifest, "narrowing" | "divisions" | "media">>;

function isManifest(value: unknown): value is StoredManifest {
  return isOf(MANIFEST, value);
}
