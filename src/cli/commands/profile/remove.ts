import { forgetSecrets, hasStoredSecrets } from "../../../auth/profiles/stored-login.ts";
import { noSuchProfile } from "../../../auth/settings/select-profile.ts";
import type { CredentialKind } from "../../../auth/stores/credential-store.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { ProfileGroup } from "./group.ts";

/** The JSON contract of `profile remove`. */
export interface ProfileRemoveResult {
  readonly schema: "genscope/profile-remove/v1";
  readonly profile: string;
  readonly forgotten: readonly CredentialKind[];
}

/** `profile remove`: removes a profile and its secrets. */
export function registerProfileRemove(group: ProfileGroup, context: Context): void {
  group
    .command("remove")
    .summary("remove a profile and its secrets")
    .description(
      "remove a profile and its secrets\n\nSends nothing to the service: `genscope logout` also revokes the token.",
    )
    .argument("<name>", "name of the profile")
    .configureHelp(
      helpFooter(
        [
          ["genscope logout --profile old && genscope profile remove old", "revoke, then remove"],
          ["genscope profile remove old", "only remove"],
        ],
        ["0 removed", "2 no such profile", "10 secrets are still stored, so the profile stays"],
      ),
    )
    .action(async (name, _options, command) => {
      const options = command.optsWithGlobals();
      const storage = await context.openLoginStorage(options);
      const profile = await storage.profiles.find(name);
      if (profile === null) {
        throw await noSuchProfile(storage.profiles, { value: name, source: "profile remove" }, false);
      }
      const hadToken = profile.remembered.accessToken || profile.remembered.refreshToken;
      const forgotten = await storage.exclusively(name, async () => {
        const erased = hasStoredSecrets(profile)
          ? await forgetSecrets(storage, await storage.openStore(profile.store), profile)
          : [];
        await storage.profiles.remove(name);
        return erased;
      });
      const result: ProfileRemoveResult = { schema: "genscope/profile-remove/v1", profile: name, forgotten };
      await present(context.io, options, result, viewProfileRemove);
      if (hadToken) {
        await writeNote(context.io, options, "its token was not revoked and stays valid until it expires");
      }
    });
}

function viewProfileRemove({ profile, forgotten }: ProfileRemoveResult): readonly Block[] {
  const secrets = forgotten.length === 0 ? "" : `, with its ${forgotten.join(", ")}`;
  return [{ kind: "text", text: `removed profile \`${profile}\`${secrets}` }];
}
