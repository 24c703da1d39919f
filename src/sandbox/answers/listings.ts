import { type Answer, ok } from "../answer.ts";
import { badRequest, type Exchange, type Handler, visibleDivisions } from "../exchange.ts";
import { pageOf } from "../page-drift.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import type { Member, Roster } from "../state/roster.ts";
import { divisionReference } from "./divisions.ts";
import { checkPage, chosenAsRequested, namedAsRequested, page, sortedAsRequested } from "./paging.ts";

const CREATED = { dateCreated: "2024-02-29T12:00:00.000Z" };

/** Listings of the objects that conversations reference. Together, they use all of the platform's paging styles. */
export const LISTING_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/routing/wrapupcodes": byPage("wrapUpCodes", CREATED),
  "GET /api/v2/routing/skills": byPage("skills", { state: "active", version: "1" }, "start"),
  "GET /api/v2/flows": flows,
  "GET /api/v2/teams": (exchange) => named(exchange, "teams"),
  "GET /api/v2/routing/skillgroups": (exchange) => named(exchange, "skillGroups"),
  "GET /api/v2/externalcontacts/scan/contacts": (exchange) => scan(exchange, contactBody),
  "GET /api/v2/externalcontacts/scan/organizations": (exchange) => scan(exchange, companyBody),
  "GET /api/v2/presence/definitions": presences,
  "GET /api/v2/scim/v2/users": scimUsers,
};

type ListingGroup = "wrapUpCodes" | "skills" | "flows" | "teams" | "skillGroups" | "contacts";

/** Maximum page size of a listing that is paged by `after`. */
const LARGEST_LINKED_PAGE = 100;

const PRESENCES: readonly string[] = [
  "Available",
  "Away",
  "Break",
  "Busy",
  "Idle",
  "Meal",
  "Meeting",
  "Offline",
  "On Queue",
  "Training",
];

/** Presences that an administrator deactivated. */
const FORMER_PRESENCES: readonly string[] = ["Away", "Busy"];

/** Returns the fields that objects of every kind have. */
function bodyOf(exchange: Exchange, { id, name, divisionId }: Member): Readonly<Record<string, unknown>> {
  return {
    id,
    name,
    division: divisionReference(exchange.caller.organization, divisionId),
    selfUri: `${exchange.request.path}/${id}`,
  };
}

/** Returns a handler for a listing that is paged by `pageNumber` and `pageSize`. */
function byPage(
  group: ListingGroup & keyof Roster,
  fields: Readonly<Record<string, unknown>>,
  matching: "whole" | "start" = "whole",
): Handler {
  return (exchange) => {
    const members = chosenAsRequested(exchange, exchange.world.roster[group]);
    const named = namedAsRequested(exchange, members, matching);
    return ok(
      page(exchange, sortedAsRequested(exchange, named), (member) => ({
        ...bodyOf(exchange, member),
        ...fields,
      })),
    );
  };
}

/** Returns a page of flows. Deleted flows are included only with `deleted=true`. */
function flows(exchange: Exchange): Answer {
  const { flows: present, deletedFlows } = exchange.world.roster;
  const isDeleted = (flow: Member): boolean => deletedFlows.includes(flow);
  const all = exchange.request.query.get("deleted") === "true" ? [...present, ...deletedFlows] : present;
  const named = namedAsRequested(exchange, chosenAsRequested(exchange, all), "whole");
  return ok(
    page(exchange, sortedAsRequested(exchange, named), (flow) => ({
      ...bodyOf(exchange, flow),
      deleted: isDeleted(flow),
    })),
  );
}

function named(exchange: Exchange, group: ListingGroup & keyof Roster): Answer {
  const members = namedAsRequested(exchange, exchange.world.roster[group], "start");
  return byNextUri(exchange, members, (member) => ({ ...bodyOf(exchange, member), ...CREATED }));
}

/**
 * Returns a page of a listing by `after` and `pageSize`. `nextUri` links to the next page and is absent on the last.
 */
export function byNextUri(
  exchange: Exchange,
  members: readonly Member[],
  describe: (member: Member) => unknown,
): Answer {
  const { query, path } = exchange.request;
  const refused = checkPage(exchange, LARGEST_LINKED_PAGE);
  if (refused !== null) return refused;
  const pageSize = Number(query.get("pageSize") ?? 25);
  const from = placeAfter(query.get("after"));
  if (from === null) return badRequest(exchange, "The value of after is not valid");
  const to = Math.min(from + pageSize, members.length);
  return ok({
    entities: members.slice(from, to).map(describe),
    ...(to < members.length
      ? { nextUri: `${path}?pageSize=${pageSize}&after=${encodeURIComponent(markAt(to))}` }
      : {}),
    selfUri: path,
  });
}

