import type { FailOn } from "../../../../access/verdict/exit-of-verdicts.ts";
import { EXIT_CODES, exitCodeOf } from "../../../../core/exit-codes.ts";
import { present, writeNote } from "../../../../output/present.ts";
import { catalogueInUse } from "../../../catalogue-in-use.ts";
import { CommandExit } from "../../../command-exit.ts";
import type { Context, GlobalOptions } from "../../../context.ts";
import { NOTE_ON_IDENTITY } from "../identity/read-judged.ts";
import type { SurveyRequest } from "./request.ts";
import { exitNamesOfSurvey, runSurvey } from "./run.ts";
import { viewSurvey } from "./view.ts";

/** Prints the result of `--who` or `--list` on stdout. @throws CommandExit unless everything could be read */
export async function presentSurvey(
  context: Context,
  request: SurveyRequest,
  options: GlobalOptions & { readonly failOn: FailOn },
): Promise<void> {
  const result = await runSurvey(
    {
      ...context,
      quiet: options.quiet,
      catalogue: async () =>
        await catalogueInUse(context, options, async () => ({ profile: null, region: null })),
      connect: async () => await context.connect(options),
    },
    request,
  );
  if (result.principal?.isJudgedWithoutToken === true) await writeNote(context.io, options, NOTE_ON_IDENTITY);
  await present(context.io, options, result, viewSurvey);
  const exitCode = exitCodeOf(exitNamesOfSurvey(result, options.failOn));
  if (exitCode !== EXIT_CODES.ok) throw new CommandExit(exitCode);
}
