import type { PlacedObject, User } from "../../state/organization.ts";
import type { Member } from "../../state/roster.ts";
import type { Sequence } from "../../state/sequence.ts";
import { at } from "../plan/instant.ts";
import type { Metric, Participant, Segment, Session } from "./conversation.ts";

/** The instants of one conversation, in milliseconds since the epoch. */
export interface ConversationInstants {
  readonly startMs: number;
  readonly queuedMs: number;
  readonly alertedMs: number;
  readonly answeredMs: number;
  readonly hungUpMs: number;
  readonly wrappedUpMs: number;
}

/** The participants of a conversation. */
export interface ConversationCast {
  readonly queue: PlacedObject;
  readonly agent: User | undefined;
  readonly mediaType: "voice" | "message";
  readonly isOpen: boolean;
  readonly course: ConversationInstants;
  readonly wrapUpCodes: readonly Member[];
}

/** Returns the customer, who is connected from the first instant to the last. */
export function customerParticipant(
  sequence: Sequence,
  { course, isOpen, mediaType }: ConversationCast,
  sessionId: string,
): Participant {
  const connected = {
    ...segment("interact", course.startMs, isOpen ? null : course.hungUpMs),
    disconnectType: "peer",
  };
  const { sessions, ...customer } = participant(sequence, "customer", {
    ...(mediaType === "voice"
      ? { ani: `tel:+1317555${sequence.integer(1000, 9999)}`, dnis: "tel:+13175550100" }
      : { messageType: "webmessaging" }),
    direction: "inbound",
    mediaType,
    provider: providerOf(mediaType),
    sessionId,
    metrics: [
      metric("nConnected", 1, course.startMs),
      ...(isOpen ? [] : [metric("tConnected", course.hungUpMs - course.startMs, course.hungUpMs)]),
    ],
    segments: isOpen ? [segment("interact", course.startMs, null)] : [connected],
  });
  return { ...customer, attributes: { channel: mediaType, priority: "1" }, sessions };
}

/** Returns the menu at the start of a call. */
export function menuParticipant(
  sequence: Sequence,
  { course, mediaType }: ConversationCast,
  peerId: string,
): Participant {
  return {
    ...participant(sequence, "ivr", {
      direction: "inbound",
      mediaType,
      peerId,
      provider: providerOf(mediaType),
      sessionId: sequence.uuid(),
      metrics: [
        metric("nFlow", 1, course.startMs),
        metric("tIvr", course.queuedMs - course.startMs, course.queuedMs),
      ],
      segments: [{ ...segment("ivr", course.startMs, course.queuedMs), disconnectType: "transfer" }],
    }),
    participantName: "Main menu",
  };
}

/** Returns the participant that represents the wait in the queue until an agent answers. */
export function waitingParticipant(
  sequence: Sequence,
  { course, mediaType, queue }: ConversationCast,
  peerId: string,
): Participant {
  return {
    ...participant(sequence, "acd", {
      direction: "inbound",
      mediaType,
      peerId,
      provider: providerOf(mediaType),
      requestedRoutings: ["Standard"],
      sessionId: sequence.uuid(),
      usedRouting: "Standard",
      metrics: [
        metric("nOffered", 1, course.queuedMs),
        metric("tAcd", course.answeredMs - course.queuedMs, course.answeredMs),
      ],
      segments: [
        {
          ...segment("interact", course.queuedMs, course.answeredMs),
          disconnectType: "transfer",
          queueId: queue.id,
        },
      ],
    }),
    participantName: queue.name,
  };
}

/** Returns the agent, who is alerted, talks and wraps up. */
export function agentParticipant(
  sequence: Sequence,
  { agent: user, course, isOpen, mediaType, queue, wrapUpCodes }: ConversationCast,
  peerId: string,
): Participant {
  const talkMs = course.hungUpMs - course.answeredMs;
  const wrapUpMs = course.wrappedUpMs - course.hungUpMs;
  const queueId = queue.id;
  const alerted = { ...segment("alert", course.alertedMs, course.answeredMs), queueId };
  const begun = [
    metric("tAlert", course.answeredMs - course.alertedMs, course.answeredMs),
    metric("tAnswered", course.answeredMs - course.queuedMs, course.answeredMs),
  ];
  const handled = participant(sequence, "agent", {
    direction: "inbound",
    mediaType,
    peerId,
    provider: providerOf(mediaType),
    requestedRoutings: ["Standard"],
    sessionId: sequence.uuid(),
    usedRouting: "Standard",
    metrics: isOpen
      ? begun
      : [
          ...begun,
          metric("tTalk", talkMs, course.hungUpMs),
          metric("tTalkComplete", talkMs, course.hungUpMs),
          metric("tAcw", wrapUpMs, course.wrappedUpMs),
          metric("tHandle", talkMs + wrapUpMs, course.wrappedUpMs),
        ],
    segments: isOpen
      ? [alerted, { ...segment("interact", course.answeredMs, null), queueId }]
      : [
          alerted,
          { ...segment("interact", course.answeredMs, course.hungUpMs), disconnectType: "peer", queueId },
          {
            ...segment("wrapup", course.hungUpMs, course.wrappedUpMs),
            queueId,
            wrapUpCode:
              sequence.fraction() < 0.2
                ? "ININ-WRAP-UP-TIMEOUT"
                : (wrapUpCodes[sequence.integer(0, wrapUpCodes.length - 1)]?.id ?? ""),
          },
        ],
  });
  return user === undefined ? handled : { ...handled, userId: user.id };
}

function participant(sequence: Sequence, purpose: string, session: Session): Participant {
  return { participantId: sequence.uuid(), purpose, sessions: [session] };
}

function segment(segmentType: string, startMs: number, endMs: number | null): Segment {
  const end = endMs === null ? {} : { segmentEnd: at(endMs) };
  return { ...end, segmentStart: at(startMs), segmentType, conference: false };
}

function metric(name: string, value: number, emittedMs: number): Metric {
  return { emitDate: at(emittedMs), name, value };
}

function providerOf(mediaType: string): string {
  return mediaType === "voice" ? "Edge" : "PureCloud Messaging";
}
