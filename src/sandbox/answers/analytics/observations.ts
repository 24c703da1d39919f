import { asStrings, type JsonRecord } from "../../../core/json.ts";
import { type Answer, ok } from "../../answer.ts";
import { Draws } from "../../conversations/plan/draws.ts";
import { checkFields, OBSERVATION_FIELDS } from "../../conversations/search/declared-fields.ts";
import { bodyOf, type Exchange, type Handler, instant, refuse, visibleDivisions } from "../../exchange.ts";
import { MALFORMED_BODY } from "../../refusal.ts";
import { ALL_DIVISIONS } from "../../state/organization.ts";
import type { Member, Roster } from "../../state/roster.ts";
import { checkNames, refuseUnknown, valuesOf } from "../../users/user-search.ts";

/** The kind of object that is observed, and its dimension. */
export interface ObservationKind {
  readonly dimension: "queueId" | "userId" | "flowId";
  readonly members: (roster: Roster) => readonly Member[];
  /** Qualifiers that split the count of each metric. An empty list means a single count. */
  readonly metrics: Readonly<Record<string, readonly string[]>>;
  readonly mediaTypes: readonly string[];
}

export const QUEUES: ObservationKind = {
  dimension: "queueId",
  members: (roster) => roster.queues,
  metrics: {
    oActiveUsers: [],
    oAlerting: [],
    oInteracting: [],
    oLongestInteracting: [],
    oLongestWaiting: [],
    oMemberUsers: [],
    oOffQueueUsers: ["AVAILABLE", "BREAK", "MEAL"],
    oOnQueueUsers: ["IDLE", "INTERACTING"],
    oUserPresences: ["AVAILABLE", "ON_QUEUE", "OFFLINE"],
    oUserRoutingStatuses: ["IDLE", "INTERACTING", "OFF_QUEUE"],
    oWaiting: [],
  },
  mediaTypes: ["voice", "message"],
};

export const USERS: ObservationKind = {
  dimension: "userId",
  members: (roster) => roster.agents,
  metrics: { oActiveQueues: [], oMemberQueues: [] },
  mediaTypes: [],
};

export const FLOWS: ObservationKind = {
  dimension: "flowId",
  members: (roster) => roster.flows,
  metrics: { oFlow: [] },
  mediaTypes: ["voice"],
};

/** Operations that return observations of the current state, which have neither an interval nor a time. */
export const OBSERVATION_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/queues/observations/query": (exchange) => observe(exchange, QUEUES),
  "POST /api/v2/analytics/users/observations/query": (exchange) => observe(exchange, USERS),
  "POST /api/v2/analytics/flows/observations/query": (exchange) => observe(exchange, FLOWS),
};

/** Returns the members that the caller may see. If the body has a filter, returns only those that it names. */
export function membersIn(exchange: Exchange, kind: ObservationKind, body: JsonRecord): readonly Member[] {
  const wanted = valuesOf(body["filter"], kind.dimension);
  const divisions = visibleDivisions(exchange, exchange.match.operation.permissions);
  return kind
    .members(exchange.world.roster)
    .filter(({ id }) => wanted === null || wanted.has(id))
    .filter(({ divisionId }) => divisions === ALL_DIVISIONS || divisions.has(divisionId));
}

function observe(exchange: Exchange, kind: ObservationKind): Answer {
  const { world } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const metrics = asStrings(body["metrics"]);
  const refused =
    checkFields(body, OBSERVATION_FIELDS) ??
    checkNames([body["filter"]], [kind.dimension, "mediaType"]) ??
    refuseUnknown([...metrics, ...asStrings(body["detailMetrics"])], Object.keys(kind.metrics));
  if (refused !== null) return refuse(exchange, refused);
  const mediaTypes = valuesOf(body["filter"], "mediaType");
  const detailed = new Set(asStrings(body["detailMetrics"]));
  const numbers = new Map(kind.members(world.roster).map(({ id }, index) => [id, index]));
  const names = Object.keys(kind.metrics);
  const results = membersIn(exchange, kind, body).flatMap(({ id }) =>
    (kind.mediaTypes.length === 0 ? [null] : kind.mediaTypes).flatMap((mediaType, media) => {
      if (mediaType !== null && mediaTypes !== null && !mediaTypes.has(mediaType)) return [];
      // The values depend only on seed, metric, media type and member, so two different queries return the same ones.
      const drawsOf = (place: number) =>
        new Draws(world.seed, place * Math.max(1, kind.mediaTypes.length) + media, numbers.get(id) ?? 0);
      return {
        group: { ...(mediaType === null ? {} : { mediaType }), [kind.dimension]: id },
        data: metrics.flatMap((metric) => {
          const qualifiers = kind.metrics[metric] ?? [];
          const draws = drawsOf(names.indexOf(metric));
          const details = drawsOf(names.length + names.indexOf(metric));
          return (qualifiers.length === 0 ? [null] : qualifiers).map((qualifier) => ({
            metric,
            ...(qualifier === null ? {} : { qualifier }),
            stats: statsOf(metric, draws, world.dataTimeMs),
            ...(detailed.has(metric) ? detailsOf(details, world.roster, world.dataTimeMs) : {}),
          }));
        }),
      };
    }),
  );
  return ok(results.length === 0 ? {} : { results });
}

/**
 * Returns the value of a metric. For `oLongest…`, the platform returns not a duration but its start, in milliseconds
 * since the epoch, as `calculatedMetricValue`.
 */
function statsOf(metric: string, draws: Draws, nowMs: number): object {
  return metric.startsWith("oLongest")
    ? { calculatedMetricValue: nowMs - draws.integer(1_000, 900_000) }
    : { count: draws.integer(0, 40) };
}

function detailsOf(draws: Draws, roster: Roster, nowMs: number): object {
  const observations = Array.from({ length: draws.integer(1, 4) }, () => ({
    observationDate: instant(nowMs - draws.integer(1_000, 900_000)),
    conversationId: draws.uuid(),
    sessionId: draws.uuid(),
    userId: draws.pick(roster.agents).id,
  }));
  return { truncated: false, observations };
}
