import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { exitNamesOf, type FailOn } from "../../access/exit-of-verdicts.ts";
import { UsageError } from "../../core/errors.ts";
import { EXIT_CODES, exitCodeOf } from "../../core/exit-codes.ts";
import { present, tell } from "../../output/present.ts";
import { withProgress } from "../../output/progress.ts";
import type { Context } from "../context.ts";
import { joinMethods } from "../operation-arguments.ts";
import { Outcome } from "../outcome.ts";
import { helpFooter, type Root } from "../root.ts";
import { type CheckRequest, checkScopes } from "./check-scopes-run.ts";
import { viewCheckScopes } from "./check-scopes-view.ts";

const FAIL_ON: readonly FailOn[] = ["denied", "unknown", "never"];

/** `check-scopes`: what operations require, what this token holds, and the smallest change that fixes it. */
export function registerCheckScopes(root: Root, context: Context): void {
  root
    .command("check-scopes")
    .summary("say which calls this token may make, which layer refuses, and the smallest fix")
    .description(
      "Says for each operation what it requires, what this token holds, the verdict (allowed, denied, conditional, unknown), the layer that decides, and the smallest change that would fix it",
    )
    .argument(
      "[operations...]",
      "METHOD PATH, a path or URL, an SDK method name, or the official CLI's words",
    )
    .option(
      "--permission <permission>",
      "check a bare permission, domain:entity:action (repeatable)",
      collect,
    )
    .option("--division <division>", "name or id of the division of the object that is called")
    .option("--live", "confirm with a harmless real call where one exists (reads only)")
    .option("--offline", "print requirements only; no token is used")
    .addOption(
      new Option("--fail-on <verdict>", "weakest verdict that fails the check: denied, unknown or never")
        .argParser(parseFailOn)
        .default("unknown" as FailOn),
    )
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope check-scopes postAnalyticsConversationsDetailsQuery", "the diagnosis of one call"],
          ["genscope check-scopes --json --fail-on denied GET /api/v2/routing/queues", "for a script"],
          [
            "genscope check-scopes --permission routing:queue:view --division Sales",
            "a permission in a division",
          ],
          ["genscope check-scopes --offline GET /api/v2/users", "requirements only"],
        ],
        [
          "0 all allowed",
          "2 unknown operation or flag",
          "3 denied",
          "4 token refused",
          "5 conditional or unknown",
          "9 no answer",
        ],
      ),
    )
    .action(async (operations, _options, command) => {
      const options = command.optsWithGlobals();
      const request: CheckRequest = {
        operations: joinMethods(operations),
        permissions: options.permission ?? [],
        division: options.division ?? null,
        isLive: options.live === true,
        isOffline: options.offline === true,
      };
      if (request.operations.length + request.permissions.length === 0) {
        throw new UsageError("usage.nothing_to_check", "nothing to check", {
          hint: "name an operation: `genscope check-scopes POST /api/v2/analytics/conversations/details/query`",
        });
      }
      if (request.isLive && request.isOffline) {
        throw new UsageError("usage.arguments", "`--live` and `--offline` exclude each other", {
          hint: "drop one of them",
        });
      }
      const { result, notes } = await withProgress(
        context.io,
        options,
        "reading what this token holds",
        async () => {
          return await checkScopes(
            { ...context, connect: async () => await context.connect(options) },
            request,
          );
        },
      );
      for (const note of notes) await tell(context.io, options, note);
      await present(context.io, options, result, viewCheckScopes);
      const verdicts = result.results.flatMap(({ verdict, layer }) =>
        verdict === null || layer === null ? [] : [{ verdict, layer }],
      );
      const exitCode = exitCodeOf(exitNamesOf(verdicts, options.failOn));
      if (exitCode !== EXIT_CODES.ok) throw new Outcome(exitCode);
    });
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function parseFailOn(value: string): FailOn {
  const failOn = FAIL_ON.find((candidate) => candidate === value);
  if (failOn === undefined) throw new InvalidArgumentError(`one of ${FAIL_ON.join(", ")}`);
  return failOn;
}
