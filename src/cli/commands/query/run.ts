import { layerOfRefusal } from "../../../access/refusal-layer.ts";
import { idsInSummary } from "../../../analytics/answer/conversation-summary.ts";
import { parseFilter } from "../../../analytics/filter-text.ts";
import { createNameCache, withNameKey } from "../../../analytics/name-cache.ts";
import {
  NO_PERMISSIONS,
  narrowedByDivisions,
  narrowedByLocalDay,
  narrowedByStartPage,
} from "../../../analytics/narrowing.ts";
import { hasNames, resolveNames } from "../../../analytics/resolve-names.ts";
import { whyEmpty } from "../../../analytics/wording/empty-answer.ts";
import { EXIT_CODES } from "../../../core/exit-codes.ts";
import { grouped, plural } from "../../../core/text.ts";
import { writeNote } from "../../../output/present.ts";
import { besideRecords, withProgress } from "../../../output/progress/progress.ts";
import { ApiError } from "../../../platform/api/api-error.ts";
import { catalogueInUse } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { lookUpDivisions } from "../../visible-divisions.ts";
import { diagnoseRefusal, presentRefusal } from "../check-scopes/refusal-diagnosis.ts";
import { confirmStart } from "./confirm-start.ts";
import { presentDescription } from "./describe.ts";
import { canDraw, chartQuestionOf, requireBars, requireNumbers } from "./draw-charts.ts";
import { openQueryOutput } from "./output.ts";
import { planQuery, type QueryPlan } from "./plan.ts";
import { type QueryOutcome, runQuery } from "./read-records.ts";
import { type QueryFlags, readQueryRequest } from "./request.ts";
import { chooseTarget } from "./target.ts";
import { requireCurrentState } from "./watch/watch-interval.ts";

/**
 * Runs one query: checks everything first, then reads and writes page by page, and diagnoses a refusal with
 * the same token.
 * @throws UsageError before a request is sent; CommandExit for a diagnosed refusal and for an incomplete
 * result
 */
