import { Scalar, stringify } from "yaml";
import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import { oneLine } from "../../core/text.ts";
import { insertItems } from "./insert-items.ts";

/** First line of a policy that genscope writes. It lets editors validate the file. */
const SCHEMA_LINE =
  "# yaml-language-server: $schema=./node_modules/genscope/dist/schemas/genscope.policy.schema.json";
const LONGEST_PLACE = 300;

/** An operation that the code calls, and where the code calls it. */
export interface WrittenOperation {
  readonly operation: Operation;
  readonly location: { readonly file: string; readonly line: number } | null;
}

export interface WrittenService {
  readonly name: string;
  /** Name or id of the objects' division; null for every division. */
  readonly division: string | null;
  readonly operations: readonly WrittenOperation[];
}

/**
 * Writes a policy file for one service. Lists each operation once, sorted by path, with a comment that names the line
 * of code that calls it. `parsePolicy` can read the result.
 */
export function writePolicy({ name, division, operations }: WrittenService): string {
  const lines = distinct(operations).map(itemOf);
  const service = { ...(division === null ? {} : { division }), operations: lines };
  return `${SCHEMA_LINE}\n${stringify({ version: 1, services: { [name]: service } }, { lineWidth: 0 })}`;
}

/** A policy with operations added, and how many were added. */
export interface MergedPolicy {
  readonly text: string;
  readonly added: number;
}

/**
 * Adds the operations that a valid policy lacks to the service with this name. Leaves every other line
 * unchanged, including other services, comments, notes, and operations that the code no longer calls.
 * @param known names of the operations that the policy already contains
 */
export function mergePolicy(text: string, known: ReadonlySet<string>, service: WrittenService): MergedPolicy {
  const fresh = distinct(service.operations).filter(({ operation }) => !known.has(nameOf(operation)));
  if (fresh.length === 0) return { text, added: 0 };
  const items = stringify(fresh.map(itemOf), { lineWidth: 0 }).trimEnd().split("\n");
  return { text: insertItems(text, service, items), added: fresh.length };
}

function distinct(operations: readonly WrittenOperation[]): readonly WrittenOperation[] {
  const byName = new Map<string, WrittenOperation>();
  for (const written of operations) {
    const name = nameOf(written.operation);
    if (!byName.has(name)) byName.set(name, written);
  }
  return [...byName.values()].toSorted(
    ({ operation: a }, { operation: b }) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method),
  );
}

function itemOf({ operation, location }: WrittenOperation): Scalar {
  const item = new Scalar(nameOf(operation));
  if (location !== null) item.comment = ` ${oneLine(`${location.file}:${location.line}`, LONGEST_PLACE)}`;
  return item;
}
