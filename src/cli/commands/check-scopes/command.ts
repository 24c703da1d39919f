import { Option } from "@commander-js/extra-typings";
import {
  exitNamesOf,
  exitNamesOfExcess,
  exitNamesOfFindings,
  type FailOn,
} from "../../../access/verdict/exit-of-verdicts.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { EXIT_CODES, exitCodeOf } from "../../../core/exit-codes.ts";
import type { View } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import { catalogueInUse, catalogueOfHost } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context } from "../../context.ts";
import { collectValues } from "../../flags/repeatable-option.ts";
import type { ReportOption } from "../../flags/report-option.ts";
import { helpFooter, type Root } from "../../root.ts";
import { contradiction, readRequest } from "./read-request.ts";
import type { CheckScopesResult } from "./result.ts";
import { checkScopes } from "./run.ts";
import type { SurveyFlags, SurveyRequest } from "./survey/request.ts";
import { viewCheckScopes, viewWholeChecks } from "./views/view.ts";

const FAIL_ON: readonly FailOn[] = ["denied", "unknown", "never"];

/** `check-scopes`: what operations require, what this token holds, and the smallest change that fixes it. */
export function registerCheckScopes(root: Root, context: Context): void {
  let isReported = false;
  root.failureListeners.set("check-scopes", async (error, words) => {
    // A failure to show the verdicts must not replace them in the reports.
    if (isReported) return;
    const { reportFailure } = await import("./reports/report-run.ts");
    await reportFailure(context, words, error);
  });
  root
    .command("check-scopes")
    .description(
      "show which calls a token may make, which layer refuses the others, and the smallest fix\n\nShows for each operation what it requires, what the token holds, the verdict (allowed, denied, conditional, unknown), the layer that decides, and the smallest change that would fix it.",
    )
    .argument(
      "[operations...]",
      "METHOD PATH, a path or URL, an SDK method name, the words of the official CLI, or a notification topic",
    )
    .option(
      "--permission <permission>",
      "bare permission to check, domain:entity:action (repeatable)",
      collectValues,
    )
    .option(
      "--client <client>",
      "name or id of an OAuth client to judge with this login, in place of its token",
    )
    .option(
      "--user <user>",
      "name, email address or id of a user to judge; with --client, the user's token at that client",
    )
    .option("--who <operation>", "list the OAuth clients and roles that may call an operation")
    .option("--list [area]", "count what may be called by area, or list an area such as routing")
    .option("--division <division>", "name or id of the division of the objects")
    .option("--live", "confirm with a real, harmless call where one exists (reads only)")
    .option("--explain", "show the whole tree of every check; one check always has it")
    .option("--offline", "print requirements only, without a token")
    .option("--policy <file>", "policy file to check, e.g. genscope.policy.yaml")
    .option("--service <name>", "service of the policy to check (default: all)")
    .option(
      "--env <name>",
      "environment of the policy, with its profile, division, additional entries and confirmed region",
    )
    .option(
      "--scan <path...>",
      "source code in any language, Terraform files and plans to check; respects .gitignore",
    )
    .option("--write-policy <file>", "policy file to write for the findings of --scan, or to add them to")
    .option("--force", "replace the file of --write-policy instead of adding to it")
    .option("--include-tests", "count the calls of test files in what --write-policy and --emit write")
    .option("--max", "also fail when the token holds more than the checks need")
    .addOption(
      new Option(
        "--emit <kind>",
        "print the least privilege as KIND instead of checking; needs no token",
      ).choices(["role", "terraform", "scopes"] as const),
    )
    .option(
      "--report <kind=file>",
      "report to write: junit=FILE, sarif=FILE, markdown=FILE, html=FILE or github (repeatable)",
      collectValues,
    )
    .option("--request", "print a message that asks an administrator for the smallest change")
    .option("--diff <profile>", "profile to compare with; shows the differences and which of them matter")
    .option("--as-of <date>", "judge as of a day, by the announced changes")
    .option(
      "--history <duration>",
      "also read the audits of this time, e.g. 14d: who changed what, and since when each verdict holds",
    )
    .option("--wait <duration>", "time to keep checking after a grant until everything is allowed, e.g. 2m")
    .addOption(
      new Option("--fail-on <verdict>", "weakest verdict that fails the check: denied, unknown or never")
        .choices(FAIL_ON)
        .default("unknown" as FailOn),
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope check-scopes postAnalyticsConversationsDetailsQuery", "diagnose one call"],
          ["genscope check-scopes --json --fail-on denied GET /api/v2/routing/queues", "for a script"],
          [
            "genscope check-scopes --permission routing:queue:view --division Sales",
            "check a permission in a division",
          ],
          [
            'genscope check-scopes --client "Reporting service" GET /api/v2/routing/queues',
            "judge another OAuth client",
          ],
          ["genscope check-scopes --who GET /api/v2/routing/queues", "list who may call it"],
          ["genscope check-scopes --list routing", "list what this token may call in an area"],
          ["genscope check-scopes --offline GET /api/v2/users", "print requirements only"],
          ["genscope check-scopes v2.routing.queues.{id}.conversations", "check a notification topic"],
          [
            "genscope check-scopes --policy genscope.policy.yaml --env prod --report junit=scopes.xml",
            "run in a pipeline",
          ],
          [
            "genscope check-scopes --scan src --write-policy genscope.policy.yaml",
            "write a policy from code",
          ],
          [
            "genscope check-scopes --history 14d postAnalyticsConversationsDetailsQuery",
            "find out when a call stopped working",
          ],
          [
            "genscope check-scopes --emit role getRoutingQueues getUsers",
            "print the smallest sufficient role",
          ],
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
      const survey = await readSurveyFlags(operations, options);
      if (survey !== null) {
        const { presentSurvey } = await import("./survey/present.ts");
        await presentSurvey(context, survey, options);
        return;
      }
      const request = readRequest(operations, options);
      const usesToken = !request.isOffline && request.emit === null;
      if (!usesToken && options.report !== undefined) {
        throw contradiction("`--report` needs verdicts, which need a token");
      }
      const reports = usesToken ? await readReports(options.report ?? [], context.env) : [];
      const opened: { catalogue: Catalogue | null } = { catalogue: null };
      const result = await checkScopes(
        {
          ...context,
          catalogue: async (findProfile) => {
            const findLogin = async () => ({ profile: await findProfile(), region: null });
            opened.catalogue = await catalogueInUse(context, options, findLogin);
            return opened.catalogue;
          },
          catalogueOf: async (apiUrl) => await catalogueOfHost(context, apiUrl),
          connect: async (fileLogin) => await context.connect({ ...options, fileLogin }),
          connectAs: async (profile) => {
            const { withoutCredentials } = await import("../../../auth/settings/settings.ts");
            const other = context.withEnvironment(withoutCredentials(context.env));
            return await other.connect({ ...options, profile, region: undefined });
          },
          writeNote: async (text) => await writeNote(context.io, options, text),
          quiet: options.quiet,
        },
        { ...request, isRequested: request.isRequested || reports.some(({ kind }) => kind === "html") },
      );
      const verdicts = result.results.flatMap(({ verdict, layer }) =>
        verdict === null || layer === null ? [] : [{ verdict, layer }],
      );
      const { catalogue } = opened;
      if (reports.length > 0 && catalogue !== null) {
        isReported = true;
        const { reportResult } = await import("./reports/report-run.ts");
        await reportResult(context, result, reports, { failOn: options.failOn, catalogue });
      }
      // A page contains the message for the administrator; the terminal shows it on request only.
      const shown = request.isRequested ? result : { ...result, request: null };
      await present(context.io, options, shown, await viewFor(shown, options.explain === true));
      const exitCode = exitCodeOf([
        ...exitNamesOf(verdicts, options.failOn),
        ...exitNamesOfExcess(result.excess, options.failOn),
        ...exitNamesOfFindings(result.findings ?? [], options.failOn),
      ]);
      if (exitCode !== EXIT_CODES.ok) throw new CommandExit(exitCode);
    });
}

