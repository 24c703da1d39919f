import { asNumber, asRecord } from "../../core/json.ts";
import { type PageRequest, withQuery } from "./page-request.ts";

/**
 * Returns the request for the first part of the same page, when the whole page is too large for the service.
 * The size shrinks by the smallest factor that keeps the pages aligned, so that no record is skipped. Null
 * when it can't shrink.
 */
export function smallerPages(request: PageRequest): PageRequest | null {
  const body = asRecord(request.body);
  if ("paging" in body) {
    const paging = shrink(asRecord(body["paging"]));
    return paging === null ? null : { ...request, body: { ...body, paging } };
  }
  if ("pageSize" in body) {
    const paging = shrink(body);
    return paging === null ? null : { ...request, body: { ...body, ...paging } };
  }
  const paging = shrink({
    pageSize: numberOf(request.query?.["pageSize"]),
    pageNumber: numberOf(request.query?.["pageNumber"]),
  });
  if (paging === null) return null;
  const { pageSize, pageNumber } = paging;
  return withQuery(
    request,
    request.query?.["pageNumber"] === undefined ? { pageSize } : { pageSize, pageNumber },
  );
}

function shrink(paging: Readonly<Record<string, unknown>>): { pageSize: number; pageNumber: number } | null {
  const size = asNumber(paging["pageSize"]);
  const number = asNumber(paging["pageNumber"]) ?? 1;
  if (size === null || size < 2) return null;
  let factor = 2;
  while (size % factor !== 0) factor += 1;
  return { pageSize: size / factor, pageNumber: (number - 1) * factor + 1 };
}

function numberOf(value: unknown): number | null {
  return value === undefined ? null : asNumber(Number(value));
}
