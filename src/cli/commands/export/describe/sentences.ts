import type { Dataset } from "../../../../analytics/datasets/dataset.ts";
import type {
  DatasetAccess,
  ListingAccess,
  ListingPaging,
} from "../../../../analytics/datasets/dataset-access.ts";

const OF_LISTING: Readonly<Record<ListingPaging, (largest: number) => string>> = {
  "page-number": (largest) =>
    `pages of up to ${largest}, requested by page number; all pages are read again, up to three times, if entries shift between pages`,
  body: (largest) =>
    `a search with pages of up to ${largest}, requested by page number; all pages are read again, up to three times, if entries shift between pages`,
  cursor: (largest) => `pages of up to ${largest}, each with the URL of the next page`,
  scan: (largest) => `pages of up to ${largest}, each with a cursor that expires after a day`,
  "next-uri": () => "pages, each with the URL of the next page if there is one",
  "one-answer": () => "a single response, not paged",
};

/** Describes how the records arrive, and the limits of their requests. */
export function pagingOf(access: DatasetAccess): string {
  switch (access.kind) {
    case "jobs":
      return `one asynchronous query per UTC day, read by cursor in pages of up to ${access.definition.largestPage}`;
    case "aggregates":
      return "one response per day";
    case "listing":
      return ofListing(access);
    case "children": {
      const { parents, listing, report } = access;
      const objects =
        parents.from.kind === "query"
          ? `a query of the live index for each UTC day, in pages of up to ${parents.from.largestPage}`
          : ofListing(parents.from);
      if (report !== undefined) {
        return `first the list of objects: ${objects}; then one job per object and UTC day, in turn; its result files are downloaded from signed URLs`;
      }
      return `first the list of objects: ${objects}; then, for each object in turn: ${ofListing(listing)}`;
    }
  }
}

function ofListing({ paging, largestPage }: ListingAccess): string {
  return OF_LISTING[paging](largestPage);
}

/** Describes how a later export of the same request differs. */
export function changesOf({ access, life }: Dataset): string {
  switch (access.kind) {
    case "jobs":
      if (access.definition.countsDays === true) {
        return "a day can be exported one day after it ends, and does not change afterwards";
      }
      return life === null
        ? "a finished day does not change, but `--incremental` fetches the latest days again"
        : "records have no modification date, and records that are still open change later; `--incremental` fetches the latest days and the open records again";
    case "aggregates":
      return "a day changes while its records do; `--incremental` fetches the latest days again";
    case "listing":
      return "the current state at the time of the export; the next export replaces it";
    case "children":
      if (access.report !== undefined) {
        return "whether a finished day changes is unknown; `--incremental` fetches the latest days again";
      }
      return access.parents.from.kind === "query"
        ? "new records can appear days after their conversation; `--incremental --look-back 30d` fetches those days again"
        : "the current state at the time of the export; the next export replaces it";
  }
}
