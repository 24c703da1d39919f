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

/** `profile list`: lists every profile and its identity. */
export function registerProfileList(group: ProfileGroup, context: Context): void {
  group
    .command("list")
    .summary("list all profiles")
    .description("list all profiles: region, client, store and login state\n\nNever reads a secret.")
    .configureHelp(
      helpFooter(
        [
          ["genscope profile list", "list the profiles (* marks the default)"],
          ["genscope profile list --json", "for a script"],
        ],
        ["0 listed", "2 configuration file is damaged"],
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
    return [{ kind: "text", text: "no profiles yet: create one with `genscope login`" }];
  }
  return [
    {
      kind: "table",
      columns: [
        { name: "Profile", isKey: true },
        { name: "Region" },
        { name: "Who" },
        { name: "Organization", rank: 1 },
        { name: "Grant", rank: 2 },
        { name: "Store", rank: 3 },
        { name: "Login" },
      ],
      rows: profiles.map((profile) => [
        `${profile.isCurrent ? "* " : ""}${profile.name}`,
        profile.region,
        profile.identity ?? "unknown",
        profile.organization ?? "unknown",
        profile.grant,
        profile.store,
        describeLogin(profile),
      ]),
    },
  ];
}
