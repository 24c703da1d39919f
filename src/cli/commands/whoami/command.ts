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
      "Says who the credential in use belongs to: user or client, organization, region, grant, scopes and whether they bind, roles and divisions, expiry and idle timeout, and where every value came from",
    )
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope whoami", "the credential of the environment"],
          ["genscope whoami --json --region eu-central-1", "for a script, in another region"],
        ],
        ["0 known", "2 bad flag or region", "4 no credential, or one that is refused", "9 no answer"],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const result = await withProgress(context.io, options, "asking who this token belongs to", () =>
        whoami({ clock: context.clock, connect: () => context.connect(options) }),
      );
      await present(context.io, options, result, viewWhoami);
    });
}
