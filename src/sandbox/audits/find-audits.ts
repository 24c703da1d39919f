import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { SearchInterval } from "../conversations/search/interval.ts";
import type { Organization } from "../state/organization.ts";
import type { World } from "../world.ts";
import { type Audit, auditedAtMs, readAudit } from "./audit.ts";
import { describeRecorded } from "./recorded-audit.ts";

/** Audits that match a query, rendered on demand. */
export interface FoundAudits {
  readonly count: number;
  readonly textAt: (place: number) => string;
}

interface Found {
  readonly eventMs: number;
  readonly read: () => Audit;
}

/**
 * Finds the audits of an organization that match a query's service and all of its `filters` (`{property, value}`
 * pairs). They are sorted oldest first, unless the query specifies another order.
 */
export function findAudits(
  world: World,
  organization: Organization,
  { startMs, endMs }: SearchInterval,
  body: JsonRecord,
): FoundAudits {
  const service = asString(body["serviceName"]);
  const filters = asArray(body["filters"]).map(asRecord);
  const isWanted = ({ serviceName, body: fields }: Audit) =>
    (service === null || serviceName === service) &&
    filters.every((each) => propertyOf(fields, asString(each["property"]) ?? "") === each["value"]);
  const found = auditsOf(world, organization)
    .filter(({ eventMs }) => eventMs >= startMs && eventMs < endMs)
    .filter(({ read }) => isWanted(read()))
    .toSorted((a, b) => a.eventMs - b.eventMs);
  if (isDescending(body)) found.reverse();
  return { count: found.length, textAt: (place) => JSON.stringify(found[place]?.read().body) };
}

/** Lists the recorded changes of an organization. For the scenario's organization, adds unrelated audits. */
function auditsOf(world: World, { id }: Organization): readonly Found[] {
  const recorded = world.audits
    .filter(({ organizationId }) => organizationId === id)
    .map((each): Found => ({ eventMs: each.atMs, read: () => describeRecorded(world, each) }));
  if (id !== world.organizationId) return recorded;
  const unrelated = Array.from(
    { length: world.roster.sizes.audits },
    (_, place): Found => ({ eventMs: auditedAtMs(world, place), read: () => readAudit(world, place) }),
  );
  return [...unrelated, ...recorded];
}

/** Returns whether the query requests the newest audits first: `{name: "Timestamp", sortOrder: "descending"}`. */
function isDescending(body: JsonRecord): boolean {
  const [sort] = asArray(body["sort"]).map(asRecord);
  return /^desc/i.test(asString(sort?.["sortOrder"]) ?? "");
}

/** Returns a property of an audit: `UserId`, `ClientId`, `EntityId`, `EntityType`, `Action`, … */
function propertyOf(body: JsonRecord, property: string): unknown {
  if (property === "UserId") return asRecord(body["user"])["id"];
  if (property === "ClientId") return asRecord(body["client"])["id"];
  if (property === "EntityId") return asRecord(body["entity"])["id"];
  return body[property.charAt(0).toLowerCase() + property.slice(1)];
}
