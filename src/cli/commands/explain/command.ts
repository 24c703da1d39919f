import { EXIT_CODES, exitCodeOf } from "../../../core/exit-codes.ts";
import { present, writeNote } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import { catalogueInUse } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context } from "../../context.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { helpFooter, type Root } from "../../root.ts";
import { readPaste } from "./read-paste.ts";
import { explainPaste } from "./run.ts";
import { viewExplain } from "./view.ts";

/** `explain`: explains a pasted failure, and checks its claims against the token in use. */
export function registerExplain(root: Root, context: Context): void {
  root
    .command("explain")
    .description(
      "explain a pasted failure: its meaning, the layer that refused, and the fix\n\nAccepts a JSON error body, `curl -v` or `curl -i` output, a HAR, a log line, an exception or prose. With a credential, compares what the paste claims with what the token holds. Removes secrets from the paste first.",
    )
    .argument("[file]", "file to read (default: `-`, standard input)")
    .option("--offline", "explain from the paste alone, without a token")
    .option(MAX_WAIT, describeMaxWait(), readMaxWait)
    .configureHelp(
      helpFooter(
        [
          ["curl -v https://api.mypurecloud.de/api/v2/users 2>&1 | genscope explain", "explain a live call"],
          ["genscope explain --offline failure.har", "explain a recording, without a token"],
          ["genscope explain --json error.json", "for a script"],
        ],
        [
          "0 explained",
          "2 no failure recognized, or bad flag",
          "3 the paste is a 403 and was checked against the token",
          "4 token refused",
          "7 rate limit not lifted within --max-wait",
          "9 no response",
        ],
      ),
    )
    .action(async (file, _options, command) => {
      const options = command.optsWithGlobals();
      const text = await readPaste(context, options, file);
      const explanation = async () =>
        await explainPaste(
          {
            catalogue: async () => await catalogueInUse(context, options),
            clock: context.clock,
            interruptibly: context.interruptibly,
            connect: async () => await context.connect(options),
          },
          text,
          options.offline === true,
        );
      const { result, notes, exitNames } =
        options.offline === true
          ? await explanation()
          : await withProgress(context, options, "comparing with the token", explanation);
      for (const note of notes) await writeNote(context.io, options, note);
      await present(context.io, options, result, viewExplain);
      const exitCode = exitCodeOf(exitNames);
      if (exitCode !== EXIT_CODES.ok) throw new CommandExit(exitCode);
    });
}
