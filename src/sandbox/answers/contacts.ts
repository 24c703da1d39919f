import { asNumber } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { badRequest, bodyOf, type Exchange, refuse, visibleDivisions } from "../exchange.ts";
import { pageOf } from "../page-drift.ts";
import { MALFORMED_BODY, NOT_FOUND } from "../refusal.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import type { Roster } from "../state/roster.ts";
import { namedId } from "../state/sequence.ts";

/** A contact of a contact list. */
export type DialerContact = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * Maximum page size of the contact search. The platform publishes none, so this is the maximum of other outbound
 * listings.
 */
const LARGEST_PAGE = 100;
/** Each list has this many contacts more than the next one. The last list has none. */
const CONTACTS_PER_PLACE = 35;
/** Maximum number of lists with contacts. All later lists are empty, so that an export of all lists stays small. */
const LISTS_WITH_CONTACTS = 8;

/** Returns the contacts of a list, which depend on its position among all lists. */
export function contactsOf(
  { configured }: Pick<Roster, "configured">,
  listId: string,
): readonly DialerContact[] {
  const lists = configured["contact list"];
  const place = lists.findIndex(({ id }) => id === listId);
  const after = Math.min(lists.length - 1, LISTS_WITH_CONTACTS) - place;
  const count = place < 0 ? 0 : Math.max(0, after) * CONTACTS_PER_PLACE;
  return Array.from({ length: count }, (_, index) => ({
    id: namedId(place, `contact ${index}`),
    contactListId: listId,
    data: { Phone: `+4144555${String(index).padStart(4, "0")}`, Name: `Müller, "${index}"` },
    callRecords:
      index % 3 === 0
        ? { Phone: { lastAttempt: "2026-09-30T08:00:00.000Z", lastResult: "ININ-WRAP-UP-TIMEOUT" } }
        : {},
    callable: index % 5 !== 0,
    phoneNumberStatus: { Phone: { callable: index % 5 !== 0 } },
    contactableStatus: { Voice: { contactable: true } },
    dateCreated: "2026-09-01T00:00:00.000Z",
    selfUri: `/api/v2/outbound/contactlists/${listId}/contacts/${namedId(place, `contact ${index}`)}`,
  }));
}

/**
 * Returns one page of contacts of a list. Returns 404 for a list in a division where the caller may not see contacts.
 */
export function searchContacts(exchange: Exchange): Answer {
  const { world, match } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const [listId = ""] = match.parameters;
  const list = world.roster.configured["contact list"].find(({ id }) => id === listId);
  const divisions = visibleDivisions(exchange, match.operation.permissions);
  if (list === undefined || (divisions !== ALL_DIVISIONS && !divisions.has(list.divisionId))) {
    return refuse(exchange, NOT_FOUND);
  }
  const pageSize = asNumber(body["pageSize"]);
  const pageNumber = asNumber(body["pageNumber"]);
  if (pageSize === null || pageNumber === null) {
    return badRequest(exchange, "pageNumber and pageSize are required");
  }
  if (pageSize < 1 || pageSize > LARGEST_PAGE || pageNumber < 1) {
    return badRequest(exchange, `pageSize is 1 to ${LARGEST_PAGE}, and pageNumber at least 1`);
  }
  const all = contactsOf(world.roster, listId);
  const { from, to } = pageOf(all.length, { pageSize, pageNumber }, world.settings.pageDrift.listings);
  return ok({
    entities: all.slice(from, to),
    pageSize,
    pageNumber,
    total: all.length,
    contactsCount: all.length,
    pageCount: Math.max(1, Math.ceil(all.length / pageSize)),
  });
}
