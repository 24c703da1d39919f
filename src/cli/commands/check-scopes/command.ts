import {
  exitNamesOf,
  exitNamesOfExcess,
  exitNamesOfFindings,
} from "../../../access/verdict/exit-of-verdicts.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { EXIT_CODES, exitCodeOf } from "../../../core/exit-codes.ts";
import { present, writeNote } from "../../../output/present.ts";
import { catalogueInUse, catalogueOfHost } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context } from "../../context.ts";
import type { ReportOption } from "../../flags/report-option.ts";
import type { Root } from "../../root.ts";
import { declareCheckScopes } from "./declaration.ts";
import { contradiction, readRequest } from "./read-request.ts";
import { checkScopes } from "./run.ts";
import type { SurveyFlags, SurveyRequest } from "./survey/request.ts";
import { viewFor } from "./views/choose-view.ts";

/**
 * `check-scopes`: compares the requirements of operations with the permissions of the token, and names the smallest
 * fix.
 */
export function registerCheckScopes(root: Root, context: Context): void {
  let isReported = false;
  root.failureListeners.set("check-scopes", async (error, words) => {
    // The reports already contain the verdicts. A later failure to show them must not replace the reports.
    if (isReported) return;
    const { reportFailure } = await import("./reports/report-run.ts");
    await reportFailure(context, words, error);
  });
  declareCheckScopes(root).action(async (operations, _options, command) => {
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
      const flag = request.isOffline ? "--offline" : "--emit";
      throw contradiction(
        `\`--report\` and \`${flag}\` cannot be combined: a report contains verdicts, which need a token`,
      );
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
          const { noSuchProfile } = await import("../../../auth/settings/select-profile.ts");
          const { profiles } = await context.openLoginStorage(options);
          if ((await profiles.find(profile)) === null) {
            throw await noSuchProfile(profiles, { value: profile, source: "--diff" });
          }
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
    // A report page always contains the message for the administrator; the terminal shows it only on request.
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

/** Reads the flags of a survey. The module is loaded lazily, so that an ordinary check starts faster. */
async function readSurveyFlags(
  operations: readonly string[],
  flags: SurveyFlags,
): Promise<SurveyRequest | null> {
  if (flags.who === undefined && flags.list === undefined) return null;
  const { readSurvey } = await import("./survey/request.ts");
  return readSurvey(operations, flags);
}

/** Reads the requested reports. The module is loaded lazily, so that `--offline` starts as fast as help. */
async function readReports(texts: readonly string[], env: Context["env"]): Promise<readonly ReportOption[]> {
  const { collectReportOptions } = await import("../../flags/report-option.ts");
  return collectReportOptions(texts, env);
}
