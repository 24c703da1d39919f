import { expect } from "vitest";
import { findViolations, readSchemas, withoutTolerance } from "./json-schemas.ts";
import { type RunOptions, runCli } from "./run-cli.ts";

/** What a run with `--json` printed, and what is wrong with it. */
export interface PrintedDocument {
  readonly exitCode: number;
  readonly document: unknown;
  /** By its schema, and every field that the schema does not describe. */
  readonly violations: readonly string[];
}

/** Runs with `--json` and holds what came out against the schema of the document that was expected. */
export async function documentOf(
  name: string,
  argv: readonly string[],
  options: RunOptions,
): Promise<PrintedDocument> {
  const { exitCode, stdout } = await runCli([...argv, "--json"], options);
  // JSON.parse takes one document and nothing but white space around it.
  const document: unknown = JSON.parse(stdout);
  expect(stdout).toBe(`${stdout.trim()}\n`);
  const schema = readSchemas().get(name);
  return {
    exitCode,
    document,
    violations: [...findViolations(schema, document), ...findViolations(withoutTolerance(schema), document)],
  };
}