/** Loaded late, so that a check starts as fast as before. */
async function readSurveyFlags(
  operations: readonly string[],
  flags: SurveyFlags,
): Promise<SurveyRequest | null> {
  if (flags.who === undefined && flags.list === undefined) return null;
  const { readSurvey } = await import("./survey/request.ts");
  return readSurvey(operations, flags);
}

/** Chooses between the whole tree of every check, the short form of several and a comparison; the others load late. */
async function viewFor(result: CheckScopesResult, isWhole: boolean): Promise<View<CheckScopesResult>> {
  const { comparison, emitted, request } = result;
  if (comparison !== null && emitted === null && request === null) {
    const { viewComparison } = await import("./views/comparison-view.ts");
    // The view gets the comparison with printable names, as `present` passes it.
    return (shown, style) => (shown.comparison === null ? [] : viewComparison(shown.comparison, style));
  }
  const isOne = result.results.length < 2;
  const checks = isWhole ? viewWholeChecks : isOne ? viewCheckScopes : await loadShortView();
  const isReplaced = emitted !== null || request !== null;
  const view = result.history === null || isReplaced ? checks : await followedByHistory(checks);
  if (result.excess === null || isReplaced) return view;
  const { viewExcess } = await import("./views/excess-view.ts");
  return (shown, style) => [
    ...view(shown, style),
    ...(shown.excess === null ? [] : [{ kind: "tree" as const, nodes: [viewExcess(shown.excess, style)] }]),
  ];
}

async function followedByHistory(view: View<CheckScopesResult>): Promise<View<CheckScopesResult>> {
  const { viewHistory } = await import("./history/view.ts");
  return (shown, style) => [
    ...view(shown, style),
    ...(shown.history === null ? [] : viewHistory(shown.history, style)),
  ];
}

async function loadShortView(): Promise<View<CheckScopesResult>> {
  const { viewSeveralChecks } = await import("./views/several-checks.ts");
  return viewSeveralChecks;
}

/** Loaded late, so that `--offline` starts as fast as help. */
async function readReports(texts: readonly string[], env: Context["env"]): Promise<readonly ReportOption[]> {
  const { collectReportOptions } = await import("../../flags/report-option.ts");
  return collectReportOptions(texts, env);
}
