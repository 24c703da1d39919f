import { asRecord } from "../../core/json.ts";
import type { Api } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { readRefusal } from "../../platform/api/refusal.ts";
import type { Page } from "./page.ts";
import type { PageRequest } from "./page-request.ts";
import { damagedList, recordsOf, totalOf } from "./records.ts";
import { smallerPages } from "./smaller-pages.ts";

/** A page and the request that returned it, which may be for fewer records than the caller requested. */
export interface ReadPage {
  readonly page: Page;
  readonly request: PageRequest;
}

/** Status codes after which a smaller page may succeed: a timeout and a body that is too large. */
const OUTGROWN_STATUSES = new Set([408, 413]);
const OUTGROWN_CODES = new Set(["response.entity.too.large"]);

/**
 * Reads one page; a page that is too large for the service is read in parts.
 * @param resultKey as for `recordsOf`
 * @throws ApiError, NetworkError, UnavailableError
 */
export async function readPage(
  api: Api,
  request: PageRequest,
  number: number,
  resultKey: string | null | undefined,
): Promise<ReadPage> {
  const answer = await api.send({ ...request, repeatable: true });
  const isTooLarge =
    OUTGROWN_STATUSES.has(answer.status) || OUTGROWN_CODES.has(readRefusal(answer.body)?.code ?? "");
  const smaller = isTooLarge ? smallerPages(request) : null;
  if (smaller !== null) return await readPage(api, smaller, number, resultKey);
  const body = requireJson(request, answer, api.region);
  const damaged = damagedList(asRecord(body), resultKey);
  if (damaged !== null) {
    const message = `\`${request.method} ${request.path}\` returned no list in \`${damaged}\``;
    throw new ApiError("api.incomplete", message, { request, answer });
  }
  const page = {
    number,
    records: recordsOf(body, resultKey),
    body: asRecord(body),
    total: totalOf(asRecord(body)),
    correlationId: answer.correlationId,
  };
  return { page, request };
}
