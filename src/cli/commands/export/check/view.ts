import { grouped } from "../../../../core/text.ts";
import type { Block } from "../../../../output/blocks.ts";
import type { Style } from "../../../../output/style.ts";
import { viewSeveralChecks } from "../../check-scopes/views/several-checks.ts";
import { readableBytes } from "../readable-bytes.ts";
import type { ExportCheckDocument } from "./result.ts";

const UNKNOWN = "unknown";

/** Renders what an export would do, after the verdicts on its operations. */
export function viewExportCheck(document: ExportCheckDocument, style: Style): readonly Block[] {
  const { interval, available, records, requests, minutes, bytes, freeBytes, parts } = document;
  const rows: readonly (readonly [string, string | null])[] = [
    ["interval", interval],
    ["available", interval === null ? null : (available ?? UNKNOWN)],
    ["parts", parts === null ? UNKNOWN : grouped(parts)],
    ["records", records === null ? UNKNOWN : `about ${grouped(records)}`],
    ["requests", requests === null ? UNKNOWN : `about ${grouped(requests)}`],
    ["time", minutes === null ? UNKNOWN : describeTime(minutes)],
    ["size", bytes === null ? UNKNOWN : `about ${readableBytes(bytes)} as NDJSON without compression`],
    ["free space", freeBytes === null ? null : readableBytes(freeBytes)],
  ];
  return [
    ...viewSeveralChecks(document.access, style),
    { kind: "fields", rows: rows.filter((row): row is readonly [string, string] => row[1] !== null) },
  ];
}

function describeTime(minutes: number): string {
  return minutes === 1
    ? "within a minute under the platform's rate limit"
    : `at least ${minutes - 1} minutes under the platform's rate limit`;
}
