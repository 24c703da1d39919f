import { CONVERSATION, EVALUATION, PARTICIPANT, RESOLUTION, SURVEY } from "./conversation-model.ts";
import { DERIVED_COLUMNS } from "./derived-cells.ts";
import { FLOW, FLOW_OUTCOME, MEDIA_ENDPOINT_STAT, METRIC, SEGMENT, SESSION } from "./session-model.ts";
import { columnsOf, fieldColumnsOf, planTable } from "./table-plan.ts";

// Segments and metrics have no id, and two of them can have equal fields. Their positions in the record identify
// them.
const CONVERSATION_KEY = columnsOf("string", "conversationId");
const PARTICIPANT_KEY = [...CONVERSATION_KEY, ...columnsOf("int32", "participantIdx")];
const SESSION_KEY = [...PARTICIPANT_KEY, ...columnsOf("int32", "sessionIdx")];

/** Tables of conversations, in the order of the flattener. */
export const PLANS = {
  conversations: planTable("conversations", {
    model: CONVERSATION,
    others: DERIVED_COLUMNS,
  }),
  participants: planTable("participants", { keys: PARTICIPANT_KEY, model: PARTICIPANT }),
  sessions: planTable("sessions", {
    keys: SESSION_KEY,
    model: SESSION,
    others: FLOW.columns.map(({ name, type }) => ({ name: `flow_${name}`, type })),
  }),
  segments: planTable("segments", {
    keys: [...SESSION_KEY, ...columnsOf("int32", "segmentIdx")],
    model: SEGMENT,
  }),
  metrics: planTable("metrics", {
    keys: [...SESSION_KEY, ...columnsOf("int32", "metricIdx")],
    model: METRIC,
  }),
  mediaEndpointStats: planTable("media_endpoint_stats", {
    keys: [...SESSION_KEY, ...columnsOf("int32", "statIdx")],
    model: MEDIA_ENDPOINT_STAT,
  }),
  flowOutcomes: planTable("flow_outcomes", {
    keys: [...SESSION_KEY, ...columnsOf("int32", "outcomeIdx")],
    model: FLOW_OUTCOME,
  }),
  evaluations: planTable("evaluations", {
    keys: [...CONVERSATION_KEY, ...columnsOf("int32", "evaluationIdx")],
    model: EVALUATION,
  }),
  surveys: planTable("surveys", {
    keys: [...CONVERSATION_KEY, ...columnsOf("int32", "surveyIdx")],
    model: SURVEY,
  }),
  resolutions: planTable("resolutions", {
    keys: [...CONVERSATION_KEY, ...columnsOf("int32", "resolutionIdx")],
    model: RESOLUTION,
  }),
  attributes: planTable("attributes", {
    keys: [...PARTICIPANT_KEY, ...columnsOf("string", "key")],
    model: { columns: columnsOf("string", "value") },
  }),
} as const;

/** Index of the first derived column in a row of conversations. */
export const FIRST_DERIVED = CONVERSATION.columns.length;
/** Columns of a session's row for the fields of its flow. */
export const FLOW_COLUMNS = fieldColumnsOf(FLOW, SESSION_KEY.length + SESSION.columns.length);
