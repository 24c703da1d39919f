import { originOf } from "../../../access/verdict/wording.ts";
import type { CatalogueUpdate } from "../../../catalogue/update/update-catalogue.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { CatalogGroup } from "./group.ts";

export interface CatalogUpdateResult {
  readonly schema: "genscope/catalog-update/v1";
  readonly outcome: CatalogueUpdate["outcome"];
  /** The file that now contains the catalog. */
  readonly path: string;
  readonly source: string;
  readonly date: string;
  readonly operationCount: number;
  /** The changes since the previously used catalog. */
  readonly summary: { readonly added: number; readonly removed: number; readonly changed: number };
  readonly warnings: readonly string[];
}

/** `catalog update`: fetches the live definition into the cache. */
export function registerUpdate(catalog: CatalogGroup, context: Context): void {
  catalog
    .command("update")
    .summary("fetch your region's live API definition into the cache")
    .description(
      "fetch your region's live API definition into the cache\n\nThe definition is public and contains operations, permissions, scopes and error codes. Commands that call the same region use them instead of the packaged catalog. Scope descriptions and the official CLI's verbs always come from the package. An unchanged definition is not downloaded again.",
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope catalog update", "region from the environment"],
          ["genscope catalog update --region us-east-1 --json", "another region, for a script"],
        ],
        ["0 up to date", "1 the response is not an API definition", "7 service unavailable", "9 no response"],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const { updateCatalogue } = await import("../../../catalogue/update/update-catalogue.ts");
      const update = await withProgress(context, options, "fetching the live API definition", async () =>
        updateCatalogue({
          api: await context.connectAnonymously(options),
          cacheDirectory: await context.cacheDirectory(),
          random: context.random,
          nowMs: context.clock.now(),
        }),
      );
      for (const warning of update.warnings) await writeNote(context.io, options, warning);
      await present(context.io, options, toCatalogUpdateResult(update), viewCatalogUpdate);
    });
}

export function toCatalogUpdateResult(update: CatalogueUpdate): CatalogUpdateResult {
  const { outcome, path, provenance, operationCount, difference, warnings } = update;
  return {
    schema: "genscope/catalog-update/v1",
    outcome,
    path,
    source: provenance.source,
    date: provenance.date,
    operationCount,
    summary: {
      added: difference.added.length,
      removed: difference.removed.length,
      changed: difference.changed.length,
    },
    warnings,
  };
}

export function viewCatalogUpdate(result: CatalogUpdateResult): readonly Block[] {
  const { added, removed, changed } = result.summary;
  return [
    {
      kind: "fields",
      rows: [
        ["outcome", result.outcome === "updated" ? "updated" : "unchanged: the cached catalog is up to date"],
        ["source", originOf(result)],
        ["operations", String(result.operationCount)],
        ["changes", `${added} added, ${removed} removed, ${changed} changed`],
        ["stored in", result.path],
      ],
    },
  ];
}
