import { Option } from "@commander-js/extra-typings";
import { exitNamesOf, type FailOn } from "../../../access/verdict/exit-of-verdicts.ts";
import { EXIT_CODES, exitCodeOf } from "../../../core/exit-codes.ts";
import { present, writeNote } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import { catalogueInUse } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import { readRecordRequest } from "./request.ts";
import type { RecordResult } from "./result.ts";
import { type RecordDependencies, recordFiles } from "./run.ts";
import { viewRecord } from "./view.ts";

const FAIL_ON: readonly FailOn[] = ["denied", "unknown", "never"];

/** `record`: which operations a program uses, whether the token may call them, and the least role for them. */
export function registerRecord(root: Root, context: Context): void {
  root
    .command("record")
    .description(
      "list the operations that a program calls, with verdicts, the least role and a policy\n\nReads recordings: a HAR, access logs in common or combined format, `curl -v` output, or NDJSON with method, path and status. Takes methods, paths and statuses only. For programs whose source code cannot be scanned.",
    )
    .option("--from <file...>", "recordings to read")
    .option("--offline", "print requirements only, without a token")
    .addOption(
      new Option("--emit <kind>", "print the least privilege or a policy instead; needs no token").choices([
        "role",
        "terraform",
        "scopes",
        "policy",
      ] as const),
    )
    .option("--write-policy <file>", "policy file to write for the operations, or to add them to")
    .option("--force", "replace the file of --write-policy instead of adding to it")
    .option("--division <division>", "name or id of the division of the objects, for what is written")
    .addOption(
      new Option("--fail-on <verdict>", "weakest verdict that fails: denied, unknown or never")
        .choices(FAIL_ON)
        .default("unknown" as FailOn),
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope record --from access.log", "check what a service called"],
          ["genscope record --from session.har --emit role", "print the smallest sufficient role"],
          ["genscope record --from access.log --offline --json", "for a script, without a token"],
        ],
        [
          "0 all allowed, or not checked",
          "2 no call recognized, or bad flag",
          "3 denied",
          "4 token refused",
          "5 conditional or unknown",
          "9 no answer",
        ],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const request = readRecordRequest(options);
      const dependencies = dependenciesOf(context, options);
      const result = await withProgress(
        context,
        options,
        "reading recordings",
        async () => await recordFiles(dependencies, request),
      );
      await present(context.io, options, result, viewRecord);
      const exitCode = exitCodeOf(exitNamesOf(verdictsOf(result), request.failOn));
      if (exitCode !== EXIT_CODES.ok) throw new CommandExit(exitCode);
    });
}

function dependenciesOf(context: Context, options: GlobalOptions): RecordDependencies {
  return {
    clock: context.clock,
    random: context.random,
    catalogue: async () => await catalogueInUse(context, options),
    findApiUrl: async () => await context.findApiUrl(options),
    connect: async () => await context.connect(options),
    readTextFile: context.readTextFile,
    interruptibly: context.interruptibly,
    writeNote: async (text) => await writeNote(context.io, options, text),
  };
}

function verdictsOf({ check }: RecordResult) {
  return check.results.flatMap(({ verdict, layer }) =>
    verdict === null || layer === null ? [] : [{ verdict, layer }],
  );
}
