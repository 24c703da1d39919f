import { asBoolean, asNumber, asRecord, asString } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import type { Call, Division } from "../reading/principal.ts";
import { attemptRead, failIncomplete, type Reading } from "../reading/reading.ts";
import { READS, type Read } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";
import { parseDivision } from "./divisions.ts";

const PAGE_SIZE = 100;
const MOST_PAGES = 100;

/** The divisions in which a permission is held; `"*"` for all of them. */
export type PermittedDivisions = readonly Division[] | "*";

interface DivisionPage {
  readonly divisions: readonly Division[];
  readonly isEverywhere: boolean;
  readonly pageCount: number;
  readonly total: number | null;
}

/**
 * Reads the divisions in which a subject holds one permission. Returns all of them or fails.
 * @param subjectId id of a user or an OAuth client; null for the token's own subject
 */
export async function readPermittedDivisions(
  api: Api,
  subjectId: string | null,
  permission: string,
): Promise<Reading<PermittedDivisions>> {
  const read: Read = subjectId === null ? READS.ownPermittedDivisions : READS.permittedDivisions;
  const parameters = subjectId === null ? {} : { subjectId };
  const divisions = new Map<string, Division>();
  const calls: Call[] = [];
  let total = 0;
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber += 1) {
    const query = { permission, pageSize: PAGE_SIZE, pageNumber };
    const page: Reading<DivisionPage> = await attemptRead(api, read, { parameters, query, parse: parsePage });
    appendAll(calls, page.calls);
    if (!page.isRead) return { ...page, calls };
    if (page.value.isEverywhere) return { isRead: true, value: "*", calls };
    for (const division of page.value.divisions) divisions.set(division.id, division);
    total = Math.max(total, page.value.total ?? 0);
    if (pageNumber < page.value.pageCount) continue;
    return divisions.size < total
      ? failIncomplete(read, calls, `${divisions.size} of ${total} divisions`)
      : { isRead: true, value: [...divisions.values()], calls };
  }
  return failIncomplete(read, calls, `a listing of more than ${MOST_PAGES} pages`);
}

/** Parses a page; null when there is no list, or when a division or the page count cannot be parsed. */
function parsePage(body: unknown): DivisionPage | null {
  const page = asRecord(body);
  const divisions = parseWhole(page["entities"], parseDivision);
  const pageCount = asNumber(page["pageCount"]) ?? (asString(page["nextUri"]) === null ? 1 : null);
  if (divisions === null || pageCount === null) return null;
  const isEverywhere = asBoolean(page["allDivsPermitted"]) === true || divisions.some(({ id }) => id === "*");
  return { divisions, isEverywhere, pageCount, total: asNumber(page["total"]) };
}
