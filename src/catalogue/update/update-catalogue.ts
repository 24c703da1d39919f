import { rm } from "node:fs/promises";
import { AppError } from "../../core/errors.ts";
import { outputFailure } from "../../core/files/file-failure.ts";
import { type Renamer, replaceFile } from "../../core/files/replace-file.ts";
import type { Random } from "../../core/random.ts";
import type { Api } from "../../platform/api/api.ts";
import { cacheFileOf, definitionSource, sharedFileOf } from "../facts/cache-file.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import { loadCatalogue, readCached } from "../facts/load-catalogue.ts";
import type { Operation, Provenance } from "../facts/operation.ts";
import {
  encodeOperationFile,
  NO_VALIDATORS,
  type OperationFile,
  type OperationFileHead,
  type Validators,
} from "../facts/operation-file.ts";
import { nameOf } from "../lookup/operation-lookup.ts";
import { type CatalogueDifference, diffCatalogues, identityOf } from "./catalogue-difference.ts";
import { encodeRefusals, renewRefusals } from "./declared-refusals.ts";
import { type FetchedDefinition, fetchDefinition } from "./fetch-definition.ts";

const RELEASED_PATH = "/api/v2/docs/swagger";
const PREVIEW_PATH = "/api/v2/docs/swaggerpreview";
/**
 * Minimum number of released operations. The live definition has more than 3,000; far fewer mean that something
 * else responded.
 */
const FEWEST_RELEASED = 100;

export interface UpdateOptions {
  readonly api: Pick<Api, "send" | "region">;
  readonly cacheDirectory: string;
  readonly random: Random;
  /** Current time in milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Minimum accepted number of released operations (default 100). */
  readonly fewestOperations?: number;
  readonly files?: Renamer;
}

export interface CatalogueUpdate {
  /** Outcome of the update; `unchanged` when the service confirmed that the cached documents are current. */
  readonly outcome: "updated" | "unchanged";
  /** Path of the file with the current catalog. */
  readonly path: string;
  readonly provenance: Provenance;
  readonly operationCount: number;
  /** Changes since the previously used catalog. */
  readonly difference: CatalogueDifference;
  readonly warnings: readonly string[];
}

/**
 * Reads the live definition of the region and replaces the cached catalog of that host atomically. Requests
 * are conditional, so an unchanged definition costs two small responses and gets the new date, because it is
 * known to be current. Preview operations that can't be read stay unchanged, with a warning.
 * @throws ApiError for a response that is not the definition, NetworkError without a response, OutputError when
 * the cache can't be written
 */
export async function updateCatalogue(options: UpdateOptions): Promise<CatalogueUpdate> {
  const { api, cacheDirectory, nowMs } = options;
  const { apiUrl } = api.region;
  const provenance: Provenance = {
    source: definitionSource(apiUrl),
    date: new Date(nowMs).toISOString().slice(0, 10),
  };
  const previous = loadCatalogue({ cacheDirectory, apiUrl });
  const cached = usedCache(previous, cacheDirectory, apiUrl);
  const known = cached?.validators ?? { released: NO_VALIDATORS, preview: NO_VALIDATORS };
  const [released, preview] = await Promise.all([
    fetchDefinition(api, RELEASED_PATH, known.released, {
      isPreview: false,
      provenance,
      minimumOperations: options.fewestOperations ?? FEWEST_RELEASED,
    }),
    fetchPreview(api, known.preview, provenance),
  ]);
  const releasedOperations = operationsOf(released, previous, false, provenance);
  const releasedNames = new Set(releasedOperations.map(identityOf));
  const operations = [
    ...releasedOperations,
    ...operationsOf(preview, previous, true, provenance).filter(
      (operation) => !releasedNames.has(identityOf(operation)),
    ),
  ];
  const head: OperationFileHead = {
    date: provenance.date,
    parts: [{ part: "operations, permissions, scopes and refusals", ...provenance }],
    validators: {
      released: validatorsOf(released, known.released),
      preview: validatorsOf(preview, known.preview),
    },
  };
  const path = cacheFileOf(cacheDirectory, apiUrl);
  const text = encodeOperationFile(
    head,
    operations,
    removedSince(previous, operations),
    refusalsOf(released, cached, provenance),
  );
  await writeCache(path, text, options);
  // This file from an earlier version mixed hosts and is no longer read, so failing to remove it does no harm.
  await rm(sharedFileOf(cacheDirectory), { force: true }).catch(() => undefined);
  return {
    outcome: released.kind === "unchanged" && preview.kind === "unchanged" ? "unchanged" : "updated",
    path,
    provenance,
    operationCount: operations.length,
    difference: diffCatalogues(previous.operations(), operations),
    warnings: preview.kind === "unreadable" ? [preview.warning] : [],
  };
}

