import { closest } from "../../../core/closest.ts";
import { UsageError } from "../../../core/errors.ts";
import { helpFooter, type Root } from "../../root.ts";

/** The command under which the commands about profiles hang. */
export type ProfileGroup = ReturnType<typeof createProfileGroup>;

const SUBCOMMANDS = ["list", "use", "show", "remove", "import"];

/** `profile` itself, which does nothing but say what it has. */
export function createProfileGroup(root: Root) {
  return root
    .command("profile")
    .description(
      "Named profiles: region, OAuth client, and where the secrets of a login are. `--profile NAME` or GENSCOPE_PROFILE uses one for a single run",
    )
    .usage("list|use|show|remove|import [options]")
    .argument("[command...]", "one of the commands below")
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope profile list", "all, with what they are logged in as"],
          ["genscope profile use work", "the one that is used when none is named"],
        ],
        ["0 done", "2 no such profile", "10 store can't be used"],
      ),
    )
    .action(([given]) => {
      const [near = "list"] = closest(given ?? "", SUBCOMMANDS, 1, 2);
      throw new UsageError(
        "usage.arguments",
        given === undefined ? "`profile` needs a command" : `\`profile\` has no command \`${given}\``,
        { hint: `\`genscope profile ${near} --help\`; there are ${SUBCOMMANDS.join(", ")}` },
      );
    });
}
