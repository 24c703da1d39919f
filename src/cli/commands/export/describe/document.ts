import type { Dataset } from "../../../../analytics/datasets/dataset.ts";
import { hasDays } from "../../../../analytics/datasets/dataset-access.ts";
import { flattenerOf } from "../../../../analytics/datasets/flattener-of.ts";
import type { Table } from "../../../../analytics/table.ts";
import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import type { PermissionMode } from "../../../../catalogue/facts/operation.ts";
import { requestsOf } from "../../../../export/estimate/requests-of.ts";
import { changesOf, pagingOf } from "./sentences.ts";

/** A request that an export sends, and the access that it needs. */
export interface DescribedRequest {
  readonly method: string;
  /** Path template of the operation. */
  readonly path: string;
  readonly permissionMode: PermissionMode;
  readonly permissions: readonly string[];
  /** Scopes, any one of which suffices for a user's token; null when unknown. */
  readonly scopes: readonly string[] | null;
}

/** The JSON contract of `export --describe`. */
export interface ExportDescriptionDocument {
  readonly schema: "genscope/export-description/v1";
  readonly name: string;
  readonly summary: string;
  readonly needsInterval: boolean;
  readonly requests: readonly DescribedRequest[];
  readonly paging: string;
  readonly changes: string;
  /** Fields that identify a record; empty when no field identifies it, or when repeats are legitimate. */
  readonly identity: readonly string[];
  readonly withheld: readonly string[];
  readonly unknowns: readonly string[];
  readonly tables: readonly Table[];
}

/** Returns all facts that genscope has about a dataset. */
export async function describeDataset(
  dataset: Dataset,
  catalogue: Catalogue,
): Promise<ExportDescriptionDocument> {
  const { name, summary, access, identity, withheld, unknowns = [] } = dataset;
  const { tables } = await flattenerOf(dataset.tables, { groupBy: [] });
  return {
    schema: "genscope/export-description/v1",
    name,
    summary,
    needsInterval: hasDays(access),
    requests: requestsIn(dataset).map((request) => describeRequest(request, catalogue)),
    paging: pagingOf(access),
    changes: changesOf(dataset),
    identity: identity === null || identity === "bytes" ? [] : identity.fields,
    withheld,
    unknowns,
    tables,
  };
}

/** Returns every request that an export of this dataset can send. */
function requestsIn(dataset: Dataset): readonly string[] {
  const recordings = dataset.files === undefined ? null : { kinds: null, hasFiles: true };
  return requestsOf({ dataset, hasFreshTail: true, recordings });
}

function describeRequest(request: string, catalogue: Catalogue): DescribedRequest {
  const [method = "", path = ""] = request.split(" ");
  const operation = catalogue.find(method, path);
  return {
    method,
    path: operation?.path ?? path,
    permissionMode: operation?.permissionMode ?? "UNKNOWN",
    permissions: operation?.permissions ?? [],
    scopes: operation?.scopes ?? null,
  };
}
