import { expect } from "vitest";
import { findViolations, readSchemas, withoutTolerance } from "./json-schemas.ts";
import { type RunOptions, runCli } from "./run-cli.ts";

/** The document that a run with `--json` printed, and its violations. */
export interface PrintedDocument {
  readonly exitCode: number;
  readonly document: unknown;
  /** Violations of its schema, and printed fields that the schema does not describe. */
  readonly violations: readonly string[];
}

/** Every schema in two forms, as shipped and with additional fields forbidden. Read once. */
let schemas: ReadonlyMap<string, readonly unknown[]> | null = null;

/** Runs a command line with `--json`, and validates the output against the schema called `name`. */
export async function documentOf(
  name: string,
  argv: readonly string[],
  options: RunOptions,
): Promise<PrintedDocument> {
  const { exitCode, stdout } = await runCli([...argv, "--json"], options);
  // JSON.parse accepts exactly one document, with white space around it.
  const document: unknown = JSON.parse(stdout);
  expect(stdout).toBe(`${stdout.trim()}\n`);
  schemas ??= new Map([...readSchemas()].map(([key, schema]) => [key, [schema, withoutTolerance(schema)]]));
  const violations = schemas.get(name)?.flatMap((schema) => findViolations(schema, document));
  if (violations === undefined) throw new Error(`there is no schema \`${name}\``);
  return { exitCode, document, violations };
}
