import { permissionsOfCall } from "../../../../access/decide/call-permissions.ts";
import { readRequestValues } from "../../../../access/decide/request-values.ts";
import type { Operation } from "../../../../catalogue/facts/operation.ts";
import { API_ROOT } from "../../../../catalogue/facts/operation-line.ts";
import { nameOf } from "../../../../catalogue/lookup/operation-lookup.ts";
import { findWordForId } from "../../../../catalogue/lookup/word-for-id.ts";
import type { ScanFinding } from "../../../../catalogue/scan/judge/finding.ts";
import type { SingleSubject } from "../subject.ts";

/**
 * Returns the operations that scanned code calls, each one once, located at its first call. An operation whose verdict
 * depends on a path value is returned once per value. Mentions in comments and unclear calls are omitted, because they
 * appear only as findings.
 */
export function scannedSubjects(findings: readonly ScanFinding[]): readonly SingleSubject[] {
  const subjects = new Map<string, SingleSubject>();
  for (const { operation, kind, file, line, path } of findings) {
    if (operation === null || kind === "comment") continue;
    const name = `${operation.method} ${path === null ? operation.path : withRoot(path)}`;
    const key = `${nameOf(operation)} ${decidingValues(operation, name)}`;
    if (subjects.has(key)) continue;
    subjects.set(key, {
      kind: "operation",
      operation,
      callPermissions: permissionsOfCall(operation, name),
      name,
      caution: null,
      division: null,
      location: { file, line },
      service: null,
    });
  }
  return [...subjects.values()];
}

/** Adds `/api/v2` to a path that lacks it, because code often adds this prefix elsewhere. */
function withRoot(path: string): string {
  return path.includes(API_ROOT) ? path : `${API_ROOT}${path.replace(/^\/+/, "")}`;
}

/** Returns the path values that the verdict depends on; empty for ordinary ids. */
function decidingValues({ path: template, caveats }: Operation, name: string): string {
  const { path } = readRequestValues(template, name);
  const named = new Set(
    caveats.flatMap(({ condition, cases }) => [
      condition?.path ?? "",
      ...cases.flatMap(({ when }) => ("in" in when ? [when.name] : [])),
    ]),
  );
  const word = findWordForId(path);
  return path
    .filter((argument) => argument === word || named.has(argument.name))
    .map(({ value }) => value)
    .join("/");
}
