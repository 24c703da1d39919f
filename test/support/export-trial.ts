import { join } from "node:path";
import { expect } from "vitest";
import { verifyExport } from "../../src/export/verify/verify-export.ts";
import { type ExportSandbox, exportSandbox } from "./export-sandbox.ts";
import { compareManifest, type Files, leftovers, readManifest, tableFiles } from "./export-truth.ts";
import { runHere } from "./genscope-here.ts";
import { withoutProgress } from "./progress-lines.ts";
import { tempDir } from "./temp-dir.ts";

/** A sandbox, an export of all its ended days, and the files that an undisturbed run writes. */
export interface ExportTrial extends ExportSandbox {
  readonly args: readonly string[];
  readonly whole: Files;
  /** Value of `--out`. */
  readonly out: string;
}

/** Starts a sandbox for the test and runs the export once. */
export async function exportTrial(flags: readonly string[] = [], out = "lake"): Promise<ExportTrial> {
  const sandbox = await exportSandbox();
  const args = ["export", "conversations", "details", "--interval", sandbox.interval, "--out", out, ...flags];
  const directory = await tempDir();
  const { exitCode, stderr } = await runHere(args, sandbox.env, { directory });
  expect({ exitCode, stderr: withoutProgress(stderr) }).toEqual({ exitCode: 0, stderr: "" });
  return { ...sandbox, args, out, whole: tableFiles(directory) };
}

/**
 * Returns the path of the manifest for `out` in `directory`: inside a directory of files, or beside a single
 * file.
 */
export function manifestPathOf(out: string, directory: string): string {
  return out.includes(".") ? join(directory, `${out}.manifest.json`) : join(directory, out, "manifest.json");
}

/** Compares the files at the destination with those of the undisturbed export. */
export async function expectWhole(
  directory: string,
  { whole, out }: Pick<ExportTrial, "whole" | "out">,
): Promise<void> {
  expect(tableFiles(directory)).toEqual(whole);
  expect(leftovers(directory)).toEqual([]);
  const path = manifestPathOf(out, directory);
  const { listed, found } = compareManifest(path);
  expect(listed).toEqual(found);
  expect(readManifest(path)).toMatchObject({ isComplete: true, gaps: [] });
  await expectVerified(join(directory, out));
}

/** Verifies the destination in the same way as `export --verify`. */
export async function expectVerified(path: string): Promise<void> {
  const { signal } = new AbortController();
  const temporaryDirectory = await tempDir();
  const { differences } = await verifyExport({ path, temporaryDirectory, signal, onFile: () => {} });
  expect(differences).toEqual([]);
}
