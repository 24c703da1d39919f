import { asArray, asRecord, asString, type JsonRecord } from "../../../core/json.ts";
import type { Conversation, Participant, Segment, Session } from "../record/conversation.ts";

/** A dimension that the sandbox can't filter by. A refusal is better than an ignored filter. */
export class UnknownDimensionError extends Error {
  readonly dimension: string;

  constructor(dimension: string) {
    super(`unknown dimension ${dimension}`);
    this.dimension = dimension;
  }
}

/** One segment with its session and participant; segment filters must all match the same one. */
interface SegmentContext {
  readonly participant: Participant;
  readonly session: Session;
  readonly segment: Segment;
}

/** Values of one dimension; empty where the record has none. */
export type Reader<Subject> = (subject: Subject) => readonly (string | undefined)[];

const CONVERSATION_DIMENSIONS: Readonly<Record<string, Reader<Conversation>>> = {
  conversationEnd: (each) => [each.conversationEnd],
  conversationId: (each) => [each.conversationId],
  conversationStart: (each) => [each.conversationStart],
  divisionId: (each) => each.divisionIds,
  originatingDirection: (each) => [each.originatingDirection],
};

const SEGMENT_DIMENSIONS: Readonly<Record<string, Reader<SegmentContext>>> = {
  ani: ({ session }) => [session.ani],
  direction: ({ session }) => [session.direction],
  disconnectType: ({ segment }) => [segment.disconnectType],
  dnis: ({ session }) => [session.dnis],
  mediaType: ({ session }) => [session.mediaType],
  messageType: ({ session }) => [session.messageType],
  purpose: ({ participant }) => [participant.purpose],
  queueId: ({ segment }) => [segment.queueId],
  segmentEnd: ({ segment }) => [segment.segmentEnd],
  segmentType: ({ segment }) => [segment.segmentType],
  usedRouting: ({ session }) => [session.usedRouting],
  userId: ({ participant }) => [participant.userId],
  wrapUpCode: ({ segment }) => [segment.wrapUpCode],
};

/** The predicate of a body's filters. */
export interface Filters {
  /** Whether the id, the start, the end and the divisions suffice to decide. */
  readonly isShallow: boolean;
  holds(conversation: Conversation): boolean;
}

/** Dimensions that are known without the record. */
const SHALLOW: ReadonlySet<string> = new Set([
  "conversationEnd",
  "conversationId",
  "conversationStart",
  "divisionId",
]);

/**
 * Reads the body's `conversationFilters` and `segmentFilters`; null when it has none.
 * @throws UnknownDimensionError for a dimension outside the tables above
 */
export function compileFilters(body: JsonRecord): Filters | null {
  const conversationFilters = asArray(body["conversationFilters"]).map(asRecord);
  const segmentFilters = asArray(body["segmentFilters"]).map(asRecord);
  if (conversationFilters.length === 0 && segmentFilters.length === 0) return null;
  const byConversation = conversationFilters.map((each) => compile(each, CONVERSATION_DIMENSIONS));
  const bySegment = segmentFilters.map((each) => compile(each, SEGMENT_DIMENSIONS));
  return {
    isShallow: segmentFilters.length === 0 && conversationFilters.every(isShallow),
    holds: (conversation) =>
      byConversation.every((holds) => holds(conversation)) &&
      (bySegment.length === 0 ||
        places(conversation).some((place) => bySegment.every((holds) => holds(place)))),
  };
}

function isShallow(filter: JsonRecord): boolean {
  return (
    asArray(filter["predicates"]).every((each) => SHALLOW.has(asString(asRecord(each)["dimension"]) ?? "")) &&
    asArray(filter["clauses"]).every((each) => isShallow(asRecord(each)))
  );
}

/** Every segment of the conversation with its session and participant. */
function places(conversation: Conversation): readonly SegmentContext[] {
  return conversation.participants.flatMap((participant) =>
    participant.sessions.flatMap((session) =>
      session.segments.map((segment) => ({ participant, session, segment })),
    ),
  );
}

/**
 * Reads a filter or clause; `type` joins its predicates and clauses.
 * @throws UnknownDimensionError for a dimension outside `dimensions`
 */
export function compile<Subject>(
  filter: JsonRecord,
  dimensions: Readonly<Record<string, Reader<Subject>>>,
): (subject: Subject) => boolean {
  const parts = [
    ...asArray(filter["predicates"]).map((each) => compilePredicate(asRecord(each), dimensions)),
    ...asArray(filter["clauses"]).map((each) => compile(asRecord(each), dimensions)),
  ];
  return filter["type"] === "or"
    ? (subject) => parts.some((holds) => holds(subject))
    : (subject) => parts.every((holds) => holds(subject));
}

function compilePredicate<Subject>(
  predicate: JsonRecord,
  dimensions: Readonly<Record<string, Reader<Subject>>>,
): (subject: Subject) => boolean {
  const name = asString(predicate["dimension"]) ?? asString(predicate["metric"]) ?? "";
  const read = Object.hasOwn(dimensions, name) ? dimensions[name] : undefined;
  if (read === undefined) throw new UnknownDimensionError(name);
  const wanted = asString(predicate["value"]);
  const operator = asString(predicate["operator"]) ?? "matches";
  return (subject) => {
    const values = read(subject).filter((value) => value !== undefined);
    if (operator === "exists") return values.length > 0;
    if (operator === "notExists") return values.length === 0;
    return values.some((value) => value === wanted);
  };
}
