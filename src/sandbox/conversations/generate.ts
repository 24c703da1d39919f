import type { Organization, PlacedObject, User } from "../state/organization.ts";
import type { Sequence } from "../state/sequence.ts";
import type { Conversation, Metric, Participant, Segment, Session } from "./conversation.ts";

const DAY_MS = 86_400_000;

/** The moments of one conversation, milliseconds since the epoch. */
interface Course {
  readonly startMs: number;
  readonly queuedMs: number;
  readonly alertedMs: number;
  readonly answeredMs: number;
  readonly hungUpMs: number;
  readonly wrappedUpMs: number;
}

/** Who and what takes part. */
interface Setting {
  readonly queue: PlacedObject;
  readonly agent: User | undefined;
  readonly mediaType: "voice" | "message";
  readonly isOpen: boolean;
  readonly course: Course;
}

/**
 * `count` conversations of the seven days before `nowMs`, oldest first: calls and messages through a queue to an
 * agent of the queue's division, a few of them still going on.
 */
export function generateConversations(
  sequence: Sequence,
  organization: Organization,
  nowMs: number,
  count: number,
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
      mediaType: sequence.fraction() < 0.7 ? "voice" : "message",
      isOpen: index >= count - 3,
      course: planCourse(sequence, startMs),
    });
  });
}

function planCourse(sequence: Sequence, startMs: number): Course {
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

function compose(sequence: Sequence, setting: Setting): Conversation {
  const { course, isOpen, queue } = setting;
  const customerSessionId = sequence.uuid();
  return {
    ...(isOpen ? {} : { conversationEnd: at(course.wrappedUpMs) }),
    conversationId: sequence.uuid(),
    conversationStart: at(course.startMs),
    divisionIds: [queue.divisionId],
    originatingDirection: "inbound",
    participants: [
      customer(sequence, setting, customerSessionId),
      ...(setting.mediaType === "voice" ? [menu(sequence, setting, customerSessionId)] : []),
      waiting(sequence, setting, customerSessionId),
      agent(sequence, setting, customerSessionId),
    ],
  };
}

function customer(
  sequence: Sequence,
  { course, isOpen, mediaType }: Setting,
  sessionId: string,
): Participant {
  const connected = {
    ...segment("interact", course.startMs, isOpen ? null : course.hungUpMs),
    disconnectType: "peer",
  };
  return participant(sequence, "customer", {
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
}

function menu(sequence: Sequence, { course, mediaType }: Setting, peerId: string): Participant {
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

function waiting(sequence: Sequence, { course, mediaType, queue }: Setting, peerId: string): Participant {
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

function agent(
  sequence: Sequence,
  { agent: user, course, isOpen, mediaType, queue }: Setting,
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
            wrapUpCode: sequence.fraction() < 0.2 ? "ININ-WRAP-UP-TIMEOUT" : sequence.uuid(),
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

function at(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
