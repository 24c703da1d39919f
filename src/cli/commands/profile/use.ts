import { noSuchProfile, PROFILE_VARIABLE } from "../../../auth/settings/select-profile.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, tell } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { ProfileGroup } from "./group.ts";

/** The JSON contract of `profile use`. */
export interface ProfileUseResult {
  readonly schema: "genscope/profile-use/v1";
  readonly profile: string;
  readonly previous: string | null;
}

/** `profile use`: the profile of runs that name none. */
export function registerProfileUse(group: ProfileGroup, context: Context): void {
  group
    .command("use")
    .summary("choose the profile that is used when none is named")
    .description("Chooses the profile that is used when neither --profile nor GENSCOPE_PROFILE names one")
    .argument("<name>", "name of the profile")
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope profile use work", "from now on"],
          ["genscope whoami --profile work", "for a single run instead"],
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
        await tell(context.io, options, `careful: ${PROFILE_VARIABLE} says \`${variable}\` and wins`);
      }
    });
}

function viewProfileUse({ profile }: ProfileUseResult): readonly Block[] {
  return [{ kind: "text", text: `profile \`${profile}\` is used from now on` }];
}
