import { present, tell } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import { describeToken, formatToken, type TokenFormat } from "./result.ts";
import { watchToken } from "./watch.ts";

/** `token`: a valid token for another program, once or kept fresh in a file. */
export function registerToken(root: Root, context: Context): void {
  root
    .command("token")
    .description(
      "Prints a valid access token, renewed first when it is close to expiry. With --watch, keeps it in a file that only you may read: replaced whole ahead of expiry, so that a reader in any language never waits and never sees one that has expired; it is taken away when none can be had",
    )
    .option("--header", "as a request header: Authorization: Bearer …")
    .option(
      "--watch <file>",
      "keep FILE fresh until Ctrl-C or SIGTERM; --header and --json say what is in it",
    )
    .addHelpText(
      "after",
      helpFooter(
        [
          ['curl -H "$(genscope token --header)" https://api.mypurecloud.com/api/v2/users/me', "one call"],
          ["genscope token --watch /run/user/1000/genesys-token", "for a service that runs on"],
          ["genscope token --json", "with its expiry"],
        ],
        [
          "0 done",
          "1 file can't be written",
          "4 no credential, or one that can't be renewed",
          "7 token endpoint throttled",
          "9 no answer",
          "10 store can't be used",
        ],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const format: TokenFormat = options.json === true ? "json" : options.header === true ? "header" : "raw";
      const { session, settings } = await context.connect(options);
      if (options.watch !== undefined) {
        await watchToken(context, {
          session,
          region: settings.region.value,
          path: options.watch,
          format,
          say: async (line) => await tell(context.io, options, line),
        });
        return;
      }
      const token = await session.accessToken();
      const result = describeToken(token, settings.region.value, context.clock.now());
      if (format === "json") await present(context.io, options, result, () => []);
      // As it is: a line that is laid out for a terminal is no token any more.
      else await context.io.stdout.writeExact(formatToken(result, format));
    });
}