async function writeCache(path: string, text: string, { random, files }: UpdateOptions): Promise<void> {
  try {
    await replaceFile(path, text, { random, ...(files === undefined ? {} : { files }) });
  } catch (cause) {
    throw outputFailure(path, cause);
  }
}

type FetchedPreview = FetchedDefinition | { readonly kind: "unreadable"; readonly warning: string };

/** Reads the preview definition. A region without one must still be able to read the released operations. */
async function fetchPreview(
  api: UpdateOptions["api"],
  known: Validators,
  provenance: Provenance,
): Promise<FetchedPreview> {
  try {
    return await fetchDefinition(api, PREVIEW_PATH, known, {
      isPreview: true,
      provenance,
      minimumOperations: 0,
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.exit === "interrupted") throw error;
    return { kind: "unreadable", warning: `preview operations are unchanged: ${error.message}` };
  }
}

/**
 * Returns the cached file when the catalog in use comes from it, so that its documents can be requested
 * conditionally. A file from an earlier version has no refusals and is read again in full.
 */
function usedCache(previous: Catalogue, cacheDirectory: string, apiUrl: string): OperationFile | null {
  const cached = previous.origin === "cached" ? readCached(cacheDirectory, apiUrl) : null;
  return cached === null || typeof cached === "string" || cached.refusals === null ? null : cached;
}

/** Returns the refusal table of the released definition, the only one that declares error codes. */
function refusalsOf(
  released: FetchedDefinition,
  cached: OperationFile | null,
  provenance: Provenance,
): string | null {
  if (released.kind === "read") {
    const declared = released.operations.map(({ operation, refusals }) => ({
      name: nameOf(operation),
      refusals,
    }));
    return encodeRefusals(declared, provenance);
  }
  return cached?.refusals == null ? null : renewRefusals(cached.refusals, provenance);
}

function validatorsOf(fetched: FetchedPreview, known: Validators): Validators {
  if (fetched.kind === "unreadable") return NO_VALIDATORS;
  return fetched.kind === "read" ? fetched.validators : known;
}

function operationsOf(
  fetched: FetchedPreview,
  previous: Catalogue,
  isPreview: boolean,
  provenance: Provenance,
): readonly Operation[] {
  const known = () =>
    Array.from(previous.operations()).filter((operation) => operation.isPreview === isPreview);
  switch (fetched.kind) {
    case "unreadable":
      return known();
    case "unchanged":
      return known().map((operation) => ({ ...operation, provenance }));
    case "read":
      return fetched.operations.map(({ operation, refusals }) => {
        const former = refusals.length > 0 ? null : previous.find(operation.method, operation.path);
        return { ...operation, grantRule: operation.grantRule ?? former?.grantRule ?? null };
      });
  }
}

function removedSince(previous: Catalogue, operations: readonly Operation[]): Iterable<Operation> {
  const current = new Set(operations.map(identityOf));
  const gone = [...previous.removed(), ...previous.operations()].filter(
    (operation) => !current.has(identityOf(operation)),
  );
  return new Map(gone.map((operation) => [identityOf(operation), operation])).values();
}
