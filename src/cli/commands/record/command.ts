import { Option } from "@commander-js/extra-typings";
import { exitNamesOf, type FailOn } from "../../../access/verdict/exit-of-verdicts.ts";
import { EXIT_CODES, type ExitCode, exitCodeOf } from "../../../core/exit-codes.ts";
import { present, writeNote } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import { catalogueInUse } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { describeMaxWait, MAX_WAIT, readMaxWait } from "../../flags/max-wait.ts";
import { outputFile } from "../../flags/output-file.ts";
import { helpFooter, type Root } from "../../root.ts";
import { readRecordRequest } from "./request.ts";
import type { RecordResult } from "./result.ts";
import { type RecordDependencies, recordCommand, recordFiles } from "./run.ts";
import { viewRecord } from "./view.ts";

const FAIL_ON: readonly FailOn[] = ["denied", "unknown", "never"];

/**
 * `record`: lists the operations that a program uses, whether the token may call them, and the least-privilege role for
 * them.
 */
export function registerRecord(root: Root, context: Context): void {
  root
    .command("record")
    .description(
      "list the operations that a program calls, with verdicts, the least-privilege role and a policy\n\nRuns a program behind a proxy on this machine, or reads recordings: a HAR, access logs in common or combined format, `curl -v` output, or NDJSON with method, path and status. Keeps only methods, paths and statuses. The proxy records calls to the platform's API and passes everything else through unread. Only the recorded program trusts the proxy's certificates, which are created for this run. The program's output goes to stderr, and genscope exits with the program's exit code.",
    )
    .argument("[command...]", "program to run, with its arguments, after `--`")
    .option("--from <file...>", "recordings to read")
    .option("--offline", "print only the requirements, without a token")
    .addOption(
      new Option(
        "--emit <kind>",
        "print the least-privilege role, Terraform, scopes or a policy instead; needs no token",
      ).choices(["role", "terraform", "scopes", "policy"] as const),
    )
    .option(
      "--write-policy <file>",
      "policy file to create or extend with the operations",
      outputFile("--write-policy"),
    )
    .option("--force", "replace the --write-policy file instead of extending it")
    .option(
      "--division <division>",
      "division (name or id) of the objects that the program accesses, for the role and policy in the output",
    )
    .addOption(
      new Option(
        "--fail-on <verdict>",
        "with --from, verdicts that fail the run: `denied` (only denied), `unknown` (all except allowed) or `never` (none)",
      )
        .choices(FAIL_ON)
        .default("unknown" as FailOn),
    )
    .option(MAX_WAIT, describeMaxWait(), readMaxWait)
    .configureHelp(
      helpFooter(
        [
          ["genscope record -- curl https://api.mypurecloud.de/api/v2/users/me", "record a program"],
          ["genscope record --from access.log", "check what a service called"],
          ["genscope record --from session.har --emit role", "print the smallest sufficient role"],
          ["genscope record --from access.log --offline --json", "for a script, without a token"],
        ],
        [
          "0 all allowed, or not checked; with a program, its own exit code",
          "2 no call recognized, or bad flag",
          "3 denied",
          "4 token refused",
          "5 conditional or unknown",
          "7 rate limit not lifted within --max-wait",
          "9 no response",
        ],
      ),
    )
    .action(async (words, _options, command) => {
      const options = command.optsWithGlobals();
      const request = readRecordRequest(words, options);
      const dependencies = dependenciesOf(context, options);
      if (request.command.length > 0) {
        const result = await recordCommand(dependencies, request);
        await present(context.io, options, result, viewRecord);
        const { exitCode = 0 } = result.program ?? {};
        // The exit code of the program is passed on unchanged.
        if (exitCode !== 0) throw new CommandExit(exitCode as ExitCode);
        return;
      }
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
    userId: context.userId,
    catalogue: async () => await catalogueInUse(context, options),
    findApiUrl: async () => await context.findApiUrl(options),
    connect: async () => await context.connect(options),
    readTextFile: context.readTextFile,
    interruptibly: context.interruptibly,
    writeNote: async (text) => await writeNote(context.io, options, text),
    recordProgram: async (words, hosts) => {
      const { recordProgram } = await import("./program/record-program.ts");
      return await recordProgram(words, hosts, { ...context, caCert: options.caCert });
    },
    isInterrupted: () => context.signal.aborted,
  };
}

function verdictsOf({ check }: RecordResult) {
  return check.results.flatMap(({ verdict, layer }) =>
    verdict === null || layer === null ? [] : [{ verdict, layer }],
  );
}
