import { readFile, rm } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { ReportAccess } from "../../analytics/datasets/dataset-access.ts";
import { JobLost } from "../../analytics/jobs/job-lost.ts";
import { asRecord, type JsonRecord, parseJson } from "../../core/json.ts";
import type { Secret } from "../../core/secret.ts";
import type { Api } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { BrokenPage } from "../page/page-scanner.ts";
import { recordsOfList } from "../page/records-of-list.ts";
import type { BatchPorts } from "./batch.ts";
import { download } from "./download.ts";
import type { DownloadPorts } from "./media-ports.ts";
import { codeOfRefusal, isGeneralRefusal } from "./outcome.ts";
import { pageStream } from "./page-stream.ts";
import { awaitReport, submitReport } from "./report-job.ts";

export interface ReportPagesOptions extends BatchPorts, DownloadPorts {
  readonly report: ReportAccess;
  /** Name of the field that contains the records, both in a file and in the page that replaces it. */
  readonly itemsKey: string;
  /** Path of the temporary copy of a file. */
  readonly path: string;
  /** Whether a refused object ends the export. */
  readonly failsOnForbidden: boolean;
  /** Called for each refusal that affects only one object. */
  readonly onRefusal: (error: ApiError) => void;
}

/** Maximum number of requests for the addresses of one job. The file host may refuse addresses that expired. */
const MOST_ROUNDS = 4;
/** Maximum size of a file in bytes. A file covers one object and day, so it is small. The limit bounds memory use. */
const LARGEST_FILE = 512 * 1024 * 1024;

/**
 * Wraps an API so that a request that submits a report returns the records of the report's files. Every other
 * request passes through unchanged.
 */
export function reportPages(options: ReportPagesOptions): Pick<Api, "stream"> {
  const { api, report, itemsKey } = options;
  return {
    stream: async (request) => {
      if (request.path !== report.path) return await api.stream(request);
      const records = await readOrList(options, asRecord(request.body));
      return pageStream({ [itemsKey]: records }, { status: 200, correlationId: null });
    },
  };
}

/** Returns the records of an object, or a record that describes the refusal when the token may not read the object. */
async function readOrList(options: ReportPagesOptions, body: JsonRecord): Promise<readonly JsonRecord[]> {
  try {
    return await readReport(options, body);
  } catch (error) {
    if (!(error instanceof ApiError) || error.exit !== "denied") throw error;
    if (options.failsOnForbidden || isGeneralRefusal(error)) throw error;
    options.onRefusal(error);
    return [{ downloadCode: codeOfRefusal(error), downloadReason: "the platform refused this object" }];
  }
}

/** Returns the records of an object's report. @throws JobLost, BrokenPage, and errors of requests and downloads */
async function readReport(options: ReportPagesOptions, body: JsonRecord): Promise<readonly JsonRecord[]> {
  const { report } = options;
  const { id, addresses: ready } = await submitReport(options, report.path, body);
  for (let round = 1; ; round += 1) {
    const addresses =
      id === null || (round === 1 && ready !== null)
        ? (ready ?? [])
        : await awaitReport(options, report.path, id);
    const files: unknown[] = [];
    for (const address of addresses) {
      const file = await readFileAt(options, address);
      if (file === null) break;
      files.push(file.content);
    }
    if (files.length === addresses.length) return files.flatMap((file) => recordsIn(options, file));
    if (round === MOST_ROUNDS || id === null) {
      throw new JobLost("unknown", "the results host refused several URLs");
    }
  }
}

/**
 * Returns the content of a file; null when the address failed but a new one may work.
 * @throws BrokenPage for an unsafe address, and for a file that is too large or is not JSON
 */
async function readFileAt(
  options: ReportPagesOptions,
  address: Secret,
): Promise<{ readonly content: unknown } | null> {
  const { path } = options;
  try {
    const found = await download(address, path, options);
    if (found.kind === "unsafe") throw new BrokenPage("a result's URL, or a redirect, is not https");
    if (found.kind !== "file") return null;
    if (found.file.bytes > LARGEST_FILE) throw new BrokenPage("a result is larger than 512 MB");
    const content = parseJson(textOf(await readFile(path)));
    if (content === undefined) throw new BrokenPage("a result is not JSON");
    return { content };
  } finally {
    await rm(path, { force: true });
  }
}

/** Returns the text of a file, which may be stored compressed. */
function textOf(bytes: Buffer): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes, { maxOutputLength: LARGEST_FILE }) : bytes).toString("utf8");
}

/**
 * Returns the records of a file, which contains one result or a list of results.
 * @throws BrokenPage for a result that lacks its list, because such a result would look as if it had no records
 */
function recordsIn({ report, itemsKey }: ReportPagesOptions, file: unknown): readonly JsonRecord[] {
  return recordsOfList(Array.isArray(file) ? file : [file], "results").flatMap((result) => {
    const shared = Object.fromEntries(
      report.repeated.filter((name) => result[name] !== undefined).map((name) => [name, result[name]]),
    );
    return recordsOfList(result[itemsKey], itemsKey).map((record) => ({ ...shared, ...record }));
  });
}
