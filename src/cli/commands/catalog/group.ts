import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { CataloguePart } from "../../../catalogue/facts/operation-file.ts";
import { closest } from "../../../core/closest.ts";
import { UsageError } from "../../../core/errors.ts";
import { writeNote } from "../../../output/present.ts";
import { catalogueInUse } from "../../catalogue-in-use.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";

/** The catalog that a result comes from, shown with every result. */
export interface CatalogueVersion {
  readonly origin: Catalogue["origin"];
  readonly date: string;
  readonly parts: readonly CataloguePart[];
}

export function versionOf({ origin, date, parts }: Catalogue): CatalogueVersion {
  return { origin, date, parts };
}

/** Describes the catalog, as in `packaged catalog of 2026-09-16`. */
export function describeVersion({ origin, date }: CatalogueVersion): string {
  return `${origin === "cached" ? "updated" : "packaged"} catalog of ${date}`;
}

/** The command that contains the catalog's subcommands. */
export type CatalogGroup = ReturnType<typeof createGroup>;

const SUBCOMMANDS = ["search", "show", "update", "diff", "changes"];

/** Creates `catalog` itself, which only describes its subcommands. */
export function createGroup(root: Root) {
  return root
    .command("catalog")
    .description(
      "search what API operations require, and update the catalog\n\nThe catalog contains the requirements of every API operation, with their source and date. The catalog's date is that of its newest list of operations; an operation's permissions can be older. Works without a token; only `update` uses the network.",
    )
    .usage("search|show|update|diff|changes [options]")
    .argument("[command...]", "one of the commands below")
    .configureHelp(
      helpFooter(
        [
          ["genscope catalog search queue members", "find operations by words"],
          ["genscope catalog show postAnalyticsConversationsDetailsQuery", "show one operation in full"],
        ],
        ["0 done", "2 unknown operation, permission or scope", "9 no response"],
      ),
    )
    .action(([given]) => {
      const [near = "search"] = closest(given ?? "", SUBCOMMANDS, 1, 2);
      throw new UsageError(
        "usage.arguments",
        given === undefined ? "`catalog` needs a command" : `\`catalog\` has no command \`${given}\``,
        {
          hint: `run \`genscope catalog ${near} --help\`; the commands are ${SUBCOMMANDS.slice(0, -1).join(", ")} and ${SUBCOMMANDS.at(-1)}`,
        },
      );
    });
}

/** Opens the catalog in use, and prints warnings about the cached one on stderr. */
export async function openCatalogue(context: Context, options: GlobalOptions): Promise<Catalogue> {
  const catalogue = await catalogueInUse(context, options);
  if (catalogue.warning !== null) await writeNote(context.io, options, catalogue.warning);
  return catalogue;
}
