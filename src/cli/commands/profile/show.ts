import { noSuchProfile, selectProfile } from "../../../auth/settings/select-profile.ts";
import type { Block } from "../../../output/blocks.ts";
import { present } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { ProfileGroup } from "./group.ts";
import { describeLogin, type ProfileSummary, summarize } from "./summary.ts";

/** The JSON contract of `profile show`. */
export interface ProfileShowResult extends ProfileSummary {
  readonly schema: "genscope/profile-show/v1";
  readonly path: string;
  /** The source of the choice: an argument, a flag, a variable or the file. */
  readonly selectedBy: string;
}

/** `profile show`: shows one profile in full, without its secrets. */
export function registerProfileShow(group: ProfileGroup, context: Context): void {
  group
    .command("show")
    .summary("show one profile, without its secrets")
    .description(
      "show one profile, without its secrets\n\nShows the settings of the profile and which secrets are stored for it. Never reads a secret.",
    )
    .argument("[name]", "name of the profile (default: the one in use)")
    .configureHelp(
      helpFooter(
        [
          ["genscope profile show", "show the profile in use, and why"],
          ["genscope profile show work --json", "show another profile, for a script"],
        ],
        ["0 shown", "2 no such profile"],
      ),
    )
    .action(async (given, _options, command) => {
      const options = command.optsWithGlobals();
      const { profiles } = await context.openLoginStorage(options);
      const { name, profile } = await selectProfile(profiles, {
        flag: given ?? options.profile,
        env: context.env,
      });
      if (profile === null) {
        const source = given === undefined ? name.source : "profile show";
        throw await noSuchProfile(profiles, { ...name, source });
      }
      const { current } = await profiles.list();
      const result: ProfileShowResult = {
        schema: "genscope/profile-show/v1",
        ...summarize(profile, current),
        path: profiles.path,
        selectedBy: given === undefined ? name.source : "argument",
      };
      await present(context.io, options, result, viewProfileShow);
    });
}

function viewProfileShow(result: ProfileShowResult): readonly Block[] {
  const { accessToken, refreshToken, clientSecret } = result.remembered;
  const secrets = [
    accessToken ? "access token" : null,
    refreshToken ? "refresh token" : null,
    clientSecret ? "client secret" : null,
  ].filter((each) => each !== null);
  const unknown = "unknown";
  return [
    {
      kind: "fields",
      rows: [
        ["Profile", `${result.name}${result.isCurrent ? ", the default" : ""} (${result.selectedBy})`],
        ["Region", result.region],
        ["Who", result.identity ?? unknown],
        ["Organization", result.organization ?? unknown],
        ["Grant", result.grant],
        ["OAuth client", result.clientId ?? unknown],
        ...(result.redirectUri === null ? [] : [["Redirect URI", result.redirectUri] as const]),
        ["Login", describeLogin(result)],
        ["Store", result.store],
        ["Stored secrets", secrets.length === 0 ? "nothing" : secrets.join(", ")],
        ["Token expires", result.accessTokenExpiresAt ?? unknown],
        ["File", result.path],
      ],
    },
  ];
}
