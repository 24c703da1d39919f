import type { Conversation, Participant, Segment, Session } from "./conversation.ts";

/**
 * Returns the record of a conversation that is still open at `asOfMs`. It contains no later events, and anything still
 * in progress has no end.
 */
export function cutOff(conversation: Conversation, asOfMs: number): Conversation {
  return {
    ...conversation,
    conversationEnd: undefined,
    participants: conversation.participants.flatMap((each) => cutParticipant(each, asOfMs) ?? []),
  };
}

function cutParticipant(participant: Participant, asOfMs: number): Participant | null {
  const sessions = participant.sessions.flatMap((each) => cutSession(each, asOfMs) ?? []);
  return sessions.length === 0 ? null : { ...participant, sessions };
}

function cutSession(session: Session, asOfMs: number): Session | null {
  const segments = session.segments
    .filter(({ segmentStart }) => Date.parse(segmentStart) <= asOfMs)
    .map((each) => cutSegment(each, asOfMs));
  if (segments.length === 0) return null;
  const isOver = segments.every(({ segmentEnd }) => segmentEnd !== undefined);
  return {
    ...session,
    mediaEndpointStats: isOver ? session["mediaEndpointStats"] : undefined,
    metrics: session.metrics.filter(({ emitDate }) => Date.parse(emitDate) <= asOfMs),
    segments,
  };
}

function cutSegment(segment: Segment, asOfMs: number): Segment {
  if (Date.parse(segment.segmentEnd ?? "") <= asOfMs) return segment;
  return { ...segment, disconnectType: undefined, segmentEnd: undefined, wrapUpCode: undefined };
}
