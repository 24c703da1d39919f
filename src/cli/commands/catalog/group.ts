import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { CataloguePart } from "../../../catalogue/facts/operation-file.ts";
import { closest } from "../../../core/closest.ts";
import { UsageError } from "../../../core/errors.ts";
import { tell } from "../../../output/present.ts";
import { catalogueInUse } from "../../catalogue-in-use.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";

/** Which catalogue an answer comes from, shown with every answer. */
export interface CatalogueStanding {
  readonly origin: Catalogue["origin"];
  readonly date: string;
  readonly parts: readonly CataloguePart[];
}

export function standingOf({ origin, date, parts }: Catalogue): CatalogueStanding {
  return { origin, date, parts };
}

/** The same in words: `packaged catalogue of 2026-08-15`. */
export function describeStanding({ origin, date }: CatalogueStanding): string {
  return `${origin === "cached" ? "updated" : "packaged"} catalogue of ${date}`;
}

/** The command under which the commands about the catalogue hang. */
export type Group = ReturnType<typeof createGroup>;

const SUBCOMMANDS = ["search", "show", "update", "diff"];

/** `catalog` itself, which does nothing but say what it has. */
export function createGroup(root: Root) {
  return root
    .command("catalog")
    .description(
      "The operation catalogue: what every API operation requires, with source and date. Works without a token and, but for `update`, without a network",
    )
    .usage("search|show|update|diff [options]")
    .argument("[command...]", "one of the commands below")
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope catalog search queue members", "operations by words"],
          ["genscope catalog show postAnalyticsConversationsDetailsQuery", "everything about one"],
        ],
        ["0 done", "2 unknown operation, permission or scope", "9 no answer"],
      ),
    )
    .action(([given]) => {
      const [near = "search"] = closest(given ?? "", SUBCOMMANDS, 1, 2);
      throw new UsageError(
        "usage.arguments",
        given === undefined ? "`catalog` needs a command" : `\`catalog\` has no command \`${given}\``,
        { hint: `\`genscope catalog ${near} --help\`; there are ${SUBCOMMANDS.join(", ")}` },
      );
    });
}

/** The catalogue in use; a warning about the cached one goes to stderr. */
export async function openCatalogue(context: Context, options: GlobalOptions): Promise<Catalogue> {
  const catalogue = await catalogueInUse(context, options);
  if (catalogue.warning !== null) await tell(context.io, options, catalogue.warning);
  return catalogue;
}
