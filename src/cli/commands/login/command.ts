import { Option } from "@commander-js/extra-typings";
import { present, writeNote } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import { viewWhoami } from "../whoami/view.ts";
import { login } from "./run.ts";

/** `login`: obtains a token, verifies it and stores it. */
export function registerLogin(root: Root, context: Context): void {
  root
    .command("login")
    .description(
      "obtain a token and store it in a profile\n\nAs a user: opens the browser and listens on the loopback interface (authorization code with PKCE). As an OAuth client: reads the id and the secret from prompts, the environment or standard input. The token is verified before it is stored. No flag accepts a secret.",
    )
    .addOption(
      new Option(
        "--grant <grant>",
        "pkce for a user, client-credentials for a client (the default when a secret is given)",
      ).choices(["pkce", "client-credentials"] as const),
    )
    .addOption(
      new Option(
        "--store <store>",
        "where secrets are kept: keychain (the OS keychain), file (encrypted with a passphrase) or none",
      ).choices(["keychain", "file", "none"] as const),
    )
    .option("--client-id <id>", "OAuth client to log in with")
    .option("--client-secret-stdin", "read the client secret from standard input")
    .option("--replace", "replace the login of another organization, client or grant without asking")
    .option(
      "--port <number>",
      "port for the redirect: one registered for the OAuth client, or one forwarded to this machine",
    )
    .option(
      "--no-browser",
      "print the login address, and read from standard input the address that the browser is redirected to",
    )
    .option("--org <name>", "organization to log in to; requires --provider")
    .option("--provider <name>", "the organization's identity provider; requires --org")
    .option(
      "--login-hint <hint>",
      "value to fill in on the login page: email address, organization, or both as address:organization",
    )
    .addOption(
      new Option(
        "--prompt <prompt>",
        "what the login page must ask for; the only value, `login`, requires the password even if the browser is already logged in",
      ).choices(["login"] as const),
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope login --region eu-central-1 --client-id ID", "log in as a user in the browser"],
          ["genscope login --no-browser --client-id ID", "log in over SSH, in a container or in WSL"],
          [
            "genscope login --grant client-credentials --profile ci",
            "log in as an OAuth client, into a profile",
          ],
        ],
        [
          "0 logged in",
          "2 bad flag, port in use, or the profile holds another login and --replace is missing",
          "4 refused, or login not finished",
          "7 token endpoint throttled",
          "9 no response",
          "10 store cannot be used",
        ],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      // The login address gets a line to itself, so that it can be copied.
      const say = async (text: string) => {
        for (const line of text.split("\n")) await writeNote(context.io, { quiet: false }, line);
      };
      const { result, notes } = await login(context, options, say);
      for (const note of notes) await writeNote(context.io, options, note);
      await present(context.io, options, result, ({ login: _login, ...identity }, style) =>
        viewWhoami({ ...identity, schema: "genscope/whoami/v1" }, style),
      );
      const { profile, isCurrent, storedIn, isRenewable, overriddenBy } = result.login;
      await writeNote(
        context.io,
        options,
        storedIn === null
          ? `logged in as profile \`${profile}\`; no secret is stored`
          : `logged in as profile \`${profile}\`, stored in ${storedIn}`,
      );
      if (storedIn !== null && !isRenewable) {
        await writeNote(context.io, options, "the token cannot be renewed: log in again when it expires");
      }
      if (!isCurrent) {
        await writeNote(
          context.io,
          options,
          `use it with \`--profile ${profile}\`, or \`genscope profile use ${profile}\``,
        );
      }
      for (const note of overriddenBy) await writeNote(context.io, options, `warning: ${note}`);
    });
}
