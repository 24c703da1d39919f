import type { Block } from "../../../output/blocks.ts";
import { present } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { ProfileGroup } from "./group.ts";
import { describeLogin, type ProfileSummary, summarize } from "./summary.ts";

/** The JSON contract of `profile list`. */
export interface ProfileListResult {
  readonly schema: "genscope/profile-list/v1";
  readonly path: string;
  readonly current: string | null;
  readonly profiles: readonly ProfileSummary[];
}

/** `profile list`: every profile, and who it is. */
export function registerProfileList(group: ProfileGroup, context: Context): void {
  group
    .command("list")
    .summary("list all profiles")
    .description(
      "Lists all profiles: region, client, store, and whether they are logged in. No secret is read",
    )
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope profile list", "the current one has a star"],
          ["genscope profile list --json", "for a script"],
        ],
        ["0 listed", "2 damaged file"],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const { profiles } = await context.openLoginStorage(options);
      const { current, profiles: all } = await profiles.list();
      const result: ProfileListResult = {
        schema: "genscope/profile-list/v1",
        path: profiles.path,
        current,
        profiles: all.map((profile) => summarize(profile, current)),
      };
      await present(context.io, options, result, viewProfileList);
    });
}

function viewProfileList({ profiles }: ProfileListResult): readonly Block[] {
  if (profiles.length === 0) {
    return [{ kind: "text", text: "no profiles yet: `genscope login` makes one" }];
  }
  return [
    {
      kind: "table",
      head: ["Profile", "Region", "Who", "Organization", "Grant", "Store", "Login"],
      rows: profiles.map((profile) => [
        `${profile.isCurrent ? "* " : ""}${profile.name}`,
        profile.region,
        profile.identity ?? "not known",
        profile.organization ?? "not known",
        profile.grant,
        profile.store,
        describeLogin(profile),
      ]),
    },
  ];
}
