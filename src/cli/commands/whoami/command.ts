import { describeOldAge } from "../../../catalogue/facts/catalogue-age.ts";
import { AppError } from "../../../core/errors.ts";
import { present, writeNote } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import type { Context } from "../../context.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { helpFooter, type Root } from "../../root.ts";
import { whoami } from "./run.ts";
import { viewWhoami } from "./view.ts";

/** `whoami`: shows the owner of the credential in use, and the source of every value. */
export function registerWhoami(root: Root, context: Context): void {
  root
    .command("whoami")
    .description(
      "show who the token belongs to, what it holds and where each value came from\n\nShows the user or client, the organization, region and grant, the scopes and whether they are enforced, the roles and divisions, and the expiry and idle timeout.",
    )
    .option(MAX_WAIT, describeMaxWait(), readMaxWait)
    .configureHelp(
      helpFooter(
        [
          ["genscope whoami", "use the credential from the environment"],
          ["genscope whoami --json --region eu-central-1", "for a script, in another region"],
        ],
        [
          "0 done",
          "2 bad flag or region",
          "4 no credential, or one that was refused",
          "7 rate limit not lifted within --max-wait",
          "9 no response",
        ],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const result = await withProgress(context, options, "reading the token's identity", () =>
        whoami({ clock: context.clock, connect: () => context.connect(options) }),
      );
      await present(context.io, options, result, viewWhoami);
      const age = await findOldAge(context, result.region.apiUrl);
      if (age !== null) await writeNote(context.io, options, age);
    });
}

/** Returns a warning if the catalog is old; null otherwise, and for a damaged catalog, which `doctor` reports. */
async function findOldAge(context: Context, apiUrl: string): Promise<string | null> {
  const { catalogueOfHost } = await import("../../catalogue-in-use.ts");
  try {
    return describeOldAge(await catalogueOfHost(context, apiUrl), context.clock.now());
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
