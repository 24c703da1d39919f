import { ok } from "../answer.ts";
import { type Handler, refuse } from "../exchange.ts";
import { NOT_FOUND } from "../refusal.ts";
import { ALL_DIVISIONS, type Organization } from "../state/organization.ts";
import { page } from "./paging.ts";

/** Operations on the organization's divisions. */
export const DIVISION_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/authorization/divisions": (exchange) => {
    const { organization } = exchange.caller;
    const ids = exchange.request.query.getAll("id").flatMap((each) => each.split(","));
    // In the name filter, `*` matches any text, as in the division picker of the admin UI.
    const name = (exchange.request.query.get("name") ?? "").toLowerCase().replaceAll("*", "");
    const found = [...organization.divisions.values()]
      .filter((division) => ids.length === 0 || ids.includes(division.id))
      .filter((division) => division.name.toLowerCase().includes(name));
    return ok(page(exchange, found, (division) => divisionBody(organization, division.id)));
  },
  "GET /api/v2/authorization/divisions/home": ({ caller }) =>
    ok(divisionBody(caller.organization, caller.organization.homeDivisionId)),
  "GET /api/v2/authorization/divisions/{divisionId}": (exchange) => {
    const [id = ""] = exchange.match.parameters;
    const { organization } = exchange.caller;
    return organization.divisions.has(id) ? ok(divisionBody(organization, id)) : refuse(exchange, NOT_FOUND);
  },
};

/** Returns a reference to a division, as other objects contain it. */
export function divisionReference(
  { divisions }: Organization,
  id: string,
): Readonly<Record<string, unknown>> {
  const name = divisions.get(id)?.name ?? (id === ALL_DIVISIONS ? "All Divisions" : "");
  return { id, name, selfUri: `/api/v2/authorization/divisions/${id}` };
}

/** Returns an `AuthzDivision`. `*` represents the division of a grant that applies to all divisions. */
export function divisionBody(organization: Organization, id: string): Readonly<Record<string, unknown>> {
  return {
    id,
    name: organization.divisions.get(id)?.name ?? (id === ALL_DIVISIONS ? "All Divisions" : ""),
    description: "",
    homeDivision: id === organization.homeDivisionId,
    selfUri: `/api/v2/authorization/divisions/${id}`,
  };
}
