import { relative } from "node:path";
import type { Narrowing, ReachedDivisions } from "../../../analytics/narrowing.ts";
import { grouped, plural } from "../../../core/text.ts";
import type { Gap } from "../../../export/manifest/manifest.ts";
import type { ManifestMedia } from "../../../export/manifest/media-report.ts";
import type { MissingMedia } from "../../../export/media/media-journal.ts";
import { WHOLE } from "../../../export/part/part.ts";
import type { ExportResult } from "../../../export/run/export-result.ts";
import type { Block } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import type { CheckScopesResult } from "../check-scopes/result.ts";
import { readableBytes } from "./readable-bytes.ts";

/** The JSON contract of `export`: the manifest without its longer lists. */
export interface ExportDocument {
  readonly schema: "genscope/export/v1";
  readonly dataset: string;
  /** The directory or file; null for standard output. */
  readonly out: string | null;
  readonly manifest: string | null;
  readonly interval: string | null;
  readonly watermark: string | null;
  readonly isComplete: boolean;
  /** Whether an earlier run had already completed the export. */
  readonly wasDone: boolean;
  readonly records: number;
  readonly duplicates: number;
  readonly elsewhere: number;
  readonly open: number;
  readonly provisional: number;
  readonly parts: number;
  readonly files: number;
  readonly bytes: number;
  /** Recording files; null for a dataset without them. */
  readonly media: {
    readonly files: number;
    readonly bytes: number;
    /** Recordings without a file, by reason. */
    readonly missing: readonly Pick<MissingMedia, "code" | "reason" | "recordings">[];
  } | null;
  /** Reasons why records are missing although nothing failed. */
  readonly narrowing: readonly Narrowing[];
  /** The divisions in which the permission of the export is held; `"*"` for all of them, null when not known. */
  readonly divisions: ReachedDivisions;
  readonly gaps: readonly Gap[];
  /** The diagnosis of a 403, in the document that `check-scopes` returns; null without a refusal. */
  readonly diagnosis: CheckScopesResult | null;
}

/** Returns the result of an export as a document. */
export function documentOf(
  { manifest, manifestPath, wasDone }: ExportResult,
  about: Pick<ExportDocument, "dataset" | "out" | "diagnosis">,
): ExportDocument {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    schema: "genscope/export/v1",
    dataset: about.dataset,
    out: about.out,
    manifest: about.out === null ? null : manifestPath,
    interval: manifest.interval,
    watermark: manifest.watermark,
    isComplete: manifest.isComplete,
    wasDone,
    records: manifest.records,
    duplicates: manifest.duplicates,
    elsewhere: manifest.elsewhere,
    open: sum(manifest.parts.map(({ open }) => open)),
    provisional: sum(manifest.parts.filter((part) => part.isProvisional).map(({ records }) => records)),
    parts: manifest.parts.length,
    files: manifest.files.length,
    bytes: sum(manifest.files.map(({ bytes }) => bytes)),
    media: manifest.media === null ? null : summarizeMedia(manifest.media),
    narrowing: manifest.narrowing,
    divisions: manifest.divisions,
    gaps: manifest.gaps,
    diagnosis: about.diagnosis,
  };
}

/** Counts files, and counts recordings without a file by code. */
function summarizeMedia({ files, missing }: ManifestMedia): NonNullable<ExportDocument["media"]> {
  const byCode = new Map<string, Pick<MissingMedia, "code" | "reason" | "recordings">>();
  for (const { code, reason, recordings } of missing) {
    const known = byCode.get(code);
    byCode.set(code, {
      code,
      reason: known?.reason ?? reason,
      recordings: (known?.recordings ?? 0) + recordings,
    });
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { files: files.length, bytes, missing: [...byCode.values()] };
}

/** Renders the result as readable text. */
export function viewExport(
  document: ExportDocument,
  style: Style,
  { workingDirectory, isDirectory }: { readonly workingDirectory: string; readonly isDirectory: boolean },
): readonly Block[] {
  const { records, parts, gaps, out, manifest, media } = document;
  const verdict = document.isComplete ? style.good("complete") : style.doubt("incomplete");
  const rows: readonly (readonly [string, string | null])[] = [
    ["interval", document.interval],
    isDirectory || out === null
      ? [
          "files",
          out === null
            ? null
            : `${document.files} in ${placeOf(out, workingDirectory)}, ${readableBytes(document.bytes)}`,
        ]
      : [
          "file",
          document.files === 0 ? null : `${placeOf(out, workingDirectory)}, ${readableBytes(document.bytes)}`,
        ],
    [
      "downloads",
      media === null || (media.files === 0 && media.missing.length === 0)
        ? null
        : `${plural(media.files, "file")}, ${readableBytes(media.bytes)}`,
    ],
    ...(media?.missing ?? []).map(
      ({ code, recordings }) => ["no file", `${plural(recordings, "record")}: ${code}`] as const,
    ),
    ["manifest", manifest === null ? null : placeOf(manifest, workingDirectory)],
    [
      "repeats",
      document.duplicates === 0
        ? null
        : `${plural(document.duplicates, "record")} received more than once, kept once`,
    ],
    [
      "open",
      document.open === 0
        ? null
        : `${plural(document.open, "conversation")} still in progress${isDirectory ? ": `--incremental` fetches their days again" : ""}`,
    ],
    [
      "provisional",
      document.provisional === 0
        ? null
        : `${plural(document.provisional, "record")} from the live index, to be replaced later`,
    ],
  ];
  return [
    {
      kind: "text",
      text: `${verdict}: ${grouped(records)} records of ${document.dataset}${parts > 1 ? ` in ${parts} parts` : ""}${document.wasDone ? ", completed by an earlier command" : ""}`,
    },
    { kind: "fields", rows: rows.filter((row): row is readonly [string, string] => row[1] !== null) },
    ...(gaps.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            columns: [{ name: "Missing", isKey: true }, { name: "Why" }],
            // A listing has a single part, whose key is meaningless to a person.
            rows: gaps.map(({ part, interval, reason }) => [
              interval ?? (part === WHOLE.key ? document.dataset : part),
              briefRefusal(reason),
            ]),
          },
        ]),
  ];
}

/** Matches the beginning of a reason that quotes a refusal. The diagnosis repeats the service's message in full. */
const REFUSAL = /^(`[A-Z]+ [^`]{1,300}` returned 403 `[^`]{1,100}`): /;

/** Shortens a reason that quotes a refusal by omitting the service's message. Returns any other reason unchanged. */
export function briefRefusal(reason: string): string {
  return REFUSAL.exec(reason)?.[1] ?? reason;
}

function placeOf(path: string, workingDirectory: string): string {
  const inside = relative(workingDirectory, path);
  return inside.startsWith("..") ? path : inside || ".";
}
