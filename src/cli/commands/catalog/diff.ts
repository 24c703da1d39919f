import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { loadCatalogue } from "../../../catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { type CatalogueDifference, diffCatalogues } from "../../../catalogue/update/catalogue-difference.ts";
import { readOperationsOf } from "../../../catalogue/update/catalogue-text.ts";
import { UsageError } from "../../../core/errors.ts";
import { plural } from "../../../core/text.ts";
import type { Block, TreeNode } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Style } from "../../../output/style.ts";
import { catalogueInUse } from "../../catalogue-in-use.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { CatalogGroup } from "./group.ts";

/** One side of the comparison. */
export interface ComparedSide {
  readonly name: string;
  readonly date: string | null;
  readonly operationCount: number;
}

export interface CatalogDiffResult {
  readonly schema: "genscope/catalog-diff/v1";
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly summary: { readonly added: number; readonly removed: number; readonly changed: number };
  readonly difference: CatalogueDifference;
}

/** The value of `--against` that names the packaged catalog instead of a file. */
export const PACKAGED = "packaged";

/** `catalog diff`: lists the changes between two catalogs. */
export function registerDiff(catalog: CatalogGroup, context: Context): void {
  catalog
    .command("diff")
    .summary("show changes between two catalogs")
    .description(
      "show changes between two catalogs\n\nShows added and removed operations, and changed permissions, scopes, rules and status (preview, deprecated), between another catalog and the one in use.",
    )
    .option(
      "--against <catalog>",
      "`packaged`, or a file: a catalog from an earlier update, or an API definition",
      PACKAGED,
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope catalog diff", "changes of the last update"],
          ["genscope catalog diff --against operations-2026-10.txt --json", "changes since a saved file"],
        ],
        ["0 compared", "2 nothing to compare with"],
      ),
    )
    .action(async ({ against }, command) => {
      const options = command.optsWithGlobals();
      const current = await catalogueInUse(context, options);
      const { result, notes } = await catalogDiff(
        { current, readTextFile: (path) => context.readTextFile(path) },
        against,
      );
      for (const note of notes) await writeNote(context.io, options, note);
      await present(context.io, options, result, viewCatalogDiff);
    });
}

/**
 * Compares the catalog in use with the packaged one, or with a file that contains an earlier update or the platform's
 * definition.
 * @throws UsageError when there is nothing to compare with, or when the file contains no operations
 */
export async function catalogDiff(
  {
    current,
    readTextFile,
  }: {
    readonly current: Catalogue;
    readTextFile(path: string): Promise<string>;
  },
  against: string,
): Promise<{ readonly result: CatalogDiffResult; readonly notes: readonly string[] }> {
  if (against === PACKAGED && current.origin === PACKAGED) {
    throw new UsageError("usage.nothing_to_compare", "no updated catalog to compare with the packaged one", {
      hint: "genscope catalog update",
    });
  }
  const before = against === PACKAGED ? packagedSide() : fileSide(against, await readTextFile(against));
  const after = Array.from(current.operations());
  const difference = diffCatalogues(before.operations, after);
  return {
    result: {
      schema: "genscope/catalog-diff/v1",
      before: { name: before.name, date: before.date, operationCount: before.operations.length },
      after: { name: current.origin, date: current.date, operationCount: after.length },
      summary: {
        added: difference.added.length,
        removed: difference.removed.length,
        changed: difference.changed.length,
      },
      difference,
    },
    notes: current.warning === null ? [] : [current.warning],
  };
}

interface CatalogueSide {
  readonly name: string;
  readonly date: string | null;
  readonly operations: readonly Operation[];
}

function packagedSide(): CatalogueSide {
  const packaged = loadCatalogue();
  return { name: PACKAGED, date: packaged.date, operations: Array.from(packaged.operations()) };
}

function fileSide(path: string, text: string): CatalogueSide {
  const read = readOperationsOf(text);
  if (typeof read !== "string") return { name: path, date: read.date, operations: read.operations };
  throw new UsageError("usage.not_a_catalogue", `\`${path}\` contains no operations: ${read}`, {
    hint: "pass a file that `catalog update` wrote, or the API's definition as JSON",
  });
}

export function viewCatalogDiff(
  { before, after, summary, difference }: CatalogDiffResult,
  style: Style,
): readonly Block[] {
  const head = `${describeSide(before)} -> ${describeSide(after)}: ${summary.added} added, ${summary.removed} removed, ${summary.changed} changed`;
  const groups: readonly TreeNode[] = [
    {
      text: style.good("added"),
      children: difference.added.map((operation) => ({ text: nameOf(operation) })),
    },
    {
      text: style.bad("removed"),
      children: difference.removed.map((operation) => ({ text: nameOf(operation) })),
    },
    {
      text: style.doubt("changed"),
      children: difference.changed.map(({ operation, changes }) => ({
        text: nameOf(operation),
        children: changes.map((change) => ({ text: describeChange(change) })),
      })),
    },
  ].filter(({ children }) => children.length > 0);
  return [
    { kind: "text", text: head },
    ...(groups.length === 0 ? [] : [{ kind: "tree" as const, nodes: groups }]),
  ];
}

function describeSide({ name, date, operationCount }: ComparedSide): string {
  return `${name}${date === null ? "" : ` of ${date}`} (${plural(operationCount, "operation")})`;
}

function describeChange({
  aspect,
  before,
  after,
  added,
  removed,
}: CatalogueDifference["changed"][number]["changes"][number]): string {
  const parts = [...added.map((name) => `+${name}`), ...removed.map((name) => `-${name}`)];
  return `${aspect}: ${parts.length > 0 ? parts.join(" ") : `${describeValue(before)} -> ${describeValue(after)}`}`;
}

function describeValue(value: unknown): string {
  return Array.isArray(value) ? value.join(" ") : value === null ? "unknown or none" : String(value);
}
