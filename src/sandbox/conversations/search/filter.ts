import { asArray, asRecord, asString, type JsonRecord } from "../../../core/json.ts";
import type { Conversation, Participant, Segment, Session } from "../record/conversation.ts";
import {
  CONVERSATION_NAMES,
  type DeclaredNames,
  EVALUATION_NAMES,
  RESOLUTION_NAMES,
  SEGMENT_NAMES,
  SURVEY_NAMES,
} from "./declared-names.ts";
import { compile, type FilterReader } from "./predicate.ts";
import { numbersAt, valuesAt } from "./record-values.ts";

/** One segment with its session and participant. All segment filters must match the same segment. */
interface SegmentContext {
  readonly participant: Participant;
  readonly session: Session;
  readonly segment: Segment;
}

/**
 * Reads a metric of a conversation as the total of its values. It is not published whether the platform compares the
 * total or each value.
 */
const OF_CONVERSATION: FilterReader<Conversation> = {
  names: CONVERSATION_NAMES,
  values: (conversation, dimension) => valuesAt([conversation], dimension),
  numbers: (conversation, metric) => {
    if (metric === "tConversationDuration") {
      return durationOf(conversation.conversationStart, conversation.conversationEnd);
    }
    const values = conversation.participants.flatMap(({ sessions }) =>
      sessions.flatMap(({ metrics }) =>
        metrics.flatMap(({ name, value }) => (name === metric ? [value] : [])),
      ),
    );
    return values.length === 0 ? [] : [values.reduce((sum, value) => sum + value, 0)];
  },
};

const OF_SEGMENT: FilterReader<SegmentContext> = {
  names: SEGMENT_NAMES,
  values: ({ segment, session, participant }, dimension) =>
    valuesAt([segment, session, asRecord(session["flow"]), participant], dimension),
  // A segment's only metric is its duration.
  numbers: ({ segment }) => durationOf(segment.segmentStart, segment.segmentEnd),
};

/** Returns a reader for the objects attached to a conversation: evaluations, surveys, resolutions. */
function ofAttachment(names: DeclaredNames): FilterReader<JsonRecord> {
  return {
    names,
    values: (attachment, dimension) => valuesAt([attachment], dimension),
    numbers: (attachment, metric) => numbersAt(attachment, metric),
  };
}

const ATTACHMENTS = [
  ["evaluationFilters", "evaluations", ofAttachment(EVALUATION_NAMES)],
  ["surveyFilters", "surveys", ofAttachment(SURVEY_NAMES)],
  ["resolutionFilters", "resolutions", ofAttachment(RESOLUTION_NAMES)],
] as const;

/** All filters of a body, combined into one predicate. */
export interface Filters {
  /** Whether the filters need only the id, start, end and divisions of a conversation. */
  readonly isShallow: boolean;
  holds(conversation: Conversation): boolean;
}

/** Dimensions that can be read without the record. */
const SHALLOW: ReadonlySet<string> = new Set([
  "conversationEnd",
  "conversationId",
  "conversationStart",
  "divisionId",
]);

/**
 * Parses the body's filters; null when it has none.
 * @throws RefusedFilterError for a filter that the definition does not declare
 */
export function compileFilters(body: JsonRecord): Filters | null {
  const conversationFilters = asArray(body["conversationFilters"]).map(asRecord);
  const byConversation = conversationFilters.map((each) => compile(each, OF_CONVERSATION));
  const bySegment = asArray(body["segmentFilters"]).map((each) => compile(asRecord(each), OF_SEGMENT));
  const byAttachment = ATTACHMENTS.flatMap(([field, list, reader]) => {
    const tests = asArray(body[field]).map((each) => compile(asRecord(each), reader));
    return tests.length === 0 ? [] : [{ list, tests }];
  });
  const deepCount = bySegment.length + byAttachment.length;
  if (byConversation.length + deepCount === 0) return null;
  return {
    isShallow: deepCount === 0 && conversationFilters.every(isShallow),
    holds: (conversation) =>
      byConversation.every((holds) => holds(conversation)) &&
      (bySegment.length === 0 ||
        places(conversation).some((place) => bySegment.every((holds) => holds(place)))) &&
      byAttachment.every(({ list, tests }) =>
        asArray(conversation[list]).some((each) => tests.every((holds) => holds(asRecord(each)))),
      ),
  };
}

function isShallow(filter: JsonRecord): boolean {
  return (
    asArray(filter["predicates"]).every((each) => SHALLOW.has(asString(asRecord(each)["dimension"]) ?? "")) &&
    asArray(filter["clauses"]).every((each) => isShallow(asRecord(each)))
  );
}

/** Returns every segment of the conversation with its session and participant. */
function places(conversation: Conversation): readonly SegmentContext[] {
  return conversation.participants.flatMap((participant) =>
    participant.sessions.flatMap((session) =>
      session.segments.map((segment) => ({ participant, session, segment })),
    ),
  );
}

function durationOf(start: string, end: string | undefined): readonly number[] {
  return end === undefined ? [] : [Date.parse(end) - Date.parse(start)];
}
