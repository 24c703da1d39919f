import type { Conversation } from "../conversations/record/conversation.ts";
import type { Roster } from "../state/roster.ts";
import { transcriptsOf } from "./transcript.ts";

/** A topic that was detected in one communication of a conversation. */
export interface DetectedTopic {
  readonly conversationId: string;
  readonly communicationId: string;
  readonly topicId: string;
}

/** Maximum number of topics in one communication. */
const MOST_TOPICS = 3;

/** Returns the topics of a conversation's transcripts. They are derived from the ids of the communications. */
export function topicsOf({ skills }: Roster, conversation: Conversation): readonly DetectedTopic[] {
  return transcriptsOf(conversation).flatMap(({ communicationId }) => {
    const number = Number.parseInt(communicationId.slice(0, 4), 16);
    const ids = Array.from(
      { length: number % (MOST_TOPICS + 1) },
      (_, index) => skills[(number + index) % skills.length]?.id ?? "",
    );
    return [...new Set(ids)].map((topicId) => ({
      conversationId: conversation.conversationId,
      communicationId,
      topicId,
    }));
  });
}
