import { ACCESS_TOKEN_VARIABLE } from "../../../auth/settings/settings.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import { type LoggedOut, type LogoutResult, logout } from "./run.ts";

/** `logout`: revokes the token and erases every secret of the profile. */
export function registerLogout(root: Root, context: Context): void {
  root
    .command("logout")
    .description(
      "log out: revoke the token and erase the profile's secrets\n\nErases the secrets from their store even when the service cannot be reached. Keeps the profile itself.",
    )
    .option("--all", "log out of every profile")
    .configureHelp(
      helpFooter(
        [
          ["genscope logout", "log out of the profile in use"],
          ["genscope logout --all", "log out of every profile on this machine"],
        ],
        ["0 logged out", "2 no such profile", "10 secrets are still stored"],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const result = await withProgress(context, options, "revoking the token", async () => {
        return await logout(context, options);
      });
      await present(context.io, options, result, viewLogout);
      for (const each of result.profiles.filter(({ revocation }) => isAlive(revocation))) {
        await writeNote(
          context.io,
          options,
          `warning: the token of profile \`${each.profile}\` was not revoked and stays valid until it expires: ${each.reason}`,
        );
      }
      if ((context.env[ACCESS_TOKEN_VARIABLE] ?? "") !== "") {
        await writeNote(
          context.io,
          options,
          `warning: ${ACCESS_TOKEN_VARIABLE} is set, and its token stays valid`,
        );
      }
    });
}

function isAlive(revocation: LoggedOut["revocation"]): boolean {
  return revocation === "refused" || revocation === "unreachable";
}

function viewLogout({ profiles }: LogoutResult): readonly Block[] {
  const lines = profiles.map(({ profile, revocation, forgotten }) => {
    if (forgotten.length === 0 && revocation === "none") return `profile \`${profile}\` was not logged in`;
    const token = {
      revoked: "token revoked",
      ended: "the token was no longer valid",
      refused: "token not revoked",
      unreachable: "token not revoked",
      none: "no token to revoke",
    }[revocation];
    return `logged out of profile \`${profile}\`: ${token}; erased: ${forgotten.length === 0 ? "nothing" : forgotten.join(", ")}`;
  });
  return [{ kind: "text", text: lines.length === 0 ? "no profile is logged in" : lines.join("\n") }];
}
