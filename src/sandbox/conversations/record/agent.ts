import { at } from "../plan/instant.ts";
import type { Leg } from "../plan/plan.ts";
import { AWKWARD_TEXTS } from "./awkward-texts.ts";
import type { Metric, Participant, Segment, Session } from "./conversation.ts";
import { mediaEndpointStats } from "./media-endpoint-stats.ts";
import { counter, lineOf, participant, type Scene, type SegmentExtras, segment, timer } from "./scene.ts";

/** Returns an agent's participant. The agent answers or misses the alert. */
export function agentParticipant(scene: Scene, leg: Leg): Participant {
  const { draws, plan, roster } = scene;
  const agent = roster.agents[leg.agent];
  const queueId = roster.queues[leg.queue]?.id;
  const teams = roster.teams;
  const who = {
    userId: agent?.id,
    teamId: draws.chance(0.7) ? teams[leg.agent % teams.length]?.id : undefined,
  };
  const place = queueId === undefined ? {} : { queueId };
  const isVoice = scene.mediaType === "voice";
  const line = lineOf(scene);
  const session: Session = {
    ani: scene.ani,
    direction: scene.direction,
    dnis: scene.dnis,
    edgeId: line.edgeId,
    eligibleAgentCounts: draws.chance(0.2) ? [draws.integer(1, 30), draws.integer(1, 30)] : undefined,
    mediaType: scene.mediaType,
    outboundCampaignId: plan.kind === "outbound" ? roster.configured.campaign[0]?.id : undefined,
    outboundContactId: plan.kind === "outbound" ? draws.uuid() : undefined,
    outboundContactListId: plan.kind === "outbound" ? roster.configured["contact list"][0]?.id : undefined,
    peerId: scene.customerSessionId,
    protocolCallId: line.protocolCallId,
    provider: scene.provider,
    recording: isVoice,
    remote: scene.ani,
    requestedRoutings: plan.kind === "outbound" ? undefined : ["Standard"],
    routingRing: plan.kind === "outbound" ? undefined : 1,
    sessionDnis: isVoice
      ? `sip:${agent?.id}+example.orgspan.com;tgrp=${draws.uuid()};trunk-context=example@localhost`
      : undefined,
    sessionId: draws.uuid(),
    usedRouting: leg.answeredMs === null ? undefined : "Standard",
    mediaEndpointStats:
      isVoice && leg.answeredMs !== null ? mediaEndpointStats(draws, leg.leftMs) : undefined,
    ...(leg.answeredMs === null ? missed(scene, leg, place) : handled(scene, leg, leg.answeredMs, place)),
  };
  const sessions =
    plan.kind === "callback" && leg.answeredMs !== null
      ? [callbackSession(scene, leg, leg.answeredMs), session]
      : [session];
  return participant(scene, "agent", who, sessions);
}

interface SessionCourse {
  readonly metrics: readonly Metric[];
  readonly segments: readonly Segment[];
}

function missed({ draws }: Scene, leg: Leg, place: SegmentExtras): SessionCourse {
  const wrapUpMs = leg.wrappedUpMs - leg.leftMs;
  return {
    metrics: [
      counter("nError", leg.leftMs),
      timer("tAlert", leg.alertedMs, leg.leftMs),
      timer("tNotResponding", leg.leftMs, leg.leftMs + draws.integer(0, 60_000)),
      timer("tAcw", leg.leftMs, leg.wrappedUpMs),
      { emitDate: at(leg.wrappedUpMs), name: "tHandle", value: wrapUpMs },
    ],
    segments: [
      segment("alert", leg.alertedMs, leg.leftMs, {
        ...place,
        disconnectType: "client",
        errorCode: "error.ininedgecontrol.session.inactive",
        q850ResponseCodes: [16],
        sipResponseCodes: [410],
      }),
      segment("wrapup", leg.leftMs, leg.wrappedUpMs, { ...place, wrapUpCode: "ININ-WRAP-UP-SKIPPED" }),
    ],
  };
}

function handled(
  { draws, plan, roster }: Scene,
  leg: Leg,
  answeredMs: number,
  place: SegmentExtras,
): SessionCourse {
  const heldMs = leg.holds.reduce((sum, [beganMs, endedMs]) => sum + endedMs - beganMs, 0);
  const talkMs = leg.leftMs - answeredMs - heldMs;
  const wrapUpMs = leg.wrappedUpMs - leg.leftMs;
  const isTransferred = plan.legs.at(-1) !== leg;
  const atEnd = (name: string, value: number): Metric => ({ emitDate: at(leg.leftMs), name, value });
  const note = draws.chance(0.1)
    ? { wrapUpNote: draws.pick(AWKWARD_TEXTS), wrapUpTags: ["follow-up", "a, b"] }
    : {};
  const talks: Segment[] = [];
  let talkingMs = answeredMs;
  for (const [beganMs, endedMs] of leg.holds) {
    talks.push(segment("interact", talkingMs, beganMs, { ...place, disconnectType: "peer" }));
    talks.push(segment("hold", beganMs, endedMs, place));
    talkingMs = endedMs;
  }
  return {
    metrics: [
      timer("tAlert", leg.alertedMs, answeredMs),
      { emitDate: at(answeredMs), name: "tAnswered", value: answeredMs - plan.queuedMs - 10 },
      atEnd("tTalk", talkMs),
      atEnd("tTalkComplete", talkMs),
      ...(leg.holds.length > 0 ? [atEnd("tHeld", heldMs), atEnd("tHeldComplete", heldMs)] : []),
      // Emits the metric twice. Metrics have no key, so a reader must keep both values.
      ...(isTransferred ? [counter("nTransferred", leg.leftMs), counter("nTransferred", leg.leftMs)] : []),
      timer("tAcw", leg.leftMs, leg.wrappedUpMs),
      { emitDate: at(leg.wrappedUpMs), name: "tHandle", value: talkMs + heldMs + wrapUpMs },
    ],
    segments: [
      ...(plan.kind === "outbound" ? [segment("dialing", plan.queuedMs, leg.alertedMs, place)] : []),
      segment(plan.kind === "outbound" ? "contacting" : "alert", leg.alertedMs, answeredMs, place),
      ...talks,
      segment("interact", talkingMs, leg.leftMs, {
        ...place,
        disconnectType: isTransferred ? "transfer" : "peer",
      }),
      segment("wrapup", leg.leftMs, leg.wrappedUpMs, {
        ...place,
        wrapUpCode: draws.chance(0.1) ? "ININ-WRAP-UP-TIMEOUT" : draws.pick(roster.wrapUpCodes).id,
        ...note,
      }),
    ],
  };
}

/** Returns the session of the callback itself. The resulting call has a separate session. */
function callbackSession(scene: Scene, leg: Leg, answeredMs: number): Session {
  const { draws, plan } = scene;
  return {
    callbackNumbers: ["+13175550123", scene.ani ?? ""],
    callbackScheduledTime: at(plan.queuedMs),
    callbackUserName: draws.pick(AWKWARD_TEXTS),
    direction: "inbound",
    mediaType: "callback",
    peerId: scene.customerSessionId,
    provider: "PureCloud Callback",
    sessionId: draws.uuid(),
    skipEnabled: true,
    timeoutSeconds: 30,
    metrics: [timer("tAlert", leg.alertedMs, answeredMs)],
    segments: [
      segment("scheduled", plan.queuedMs, leg.alertedMs),
      segment("interact", answeredMs, leg.leftMs, { disconnectType: "endpoint" }),
    ],
  };
}
