import type { FileOperations } from "../../analytics/datasets/file-operations.ts";
import type { ExportQuestion } from "../options/export-question.ts";

/** Id that replaces each placeholder in a path. */
const AN_ID = "00000000-0000-4000-8000-000000000000";

/** Returns the requests that an export of a dataset sends, as `METHOD path` with an id in place of each placeholder. */
export function requestsOf({
  dataset: { access, files },
  hasFreshTail,
  recordings,
}: Pick<ExportQuestion, "dataset" | "hasFreshTail" | "recordings">): readonly string[] {
  if (access.kind === "children") {
    const { parents, listing, report } = access;
    const method = parents.from.kind === "query" ? "POST" : "GET";
    if (report !== undefined) {
      return [`${method} ${parents.from.path}`, `POST ${report.path}`, `GET ${report.path}/jobs/${AN_ID}`];
    }
    const ofEach = listing.paging === "body" ? "POST" : "GET";
    return [`${method} ${parents.from.path}`, `${ofEach} ${listing.path.replaceAll(/\{\w+\}/g, AN_ID)}`];
  }
  if (access.kind === "listing") return [`GET ${access.path}`];
  if (access.kind === "aggregates") return [`POST ${access.path}`];
  const { path, availabilityPath, isOneAddress } = access.definition;
  return [
    `POST ${path}`,
    `GET ${path}/${AN_ID}`,
    ...(isOneAddress === true ? [] : [`GET ${path}/${AN_ID}/results`]),
    ...(availabilityPath === null ? [] : [`GET ${availabilityPath}`]),
    ...(hasFreshTail && access.tail !== null ? [`POST ${access.tail.path}`] : []),
    ...(files === undefined ? [] : requestsForFiles(files, recordings?.hasFiles === true)),
  ];
}

function requestsForFiles(files: FileOperations, hasFiles: boolean): readonly string[] {
  if (files.kind === "transcripts") return [`GET ${files.addressPath.replaceAll(/\{\w+\}/g, AN_ID)}`];
  const { metadataPath, batchPath } = files;
  return [
    `GET ${metadataPath.replace("{conversationId}", AN_ID)}`,
    ...(hasFiles ? [`POST ${batchPath}`, `GET ${batchPath}/${AN_ID}`] : []),
  ];
}