export async function query(
  context: Context,
  words: readonly string[],
  options: GlobalOptions & QueryFlags,
  readBody: (name: string) => Promise<string>,
): Promise<void> {
  const { io, clock, signal } = context;
  const nowMs = clock.now();
  const request = await readQueryRequest(words, options, {
    isTerminal: io.stdout.isTerminal,
    nowMs,
    readBody,
  });
  const catalogue = await catalogueInUse(context, options);
  const target = chooseTarget(catalogue, words, request.allowsPreview);
  if (options.describe === true) return await presentDescription(io, options, target);
  const watched = request.watchMs === null ? null : requireCurrentState(target.query, words.join(" "));
  if (request.chart === "always") requireNumbers(target);
  // Checks the query before anything is sent. Filters that contain names are planned again with ids.
  const checked = planQuery(target, request);
  if (request.chart === "always") requireBars(target, checked);
  for (const note of [catalogue.warning, target.caution, ...request.advice]) {
    if (note !== null) await writeNote(io, options, note);
  }
  await confirmStart(context, options, target);
  const connection = await context.connect(options);
  const { api } = connection;
  const { question } = request;
  const plan = hasNames(question.filters)
    ? planQuery(target, {
        ...request,
        question: {
          ...question,
          filters: await withProgress(
            context,
            options,
            "looking up names",
            async () => await resolveNames(api, question.filters),
          ),
        },
      })
    : checked;
  // A query without metrics requests all of them, and the view chooses which to show.
  const metrics = request.body === null && question.metrics.length === 0 ? [] : plan.metrics;
  const view = {
    charts: { when: request.chart, ...chartQuestionOf({ ...plan, metrics }) },
    shape: {
      kind: target.query?.kind ?? null,
      subject: target.query?.subject ?? "",
      groupBy: request.showsNames ? plan.groupBy.flatMap(withNameKey) : plan.groupBy,
      metrics,
    },
    timeZone: plan.timeZone,
  };
  const output = openQueryOutput({
    io: { ...io, stdout: io.typedSecrets?.records ?? io.stdout },
    options,
    format: request.format,
    columns: request.columns,
    ...view,
    nowMs,
  });
  const operation = {
    method: target.method,
    path: target.path,
    operationId: target.operation?.operationId ?? null,
  };
  const isSummary = target.query?.name === "conversations details" && !/json/.test(request.format);
  const idKeys = isSummary ? idsInSummary(request.columns) : null;
  const lookUp = lookUpDivisions(connection, target.operation, clock);
  try {
    if (request.watchMs !== null && watched !== null) {
      const { runWatch } = await import("./watch/run-watch.ts");
      const readNotes = async () =>
        narrowedByDivisions(target.operation ?? NO_PERMISSIONS, await lookUp.finish()).map(
          ({ summary }) => summary,
        );
      return await runWatch(context, options, {
        question: { api, plan, showsNames: request.showsNames, everyMs: request.watchMs },
        request,
        facts: { name: watched.name, operation, readNotes },
        view,
      });
    }
    const shownAs = request.format === "ndjson" ? besideRecords(io, options) : options;
    const outcome = await withProgress(context, shownAs, "waiting for the response", async (progress) => {
      const onLoss = async (text: string) => await writeNote(io, options, text);
      const ports = { api, clock, signal, onProgress: progress.say, onLoss };
      const openNames = (onNote: (text: string) => void) =>
        request.showsNames ? createNameCache(api, onNote, idKeys) : null;
      return await runQuery(ports, plan, openNames, output.take);
    });
    const divisions = outcome.isSingle
      ? null
      : await withProgress(context, options, "reading the divisions of the token", lookUp.finish);
    const narrowing = [
      ...narrowedByDivisions(target.operation ?? NO_PERMISSIONS, divisions),
      ...narrowedByStartPage(plan.start),
      ...narrowedByLocalDay(outcome.earlier, plan.localStartMs ?? 0, { isKept: true }),
    ];
    const reasons = outcome.count > 0 ? [] : whyEmpty(valuesOf(question.filters));
    const notes = [
      ...[...narrowing.map(({ summary }) => summary), ...reasons].map((text) => ({ text, hint: null })),
      ...outcome.notes,
    ];
    await output.finish(
      {
        schema: "genscope/query/v1",
        name: target.query?.name ?? null,
        operation,
        interval: plan.interval,
        total: outcome.total,
        isComplete: outcome.isComplete,
        notes: [...request.advice, ...notes.map(({ text }) => text)],
        narrowing,
        divisions,
      },
      outcome.isSingle,
    );
    const areGroups = canDraw(target.query?.kind ?? null);
    await conclude(context, options, { ...outcome, notes }, { ...plan, areGroups });
  } catch (error) {
    const { operation } = target;
    if (!(error instanceof ApiError) || !isRefusal(error) || operation === null) throw error;
    const diagnosis = await diagnoseRefusal(context, options, error, { api, catalogue, operation });
    await presentRefusal(context, options, error, diagnosis);
    throw new CommandExit(EXIT_CODES[error.exit]);
  } finally {
    lookUp.abandon();
  }
}

/** Returns the dimension and values of each filter that names values. */
function valuesOf(filters: readonly string[]): Parameters<typeof whyEmpty>[0] {
  return filters.map(parseFilter).flatMap((filter) => (filter.kind === "values" ? [filter] : []));
}

/**
 * Returns whether a response refuses the caller: a 403, or a 400 because the operation requires a user's token instead
 * of a client's, or the reverse.
 */
function isRefusal({ exit, status, apiCode }: ApiError): boolean {
  return exit === "denied" || layerOfRefusal(status, apiCode) === "context";
}

async function conclude(
  { io }: Pick<Context, "io">,
  options: GlobalOptions,
  { count, total, isComplete, isCutShort, notes }: QueryOutcome,
  { limit, rankedBy, areGroups }: Pick<QueryPlan, "limit" | "rankedBy"> & { readonly areGroups: boolean },
): Promise<void> {
  for (const { text, hint } of notes) await writeNote(io, options, hint === null ? text : `${text}; ${hint}`);
  if (count === 0) {
    await writeNote(io, options, "no results");
  } else if (isComplete !== true && count >= limit) {
    const more = isComplete === false ? "and there are more" : "and there may be more";
    const all = total === null || total <= count ? more : `about ${grouped(total)} in all`;
    const shown =
      rankedBy === null
        ? `the first ${areGroups ? plural(count, "group") : grouped(count)}`
        : `the ${plural(count, "largest group", "largest groups")} by \`${rankedBy}\``;
    await writeNote(io, options, `showing ${shown}, ${all}: fetch more with --limit N, or all with --all`);
  }
  if (isCutShort && count < limit) throw new CommandExit(EXIT_CODES.incomplete);
}
