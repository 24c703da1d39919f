import type { Organization } from "../../state/organization.ts";
import type { Member } from "../../state/roster.ts";
import type { Sequence } from "../../state/sequence.ts";
import { at, DAY_MS } from "../plan/instant.ts";
import type { Conversation } from "../record/conversation.ts";
import {
  agentParticipant,
  type ConversationCast,
  type ConversationInstants,
  customerParticipant,
  menuParticipant,
  waitingParticipant,
} from "../record/participants.ts";

/**
 * Generates `count` conversations in the seven days before `nowMs`, oldest first. Each is a call or message that passes
 * through a queue to an agent in the queue's division. A few are still open.
 */
export function generateConversations(
  sequence: Sequence,
  organization: Organization,
  nowMs: number,
  count: number,
  wrapUpCodes: readonly Member[],
): readonly Conversation[] {
  const [firstQueue, ...queues] = [...organization.objects.values()].filter(
    (object) => object.type === "queue",
  );
  if (firstQueue === undefined) return [];
  const starts = Array.from({ length: count }, () =>
    sequence.integer(nowMs - 7 * DAY_MS, nowMs - 3_600_000),
  ).sort((left, right) => left - right);
  return starts.map((startMs, index) => {
    const queue = sequence.pick([firstQueue, ...queues]);
    const [firstAgent, ...agents] = [...organization.users.values()].filter(
      (user) => user.divisionId === queue.divisionId,
    );
    return compose(sequence, {
      queue,
      agent: firstAgent === undefined ? undefined : sequence.pick([firstAgent, ...agents]),
      wrapUpCodes,
      mediaType: sequence.fraction() < 0.7 ? "voice" : "message",
      isOpen: index >= count - 3,
      course: planCourse(sequence, startMs),
    });
  });
}

function planCourse(sequence: Sequence, startMs: number): ConversationInstants {
  const queuedMs = startMs + sequence.integer(4_000, 45_000);
  const alertedMs = queuedMs + sequence.integer(500, 180_000);
  const answeredMs = alertedMs + sequence.integer(1_500, 12_000);
  const hungUpMs = answeredMs + sequence.integer(20_000, 900_000);
  return {
    startMs,
    queuedMs,
    alertedMs,
    answeredMs,
    hungUpMs,
    wrappedUpMs: hungUpMs + sequence.integer(3_000, 90_000),
  };
}

function compose(sequence: Sequence, setting: ConversationCast): Conversation {
  const { course, isOpen, queue } = setting;
  const customerSessionId = sequence.uuid();
  return {
    ...(isOpen ? {} : { conversationEnd: at(course.wrappedUpMs) }),
    conversationId: sequence.uuid(),
    conversationStart: at(course.startMs),
    divisionIds: [queue.divisionId],
    originatingDirection: "inbound",
    participants: [
      customerParticipant(sequence, setting, customerSessionId),
      ...(setting.mediaType === "voice" ? [menuParticipant(sequence, setting, customerSessionId)] : []),
      waitingParticipant(sequence, setting, customerSessionId),
      agentParticipant(sequence, setting, customerSessionId),
    ],
  };
}
