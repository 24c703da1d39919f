import { ok } from "../answer.ts";
import { badRequest, type Exchange, type Handler, visibleDivisions } from "../exchange.ts";
import { ACTIVE, type ConfiguredListing, type Describe } from "../state/configured/configured-kind.ts";
import { configuredListings, describerOf, type ListedKind } from "../state/configured/configured-kinds.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import type { Member } from "../state/roster.ts";
import { searchContacts } from "./contacts.ts";
import { divisionReference } from "./divisions.ts";
import { chosenAsRequested, namedAsRequested, page, sortedAsRequested } from "./paging.ts";

/** Operations that list the objects that administrators configure, paged by number. */
export const CONFIGURED_ANSWERS: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    configuredListings().map(([kind, properties]) => [properties.operation, listing(kind, properties)]),
  ),
  "POST /api/v2/outbound/contactlists/{contactListId}/contacts/search": searchContacts,
  "GET /api/v2/workforcemanagement/managementunits": managementUnits,
  "GET /api/v2/routing/languages": (exchange) => {
    const languages = namedAsRequested(
      exchange,
      chosenAsRequested(exchange, exchange.world.roster.languages),
    );
    return ok(
      page(exchange, languages, (language) => ({ ...bodyOf(exchange, language, ACTIVE), version: "1" })),
    );
  },
};

/**
 * Returns a handler that lists the objects of a kind. It omits objects of divisions in which the caller lacks the
 * operation's permission.
 */
function listing(
  kind: ListedKind,
  { isByDivision = false, mostEntries, refusesEmpty = false }: ConfiguredListing,
): Handler {
  const handler: Handler = (exchange) => {
    const all = exchange.world.roster.configured[kind];
    const permissions = exchange.match.operation.permissions;
    const visible = isByDivision ? visibleDivisions(exchange, permissions) : ALL_DIVISIONS;
    const seen = all.filter(({ divisionId }) => visible === ALL_DIVISIONS || visible.has(divisionId));
    const found = sortedAsRequested(exchange, namedAsRequested(exchange, chosenAsRequested(exchange, seen)));
    const divisionOf = ({ divisionId }: Member) =>
      isByDivision ? { division: divisionReference(exchange.caller.organization, divisionId) } : {};
    const describe = describerOf(kind);
    return ok(
      page(
        exchange,
        found,
        (member) => ({ ...bodyOf(exchange, member, describe), ...divisionOf(member) }),
        mostEntries,
      ),
    );
  };
  return refusesEmpty ? notEmpty(handler) : handler;
}

/**
 * Wraps a handler so that it refuses an empty page unless the request allows one. The platform's response in this case
 * is not published.
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