/**
 * Returns a page of contacts by `limit` (10 to 200) and `cursor`. The next cursor is `cursors.after` in the response.
 */
function scan(exchange: Exchange, describe: (contact: Member) => Readonly<Record<string, unknown>>): Answer {
  const { query } = exchange.request;
  const limit = Number(query.get("limit") ?? 100);
  if (!(limit >= 10 && limit <= 200)) return badRequest(exchange, "limit must be between 10 and 200");
  const from = placeAfter(query.get("cursor"));
  if (from === null) return badRequest(exchange, "The cursor is not valid");
  const visible = visibleDivisions(exchange, exchange.match.operation.permissions);
  const contacts = exchange.world.roster.contacts.filter(
    ({ divisionId }) => visible === ALL_DIVISIONS || visible.has(divisionId),
  );
  const to = Math.min(from + limit, contacts.length);
  return ok({
    entities: contacts.slice(from, to).map((contact) => ({
      ...describe(contact),
      division: divisionReference(exchange.caller.organization, contact.divisionId),
    })),
    ...(to < contacts.length ? { cursors: { after: markAt(to) } } : {}),
  });
}

const EXTERNAL = { createDate: "2024-02-29T12:00:00.000Z", modifyDate: "2025-06-30T23:59:59.999Z" };

/** Returns an `ExternalContact`. */
function contactBody({ id, name }: Member): Readonly<Record<string, unknown>> {
  return {
    id,
    firstName: "External",
    lastName: name,
    workPhone: { display: "+41 44 555 01 00", e164: "+41445550100", acceptsSMS: false },
    ...EXTERNAL,
    surveyOptOut: false,
    customFields: { tier_text: "gold" },
    type: "Curated",
    selfUri: `/api/v2/externalcontacts/contacts/${id}`,
  };
}

/** Returns the `ExternalOrganization` of a contact. Each contact has a different one. */
function companyBody({ id, name }: Member): Readonly<Record<string, unknown>> {
  return {
    id,
    name: `Company of ${name}`,
    industry: "Example",
    employeeCount: 12,
    ...EXTERNAL,
    tags: ["a, b"],
    selfUri: `/api/v2/externalcontacts/organizations/${id}`,
  };
}

/** Returns all active or all deactivated presences. The response has the form of a page, but contains all presences. */
function presences(exchange: Exchange): Answer {
  const deactivated = exchange.request.query.get("deactivated")?.toLowerCase() === "true";
  const entities = presencesOf(exchange.world.roster, deactivated);
  return ok({ entities, total: entities.length });
}

/** Returns the presence definitions of an organization, either the active or the deactivated ones. */
export function presencesOf(
  { divisions }: Pick<Roster, "divisions">,
  deactivated: boolean,
): readonly Readonly<Record<string, unknown>>[] {
  const names = deactivated ? FORMER_PRESENCES : PRESENCES;
  const first = deactivated ? PRESENCES.length : 0;
  return names.map((name, index) => ({
    id: divisions[0]?.id.replace(/^.{4}/, `00${String(first + index).padStart(2, "0")}`),
    type: deactivated ? "User" : "System",
    languageLabels: { en_US: name, de: `${name} (de)` },
    systemPresence: name,
    divisionId: "*",
    deactivated,
  }));
}

/**
 * Returns a page of SCIM users by `startIndex` (from 1) and `count`. A page may have fewer entries than `count` (RFC
 * 7644 section 3.4.2.4).
 */
function scimUsers(exchange: Exchange): Answer {
  const { query } = exchange.request;
  const startIndex = Math.max(1, Number(query.get("startIndex") ?? 1) || 1);
  const count = Math.min(Number(query.get("count") ?? 25) || 25, 100);
  const users = [...exchange.caller.organization.users.values()];
  const { from, to } = pageOf(users.length, { pageSize: count, pageNumber: 1 + (startIndex - 1) / count }, 0);
  const resources = users.slice(from, to).map((user) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id: user.id,
    userName: user.email,
    displayName: user.name,
    active: true,
    meta: { resourceType: "User", location: `/api/v2/scim/v2/users/${user.id}` },
  }));
  return ok({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: users.length,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  });
}

/** Creates an opaque cursor that must be encoded in a URL. */
function markAt(place: number): string {
  return Buffer.from(`\u00fb\u00ff after ${place}`, "latin1").toString("base64");
}

/** Returns the position of a cursor: 0 without a cursor, null for an invalid one. */
function placeAfter(mark: string | null): number | null {
  if (mark === null || mark === "") return 0;
  const [, place] = / after (\d+)$/.exec(Buffer.from(mark, "base64").toString("latin1")) ?? [];
  return place === undefined ? null : Number(place);
}
