import { asArray, asRecord, asString, asStrings, type JsonRecord } from "../../../core/json.ts";
import { type Answer, ok } from "../../answer.ts";
import { Draws } from "../../conversations/plan/draws.ts";
import { ACTIVITY_FIELDS, checkFields } from "../../conversations/search/declared-fields.ts";
import { ACTIVITY_NAMES, type DeclaredNames } from "../../conversations/search/declared-names.ts";
import { badRequest, bodyOf, type Exchange, type Handler, refuse } from "../../exchange.ts";
import { pageOf } from "../../page-drift.ts";
import { MALFORMED_BODY } from "../../refusal.ts";
import type { Member } from "../../state/roster.ts";
import { checkNames, refuseUnknown } from "../../users/user-search.ts";
import { FLOWS, membersIn, type ObservationKind, QUEUES, USERS } from "./observations.ts";

/** Values of an activity's dimensions, in addition to its member's id. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  mediaType: ["voice", "message"],
  direction: ["inbound", "outbound"],
  systemPresence: ["AVAILABLE", "ON_QUEUE", "OFFLINE"],
  routingStatus: ["IDLE", "INTERACTING", "OFF_QUEUE"],
  queueMembershipStatus: ["joined", "unjoined"],
  flowType: ["INBOUNDCALL"],
};

/**
 * Operations that return the current counts, grouped by the dimensions in `groupBy`. The query string selects the page.
 */
export const ACTIVITY_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/conversations/activity/query": (exchange) =>
    watch(exchange, QUEUES, ACTIVITY_NAMES.conversations),
  "POST /api/v2/analytics/routing/activity/query": (exchange) =>
    watch(exchange, QUEUES, ACTIVITY_NAMES.routing),
  "POST /api/v2/analytics/users/activity/query": (exchange) => watch(exchange, USERS, ACTIVITY_NAMES.users),
  "POST /api/v2/analytics/flows/activity/query": (exchange) => watch(exchange, FLOWS, ACTIVITY_NAMES.flows),
};

function watch(exchange: Exchange, kind: ObservationKind, names: DeclaredNames): Answer {
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const { query } = exchange.request;
  const pageSize = Number(query.get("pageSize") ?? 100);
  const pageNumber = Number(query.get("pageNumber") ?? 1);
  if (!(pageSize >= 1 && pageNumber >= 1)) return badRequest(exchange, "pageSize and pageNumber start at 1");
  const metrics = asArray(body["metrics"]).flatMap((each) => asStrings([asRecord(each)["metric"]]));
  const groupBy = asStrings(body["groupBy"]);
  const dimensions = [...names.dimensions];
  const refused =
    checkFields(body, ACTIVITY_FIELDS) ??
    checkNames([body["filter"]], dimensions) ??
    refuseUnknown(groupBy, dimensions) ??
    refuseUnknown(metrics, [...names.metrics]);
  if (refused !== null) return refuse(exchange, refused);
  // The definition requires both fields. The error code that the platform returns without them is not published.
  const missing = metrics.length === 0 ? "metrics" : groupBy.length === 0 ? "groupBy" : null;
  if (missing !== null) return badRequest(exchange, `${missing} is required`);
  const groups = groupsOf(membersIn(exchange, kind, {}), kind, groupBy, asRecord(body["filter"]));
  const { from, to } = pageOf(
    groups.length,
    { pageSize, pageNumber },
    exchange.world.settings.pageDrift.listings,
  );
  const results = groups.slice(from, to).map((group, index) => {
    const draws = new Draws(exchange.world.seed, 7, from + index);
    return { group, data: metrics.map((metric) => ({ metric, count: draws.integer(0, 40) })) };
  });
  return ok({ ...(results.length === 0 ? {} : { results }), entityIdDimension: kind.dimension });
}

type Group = Readonly<Record<string, string>>;

/** Returns the groups of the activities that pass the filter, in the same order as the members. */
function groupsOf(
  members: readonly Member[],
  { dimension }: ObservationKind,
  groupBy: readonly string[],
  filter: JsonRecord,
): readonly Group[] {
  const wanted = new Set([...groupBy, ...dimensionsIn(filter)].filter((name) => name !== dimension));
  const groups = new Map<string, Group>();
  for (const { id } of members) {
    let activities: readonly Group[] = [{ [dimension]: id }];
    for (const name of wanted) {
      const values = VALUES[name];
      if (values === undefined) continue;
      activities = activities.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
    }
    for (const activity of activities.filter((each) => passes(each, filter))) {
      const group = Object.fromEntries(
        groupBy.flatMap((name) => (activity[name] === undefined ? [] : [[name, activity[name]]])),
      );
      groups.set(JSON.stringify(group), group);
    }
  }
  return [...groups.values()];
}

/**
 * Returns whether an activity passes a filter or clause. With `and` (the default) all conditions must hold, with `or`
 * at least one.
 */
function passes(activity: Group, filter: JsonRecord): boolean {
  const conditions = [
    ...asArray(filter["predicates"]).map((each) => meets(activity, asRecord(each))),
    ...asArray(filter["clauses"]).map((each) => passes(activity, asRecord(each))),
  ];
  if (conditions.length === 0) return true;
  return filter["type"] === "or" ? conditions.includes(true) : !conditions.includes(false);
}

function meets(activity: Group, predicate: JsonRecord): boolean {
  const value = activity[asString(predicate["dimension"]) ?? ""];
  switch (asString(predicate["operator"])) {
    case "exists":
      return value !== undefined;
    case "notExists":
      return value === undefined;
    default:
      return value === asString(predicate["value"]);
  }
}

function dimensionsIn(filter: JsonRecord): readonly string[] {
  return [
    ...asArray(filter["predicates"]).flatMap((each) => asStrings([asRecord(each)["dimension"]])),
    ...asArray(filter["clauses"]).flatMap((each) => dimensionsIn(asRecord(each))),
  ];
}
