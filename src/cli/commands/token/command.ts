import { UsageError } from "../../../core/errors.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { outputFile } from "../../flags/output-file.ts";
import { helpFooter, type Root } from "../../root.ts";
import { describeToken, formatToken, type TokenFormat } from "./result.ts";
import { readySignal, watchToken, writeToken } from "./watch.ts";

/** `token`: prints a valid token for another program, or keeps one up to date in a file. */
export function registerToken(root: Root, context: Context): void {
  root
    .command("token")
    .description(
      "print a valid access token, or keep one up to date in a file\n\nRenews a token that is close to expiry before it prints the token. With an id and secret in the environment, requests a new token each time, because nothing is stored; a program that makes many calls should use --watch. With --watch, keeps the token in a file that only you can read. The file is replaced atomically before the token expires, so a program that reads it never waits and never gets an expired token. The file is removed when no token can be obtained. Prints `ready` when the file has its first token.",
    )
    .option("--header", "print a request header: Authorization: Bearer …")
    .option(
      "--watch <file>",
      "file in which to keep a valid token until Ctrl-C or SIGTERM, in the format that --header or --json selects",
      outputFile("--watch"),
    )
    .option("--once", "with --watch: exit as soon as the file has a token")
    .option(MAX_WAIT, describeMaxWait(), readMaxWait)
    .configureHelp(
      helpFooter(
        [
          [
            'curl -H "$(genscope token --header)" https://api.mypurecloud.com/api/v2/users/me',
            "make one call",
          ],
          [
            "genscope token --watch /run/user/1000/genesys-token",
            "keep a valid token for a long-running service",
          ],
          [
            "genscope token --watch /run/user/1000/genesys-token --once",
            "write a token before a service starts",
          ],
          ["genscope token --json", "print the token with its expiry"],
        ],
        [
          "0 done",
          "1 file cannot be written",
          "2 --once without --watch",
          "4 no credential, or one that cannot be renewed",
          "7 token endpoint throttled",
          "9 no response",
          "10 store cannot be used",
        ],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const format: TokenFormat = options.json === true ? "json" : options.header === true ? "header" : "raw";
      const { watch: path, once } = options;
      if (once === true && path === undefined) {
        throw new UsageError("usage.arguments", "`--once` requires `--watch FILE`", {
          hint: "omit `--once` to print a token",
        });
      }
      const { session, settings } = await context.connect(options);
      if (path !== undefined) {
        const run = once === true ? writeToken : watchToken;
        await run(context, {
          session,
          region: settings.region.value,
          path,
          format,
          say: async (line) => await writeNote(context.io, options, line),
          ready: async () => await context.io.stdout.writeExact(readySignal(path, format)),
        });
        return;
      }
      const token = await session.accessToken();
      const result = describeToken(token, settings.region.value, context.clock.now());
      if (format === "json") await present(context.io, options, result, () => []);
      // Prints the token unchanged, because wrapping it for a terminal would break it.
      else await context.io.stdout.writeExact(formatToken(result, format));
    });
}
