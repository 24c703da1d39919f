import { exitNamesOf } from "../../../../access/verdict/exit-of-verdicts.ts";
import { flattenerOf } from "../../../../analytics/datasets/flattener-of.ts";
import { formatInterval } from "../../../../analytics/interval.ts";
import { EXIT_CODES, exitCodeOf } from "../../../../core/exit-codes.ts";
import { countRecords, type RecordCount } from "../../../../export/estimate/count-records.ts";
import { estimateExport, freeBytesAt } from "../../../../export/estimate/estimate-export.ts";
import { requestsOf } from "../../../../export/estimate/requests-of.ts";
import { type Plan, planParts } from "../../../../export/plan/plan.ts";
import { readWatermark } from "../../../../export/plan/watermark.ts";
import { assertMayBegin } from "../../../../export/run/assert-may-begin.ts";
import { untilNow } from "../../../../export/run/begin-run.ts";
import { FORMATS } from "../../../../export/writers/formats.ts";
import { present, writeNote } from "../../../../output/present.ts";
import { withProgress } from "../../../../output/progress/progress.ts";
import type { Api } from "../../../../platform/api/api.ts";
import { ApiError } from "../../../../platform/api/api-error.ts";
import { catalogueOfHost } from "../../../catalogue-in-use.ts";
import { CommandExit } from "../../../command-exit.ts";
import type { Context, GlobalOptions } from "../../../context.ts";
import { checkOperations } from "../../check-scopes/check-operations.ts";
import { readableBytes } from "../readable-bytes.ts";
import type { ExportRequest } from "../request.ts";
import type { ExportCheckDocument } from "./result.ts";
import { viewExportCheck } from "./view.ts";

/** A value that the service returned, or its refusal. */
type Asked<Value> = { readonly value: Value } | { readonly refusal: ApiError };

/**
 * Shows what an export would do and whether the token may do it. Writes nothing.
 * @param resolve returns the request with ids in place of names
 * @throws CommandExit for a verdict that is not *allowed*, or without enough space
 */
export async function checkExport(
  context: Context,
  options: GlobalOptions,
  { request: given, resolve }: { readonly request: ExportRequest; resolve(api: Api): Promise<ExportRequest> },
): Promise<void> {
  const { io, clock } = context;
  const found = await withProgress(context, options, "checking the export", async ({ say }) => {
    const connection = await context.connect({ ...options, maxWait: given.maxWaitMs });
    const { api } = connection;
    const catalogue = await catalogueOfHost(context, api.region.apiUrl);
    const names = requestsOf(given);
    // An export reads only the jobs and batches that it submitted with the same token.
    const submissionPaths = names.flatMap((name) => (name.startsWith("POST ") ? [name.slice(5)] : []));
    const access = await checkOperations(connection, names, { catalogue, clock, submissionPaths });
    const resolved = await resolve(api);
    await assertMayBeginHere(resolved, clock);
    const request = { ...resolved, interval: intervalOfRun(resolved, clock.now()) };
    const { access: requests } = request.dataset;
    say("reading the watermark");
    const watermark = await ask(async () =>
      requests.kind === "jobs" ? await readWatermark(api, requests.definition, clock.now()) : null,
    );
    const plan = "value" in watermark ? planOf(request, watermark.value, clock.now()) : null;
    say("counting records");
    const count =
      plan === null
        ? { value: null }
        : await ask(() => countRecords(api, request.dataset, { ...request, interval: plan.reached }));
    return { request, access, watermark, plan, count };
  });
  const document = await documentOf(found);
  await present(io, options, document, viewExportCheck);
  for (const answer of [found.watermark, found.count]) {
    if ("refusal" in answer) await writeNote(io, options, `unknown: ${answer.refusal.message}`);
  }
  const { bytes, freeBytes, hasRoom } = document;
  if (hasRoom === false && bytes !== null && freeBytes !== null) {
    const size = `about ${readableBytes(bytes)} of records`;
    await writeNote(io, options, `not enough space: ${size}, ${readableBytes(freeBytes)} free`);
  }
  const names = exitNamesOf(found.access.results, "unknown");
  const exitCode = exitCodeOf([...names, ...(hasRoom === false ? (["error"] as const) : [])]);
  if (exitCode !== EXIT_CODES.ok) throw new CommandExit(exitCode);
}

/** Throws if the export would refuse its destination. @throws UsageError with the same codes as the export */
async function assertMayBeginHere(request: ExportRequest, clock: Context["clock"]): Promise<void> {
  const { destination, dataset, groupBy, format, identity } = request;
  if (destination === null) return;
  const flattener =
    FORMATS[format].openTables === null ? null : await flattenerOf(dataset.tables, { groupBy });
  await assertMayBegin({ ...request, clock, destination, flattener, request: identity });
}

/** Returns the interval that a run covers. With `--incremental`, it has no fixed end. */
function intervalOfRun({ mode, interval }: ExportRequest, nowMs: number): ExportRequest["interval"] {
  return mode === "incremental" ? untilNow(interval, nowMs) : interval;
}

function planOf(request: ExportRequest, watermarkMs: number | null, nowMs: number): Plan {
  return planParts({ ...request, watermarkMs, nowMs });
}

async function documentOf({
  request,
  access,
  watermark,
  plan,
  count,
}: {
  readonly request: ExportRequest;
  readonly access: ExportCheckDocument["access"];
  readonly watermark: Asked<number | null>;
  readonly plan: Plan | null;
  readonly count: Asked<RecordCount | null>;
}): Promise<ExportCheckDocument> {
  const { dataset, destination, interval, format } = request;
  const estimate = estimateExport(
    dataset,
    { parts: plan?.parts ?? [] },
    "value" in count ? count.value : null,
  );
  const freeBytes = destination === null ? null : await freeBytesAt(destination.path);
  const watermarkMs = "value" in watermark ? watermark.value : null;
  // Records are stored as lines until their part is converted.
  const needed =
    estimate.bytes === null ? null : estimate.bytes * (FORMATS[format].openTables === null ? 1 : 2);
  return {
    schema: "genscope/export-check/v1",
    dataset: dataset.name,
    out: destination?.path ?? null,
    interval: interval === null ? null : formatInterval(interval),
    available: plan?.reached == null ? null : formatInterval(plan.reached),
    watermark: watermarkMs === null ? null : new Date(watermarkMs).toISOString(),
    unavailable: plan?.missing?.code ?? null,
    parts: plan?.parts.length ?? null,
    ...(plan === null ? { records: null, requests: null, minutes: null, bytes: null } : estimate),
    freeBytes,
    hasRoom: freeBytes === null || needed === null ? null : needed <= freeBytes,
    access,
  };
}

/** Returns the result of `read`, or the refusal from the service. */
async function ask<Value>(read: () => Promise<Value>): Promise<Asked<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof ApiError) return { refusal: error };
    throw error;
  }
}
