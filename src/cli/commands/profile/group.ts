import { closest } from "../../../core/closest.ts";
import { UsageError } from "../../../core/errors.ts";
import { helpFooter, type Root } from "../../root.ts";

/** The command that contains the subcommands for profiles. */
export type ProfileGroup = ReturnType<typeof createProfileGroup>;

const SUBCOMMANDS = ["list", "use", "show", "remove", "import"];

/** Creates `profile` itself, which only describes its subcommands. */
export function createProfileGroup(root: Root) {
  return root
    .command("profile")
    .description(
      "list and choose named profiles; show, remove and import them\n\nA profile names the region, the OAuth client and the store of a login. `--profile NAME` or GENSCOPE_PROFILE selects one for a single run.",
    )
    .usage("list|use|show|remove|import [options]")
    .argument("[command...]", "one of the commands below")
    .configureHelp(
      helpFooter(
        [
          ["genscope profile list", "list all profiles with their logins"],
          ["genscope profile use work", "choose the default profile"],
        ],
        ["0 done", "2 no such profile", "10 store cannot be used"],
      ),
    )
    .action(([given]) => {
      const [near = "list"] = closest(given ?? "", SUBCOMMANDS, 1, 2);
      throw new UsageError(
        "usage.arguments",
        given === undefined ? "`profile` needs a command" : `\`profile\` has no command \`${given}\``,
        {
          hint: `run \`genscope profile ${near} --help\`; the commands are ${SUBCOMMANDS.slice(0, -1).join(", ")} and ${SUBCOMMANDS.at(-1)}`,
        },
      );
    });
}
