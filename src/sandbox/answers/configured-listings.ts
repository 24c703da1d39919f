import { ok } from "../answer.ts";
import { badRequest, type Exchange, type Handler, visibleDivisions } from "../exchange.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import type { ConfiguredKind, Member } from "../state/roster.ts";
import {
  ACTIVE,
  CAMPAIGN,
  CONFIGURED,
  CONTACT_LIST,
  type Describe,
  DNC_LIST,
  GROUP,
  LOCATION,
  SCHEDULE,
  SCHEDULE_GROUP,
  SITE,
  STATION,
  TRUNK,
} from "./configured-objects.ts";
import { searchContacts } from "./contacts.ts";
import { divisionReference } from "./divisions.ts";
import { chosenAsAsked, namedAsAsked, page, sortedAsAsked } from "./paging.ts";

/** Outbound listings return at most this many entries, regardless of the request. */
const MOST_OUTBOUND_ENTRIES = 100;

/** Listings of the objects that administrators configure, by page number. */
export const CONFIGURED_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/groups": listing("group", "everywhere", GROUP),
  "GET /api/v2/stations": listing("station", "everywhere", STATION),
  "GET /api/v2/locations": listing("location", "everywhere", LOCATION),
  "GET /api/v2/architect/schedules": listing("schedule", "by division", SCHEDULE),
  "GET /api/v2/architect/schedulegroups": listing("schedule group", "by division", SCHEDULE_GROUP),
  "GET /api/v2/flows/outcomes": listing("flow outcome", "by division", CONFIGURED),
  "GET /api/v2/flows/milestones": listing("flow milestone", "by division", CONFIGURED),
  "GET /api/v2/outbound/campaigns": outbound("campaign", CAMPAIGN),
  "GET /api/v2/outbound/contactlists": notEmpty(outbound("contact list", CONTACT_LIST)),
  "POST /api/v2/outbound/contactlists/{contactListId}/contacts/search": searchContacts,
  "GET /api/v2/outbound/dnclists": notEmpty(outbound("DNC list", DNC_LIST)),
  "GET /api/v2/telephony/providers/edges/sites": listing("site", "everywhere", SITE),
  "GET /api/v2/telephony/providers/edges/trunks": listing("trunk", "everywhere", TRUNK),
  "GET /api/v2/workforcemanagement/managementunits": managementUnits,
  "GET /api/v2/routing/languages": (exchange) => {
    const languages = namedAsAsked(exchange, chosenAsAsked(exchange, exchange.world.roster.languages));
    return ok(
      page(exchange, languages, (language) => ({ ...bodyOf(exchange, language, ACTIVE), version: "1" })),
    );
  },
};

/**
 * Returns the objects of a kind; objects with divisions only if the caller holds the operation's permission
 * there.
 */
function listing(
  kind: ConfiguredKind,
  placement: "everywhere" | "by division",
  describe: Describe,
  mostEntries?: number,
): Handler {
  return (exchange) => {
    const all = exchange.world.roster.configured[kind];
    const permissions = exchange.match.operation.permissions;
    const visible = placement === "everywhere" ? ALL_DIVISIONS : visibleDivisions(exchange, permissions);
    const seen = all.filter(({ divisionId }) => visible === ALL_DIVISIONS || visible.has(divisionId));
    const found = sortedAsAsked(exchange, namedAsAsked(exchange, chosenAsAsked(exchange, seen)));
    const divisionOf = ({ divisionId }: Member) =>
      placement === "everywhere"
        ? {}
        : { division: divisionReference(exchange.caller.organization, divisionId) };
    return ok(
      page(
        exchange,
        found,
        (member) => ({ ...bodyOf(exchange, member, describe), ...divisionOf(member) }),
        mostEntries,
      ),
    );
  };
}

function outbound(kind: ConfiguredKind, describe: Describe): Handler {
  return listing(kind, "by division", describe, MOST_OUTBOUND_ENTRIES);
}

/**
 * Refuses an empty page unless the request allows it. The platform's response to such a page is not published.
 */
function notEmpty(handler: Handler): Handler {
  return (exchange) => {
    const answer = handler(exchange);
    const { entities } = answer.json as { readonly entities: readonly unknown[] };
    const isAllowed = entities.length > 0 || exchange.request.query.get("allowEmptyResult") === "true";
    return isAllowed ? answer : badRequest(exchange, "No results for this page");
  };
}

function bodyOf(exchange: Exchange, member: Member, describe: Describe): Readonly<Record<string, unknown>> {
  const { query, path } = exchange.request;
  return {
    id: member.id,
    name: member.name,
    ...describe(member, { roster: exchange.world.roster, query }),
    selfUri: `${path}/${member.id}`,
  };
}

/** Returns all management units. Their listing has no pages and needs no permission. */
function managementUnits(exchange: Exchange): ReturnType<Handler> {
  const units = exchange.world.roster.configured["management unit"];
  return ok({
    entities: units.map((unit) => ({
      ...bodyOf(exchange, unit, () => ({ startDayOfWeek: "Monday", timeZone: "Europe/Zurich", version: 2 })),
      division: divisionReference(exchange.caller.organization, unit.divisionId),
    })),
    total: units.length,
  });
}
