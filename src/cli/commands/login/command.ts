import { Option } from "@commander-js/extra-typings";
import { present, tell } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import { viewWhoami } from "../whoami/view.ts";
import { login } from "./run.ts";

/** `login`: obtains a token, verifies it and remembers it. */
export function registerLogin(root: Root, context: Context): void {
  root
    .command("login")
    .description(
      "Obtains a token, verifies it and remembers it in a profile. As a user: opens the browser and listens on the loopback interface (authorization code with PKCE). As an OAuth client: takes id and secret from prompts, the environment or standard input. A secret is never a flag's value",
    )
    .addOption(
      new Option(
        "--grant <grant>",
        "pkce logs in a user; client-credentials a client, and is chosen when a secret is given",
      ).choices(["pkce", "client-credentials"] as const),
    )
    .addOption(
      new Option(
        "--store <store>",
        "where it is remembered: the OS keychain, a file encrypted with a passphrase, or nowhere",
      ).choices(["keychain", "file", "none"] as const),
    )
    .option("--client-id <id>", "OAuth client to log in with")
    .option("--client-secret-stdin", "read the client secret from standard input")
    .option("--replace", "replace the login of another organization, client or grant without asking")
    .option(
      "--port <number>",
      "port to listen on: a registered one, or one that is forwarded to this machine",
    )
    .option(
      "--no-browser",
      "print the address only, and take the address the browser ends at from standard input",
    )
    .option("--org <name>", "organization to log in to, with --provider")
    .option("--provider <name>", "identity provider of the organization, with --org")
    .option("--login-hint <hint>", "email address, organization, or both as address:organization")
    .addOption(
      new Option(
        "--prompt <prompt>",
        "login: ask for the password although the browser remembers you",
      ).choices(["login"] as const),
    )
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope login --region eu-central-1 --client-id ID", "as yourself, with the browser"],
          ["genscope login --no-browser --client-id ID", "the same over SSH, in a container or WSL"],
          ["genscope login --grant client-credentials --profile ci", "as an OAuth client, into a profile"],
        ],
        [
          "0 logged in",
          "2 bad flag, or the profile holds another login and --replace is absent",
          "4 refused, or nobody finished the login",
          "7 token endpoint throttled",
          "9 no answer",
          "10 store can't be used",
        ],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const say = async (line: string) => await tell(context.io, { quiet: false }, line);
      const { result, notes } = await login(context, options, say);
      for (const note of notes) await tell(context.io, options, note);
      await present(context.io, options, result, ({ login: _login, ...identity }, style) =>
        viewWhoami({ ...identity, schema: "genscope/whoami/v1" }, style),
      );
      const { profile, isCurrent, storedIn, isRenewable, overriddenBy } = result.login;
      await tell(
        context.io,
        options,
        storedIn === null
          ? `logged in as profile \`${profile}\`; no secret is remembered`
          : `logged in as profile \`${profile}\`, remembered in ${storedIn}`,
      );
      if (storedIn !== null && !isRenewable)
        await tell(context.io, options, "the token can't be renewed: when it ends, log in again");
      if (!isCurrent)
        await tell(
          context.io,
          options,
          `use it with \`--profile ${profile}\`, or \`genscope profile use ${profile}\``,
        );
      for (const note of overriddenBy) await tell(context.io, options, `careful: ${note}`);
    });
}
