import type { ReportAccess } from "../../analytics/datasets/dataset-access.ts";
import type { Transport } from "../../http/transport/transport.ts";
import type { Api } from "../../platform/api/api.ts";
import type { ApiError } from "../../platform/api/api-error.ts";
import type { Layout } from "../destination/destination.ts";
import { MediaStore } from "../media/media-store.ts";
import type { ExportPolicy } from "../options/export-policy.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { Part } from "./part.ts";

/** State that is shared by the downloads of all parts. */
export interface Downloads {
  readonly transport: Transport;
  /** Hosts that have responded in this run. */
  readonly hostsSeen: Set<string>;
}

/** Everything needed to read the pages of a part. */
export type PartPagesOptions = Pick<ExportPorts, "api" | "clock" | "random" | "signal" | "listener"> &
  Pick<ExportQuestion, "dataset" | "recordings"> &
  Pick<ExportPolicy, "maxWaitMs" | "failsOnForbidden"> & {
    /** Downloads recording files; null for a dataset without them. */
    readonly downloads: Downloads | null;
    /** Called when the API refuses some of a part's records or files. */
    readonly onRefusal: (error: ApiError) => void;
  };

/** Provides the pages of one part. */
export interface PartPages {
  readonly api: Pick<Api, "stream">;
  /** Counts the recordings in the finished spool that have no file, and records the counts. */
  countMissing(spoolPath: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the pages of a part. These are the pages of the API, or pages of recordings whose files are fetched too. */
export async function openPartPages(
  options: PartPagesOptions,
  layout: Layout,
  part: Part,
): Promise<PartPages> {
  const { api, dataset, recordings, downloads, listener } = options;
  const { access, files: operations } = dataset;
  if (access.kind !== "jobs" || operations === undefined || recordings === null || downloads === null) {
    const report = access.kind === "children" ? access.report : undefined;
    if (access.kind === "children" && report !== undefined && downloads !== null) {
      return await openReportPages(
        { ...options, downloads, report, itemsKey: access.listing.itemsKey },
        layout,
        part,
      );
    }
    return { api, countMissing: async () => {}, close: async () => {} };
  }
  const [{ recordingPages }, { countMissing }] = await Promise.all([
    import("../media/recording-pages.ts"),
    import("../media/count-missing.ts"),
  ]);
  const store = await MediaStore.open(layout, part.key);
  const pages = recordingPages({
    ...options,
    ...recordings,
    ...downloads,
    operations,
    store,
    region: api.region,
    guard: layout.ownership.checkNowAndThen,
    conversationsKey: access.definition.itemsKey,
    interval: part.interval,
    mediaPath: `media/${part.key}`,
    onWait: (wait) => listener.waiting(wait),
    onFile: (bytes) => listener.file({ part: part.key, bytes }),
  });
  return {
    api: pages,
    countMissing: async (spoolPath) => await store.count(await countMissing(spoolPath)),
    close: async () => await store.close(),
  };
}

/** Opens pages of records that come from report files, which are temporary. */
async function openReportPages(
  options: PartPagesOptions & {
    readonly downloads: Downloads;
    readonly report: ReportAccess;
    readonly itemsKey: string;
  },
  layout: Layout,
  part: Part,
): Promise<PartPages> {
  const [{ reportPages }, { countMissing }] = await Promise.all([
    import("../media/report-pages.ts"),
    import("../media/count-missing.ts"),
  ]);
  const store = await MediaStore.open(layout, part.key);
  const pages = reportPages({
    ...options,
    ...options.downloads,
    path: store.downloadPath("report.json"),
    region: options.api.region,
    guard: layout.ownership.checkNowAndThen,
    onWait: (wait) => options.listener.waiting(wait),
  });
  return {
    api: pages,
    countMissing: async (spoolPath) => await store.count(await countMissing(spoolPath)),
    close: async () => await store.close(),
  };
}
