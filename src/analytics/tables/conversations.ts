import { FIRST_DERIVED, FLOW_COLUMNS, PLANS } from "./conversation-plans.ts";
import { ConversationSummary } from "./derived-cells.ts";
import { type RecordRoot, type TreeFlattener, treeFlattener } from "./record-tree.ts";

const TREE: RecordRoot<ConversationSummary> = {
  plan: PLANS.conversations,
  id: "conversationId",
  summary: { first: FIRST_DERIVED, create: () => new ConversationSummary() },
  lists: {
    evaluations: { plan: PLANS.evaluations },
    surveys: { plan: PLANS.surveys },
    resolutions: { plan: PLANS.resolutions },
    participants: {
      plan: PLANS.participants,
      collect: (summary, fieldOf) => summary.addParticipant(fieldOf),
      entries: { attributes: PLANS.attributes },
      lists: {
        sessions: {
          plan: PLANS.sessions,
          collect: (summary, fieldOf) => summary.addSession(fieldOf),
          lists: {
            segments: {
              plan: PLANS.segments,
              collect: (summary, fieldOf) => summary.addSegment(fieldOf),
            },
            metrics: { plan: PLANS.metrics },
            mediaEndpointStats: { plan: PLANS.mediaEndpointStats },
          },
          objects: { flow: { columns: FLOW_COLUMNS, lists: { outcomes: { plan: PLANS.flowOutcomes } } } },
        },
      },
    },
  },
};

/**
 * Flattens conversation details: a row for the conversation, and rows in separate tables for its parts, each
 * with the conversation's id and the positions of its parents. Fields that the platform's model lacks or
 * gives another type are in `extra`.
 */
export function conversationsFlattener(): TreeFlattener {
  return treeFlattener(TREE, Object.values(PLANS));
}
