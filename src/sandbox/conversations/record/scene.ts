import type { Roster } from "../../state/roster.ts";
import type { Draws } from "../plan/draws.ts";
import { at } from "../plan/instant.ts";
import type { ConversationPlan } from "../plan/plan.ts";
import { drawAttributes } from "./attributes.ts";
import type { Metric, Participant, Segment, Session } from "./conversation.ts";

/** State that the participants of one conversation share while its record is written. */
export interface Scene {
  readonly plan: ConversationPlan;
  readonly roster: Roster;
  readonly draws: Draws;
  readonly mediaType: string;
  readonly provider: string;
  readonly direction: string;
  readonly ani: string | undefined;
  readonly dnis: string | undefined;
  /** Id of the customer's session, which the other sessions name as their peer. */
  readonly customerSessionId: string;
}

const EDGES: readonly string[] = [
  "5a1f5f9e-3a53-4d0b-9b0e-2f6d1c4c9a01",
  "9c2b7a64-61f7-4e7c-8c1d-7d5a0f3b6e02",
  "0d4e8b1c-7f92-4b35-a6f4-1e8c2d9b7a03",
];

/** Optional fields of a segment. */
export type SegmentExtras = Partial<
  Readonly<{
    disconnectType: string;
    errorCode: string;
    q850ResponseCodes: readonly number[];
    queueId: string;
    requestedLanguageId: string;
    requestedRoutingSkillIds: readonly string[];
    sipResponseCodes: readonly number[];
    subject: string;
    wrapUpCode: string;
    wrapUpNote: string;
    wrapUpTags: readonly string[];
    scoredAgents: readonly object[];
  }>
>;

/** Returns a finished segment with its fields in the platform's order. */
export function segment(
  segmentType: string,
  startMs: number,
  endMs: number,
  extras: SegmentExtras = {},
): Segment {
  return {
    conference: false,
    disconnectType: extras.disconnectType,
    errorCode: extras.errorCode,
    q850ResponseCodes: extras.q850ResponseCodes,
    queueId: extras.queueId,
    requestedLanguageId: extras.requestedLanguageId,
    requestedRoutingSkillIds: extras.requestedRoutingSkillIds,
    segmentEnd: at(endMs),
    segmentStart: at(startMs),
    segmentType,
    sipResponseCodes: extras.sipResponseCodes,
    subject: extras.subject,
    wrapUpCode: extras.wrapUpCode,
    wrapUpNote: extras.wrapUpNote,
    wrapUpTags: extras.wrapUpTags,
    scoredAgents: extras.scoredAgents,
  };
}

/** Returns a timer of `name` from `startMs` to `endMs`, emitted at its end. */
export function timer(name: string, startMs: number, endMs: number): Metric {
  return { emitDate: at(endMs), name, value: endMs - startMs };
}

/** Returns a counter of one, emitted at `epochMs`. */
export function counter(name: string, epochMs: number): Metric {
  return { emitDate: at(epochMs), name, value: 1 };
}

/** Returns the fields that only voice sessions have. */
export function lineOf({ draws, mediaType }: Scene): {
  readonly edgeId: string | undefined;
  readonly protocolCallId: string | undefined;
} {
  if (mediaType !== "voice") return { edgeId: undefined, protocolCallId: undefined };
  return { edgeId: draws.pick(EDGES), protocolCallId: draws.uuid() };
}

/** Returns a participant with one or more sessions and, at random, with attributes. */
export function participant(
  { draws }: Scene,
  purpose: string,
  who: {
    readonly externalContactId?: string | undefined;
    readonly participantName?: string | undefined;
    readonly teamId?: string | undefined;
    readonly userId?: string | undefined;
  },
  sessions: readonly Session[],
): Participant {
  return {
    externalContactId: who.externalContactId,
    participantId: draws.uuid(),
    participantName: who.participantName,
    purpose,
    teamId: who.teamId,
    userId: who.userId,
    attributes: drawAttributes(draws),
    sessions,
  };
}
