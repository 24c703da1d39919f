import { present } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import { whoami } from "./run.ts";
import { viewWhoami } from "./view.ts";

/** `whoami`: who the credential in use belongs to, and where every value came from. */
export function registerWhoami(root: Root, context: Context): void {
  root
    .command("whoami")
    .description(
      "show who the token belongs to, what it holds and where each value came from\n\nShows user or client, organization, region, grant, scopes and whether they are enforced, roles and divisions, expiry and idle timeout.",
    )
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope whoami", "use the credential of the environment"],
          ["genscope whoami --json --region eu-central-1", "for a script, in another region"],
        ],
        ["0 done", "2 bad flag or region", "4 no credential, or a refused one", "9 no answer"],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const result = await withProgress(context.io, options, "reading the token's identity", () =>
        whoami({ clock: context.clock, connect: () => context.connect(options) }),
      );
      await present(context.io, options, result, viewWhoami);
    });
}
