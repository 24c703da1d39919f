import { noSuchProfile, PROFILE_VARIABLE } from "../../../auth/settings/select-profile.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { ProfileGroup } from "./group.ts";

/** The JSON contract of `profile use`. */
export interface ProfileUseResult {
  readonly schema: "genscope/profile-use/v1";
  readonly profile: string;
  readonly previous: string | null;
}

/** `profile use`: chooses the default profile. */
export function registerProfileUse(group: ProfileGroup, context: Context): void {
  group
    .command("use")
    .summary("choose the default profile")
    .description(
      "choose the default profile\n\nCommands use it when neither --profile nor GENSCOPE_PROFILE is given.",
    )
    .argument("<name>", "name of the profile")
    .configureHelp(
      helpFooter(
        [
          ["genscope profile use work", "use it by default"],
          ["genscope whoami --profile work", "use it for a single run"],
        ],
        ["0 chosen", "2 no such profile"],
      ),
    )
    .action(async (name, _options, command) => {
      const options = command.optsWithGlobals();
      const { profiles } = await context.openLoginStorage(options);
      if ((await profiles.find(name)) === null) {
        throw await noSuchProfile(profiles, { value: name, source: "profile use" });
      }
      const { current: previous } = await profiles.list();
      await profiles.use(name);
      const result: ProfileUseResult = { schema: "genscope/profile-use/v1", profile: name, previous };
      await present(context.io, options, result, viewProfileUse);
      const variable = context.env[PROFILE_VARIABLE] ?? "";
      if (variable !== "" && variable !== name) {
        await writeNote(
          context.io,
          options,
          `warning: ${PROFILE_VARIABLE} is set to \`${variable}\` and takes precedence`,
        );
      }
    });
}

function viewProfileUse({ profile }: ProfileUseResult): readonly Block[] {
  return [{ kind: "text", text: `profile \`${profile}\` is now the default` }];
}
