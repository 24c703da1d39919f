import { at } from "../plan/instant.ts";
import type { Participant } from "./conversation.ts";
import { counter, lineOf, participant, type Scene, segment, timer } from "./scene.ts";

/** Returns the menu or bot at the start of a conversation. */
export function menuParticipant(scene: Scene): Participant {
  const { draws, plan, roster } = scene;
  const menuMs = plan.startMs + 190;
  const flow = draws.pick(roster.flows);
  const queue = roster.queues[plan.legs[0]?.queue ?? 0];
  const line = lineOf(scene);
  return participant(
    scene,
    scene.mediaType === "voice" ? "ivr" : "workflow",
    { participantName: flow.name },
    [
      {
        ani: scene.ani,
        direction: scene.direction,
        dnis: scene.dnis,
        edgeId: line.edgeId,
        mediaType: scene.mediaType,
        peerId: scene.customerSessionId,
        protocolCallId: line.protocolCallId,
        provider: scene.provider,
        recording: false,
        remote: scene.ani,
        sessionDnis: scene.dnis,
        sessionId: draws.uuid(),
        flow: {
          endingLanguage: "en-us",
          entryReason: scene.dnis,
          entryType: "dnis",
          exitReason: "TRANSFER",
          flowId: flow.id,
          flowName: flow.name,
          flowType: scene.mediaType === "voice" ? "INBOUNDCALL" : "INBOUNDSHORTMESSAGE",
          flowVersion: `${draws.integer(1, 40)}.0`,
          issuedCallback: plan.kind === "callback",
          startingLanguage: "en-us",
          transferTargetAddress: queue?.id,
          transferTargetName: queue?.name,
          transferType: "ACD",
          outcomes: draws.chance(0.2)
            ? [
                {
                  flowOutcome: "Verified",
                  flowOutcomeEndTimestamp: at(plan.queuedMs),
                  flowOutcomeId: roster.configured["flow outcome"][0]?.id,
                  flowOutcomeStartTimestamp: at(menuMs),
                  flowOutcomeValue: draws.pick(["SUCCESS", "FAILURE"]),
                },
              ]
            : undefined,
        },
        metrics: [
          counter("nFlow", menuMs),
          timer("tIvr", menuMs, Math.max(menuMs, plan.queuedMs)),
          timer("tFlow", menuMs, Math.max(menuMs, plan.queuedMs)),
          { emitDate: at(plan.queuedMs), name: "tFlowExit", value: 0 },
        ],
        segments: [
          segment("system", plan.startMs, menuMs, { disconnectType: "peer" }),
          segment("ivr", menuMs, Math.max(menuMs, plan.queuedMs), { disconnectType: "transfer" }),
        ],
      },
    ],
  );
}

/** Returns the participant that represents the wait in the queue, until an agent answers or the customer gives up. */
export function waitingParticipant(scene: Scene): Participant {
  const { draws, plan, roster } = scene;
  const answered = plan.legs.find((leg) => leg.answeredMs !== null);
  const endedMs = answered?.answeredMs ?? plan.hungUpMs;
  const queue = roster.queues[plan.legs[0]?.queue ?? 0];
  const line = lineOf(scene);
  const waitingMs = plan.queuedMs + 10;
  const skill = draws.pick(roster.skills);
  const requested = {
    ...(queue === undefined ? {} : { queueId: queue.id }),
    ...(draws.chance(0.3) ? { requestedLanguageId: draws.pick(roster.languages).id } : {}),
    ...(draws.chance(0.4) ? { requestedRoutingSkillIds: [skill.id, roster.skills[0]?.id ?? skill.id] } : {}),
  };
  return participant(scene, "acd", { participantName: queue?.name }, [
    {
      activeSkillIds: draws.chance(0.3) ? [skill.id] : undefined,
      ani: scene.ani,
      direction: scene.direction,
      dnis: scene.dnis,
      edgeId: line.edgeId,
      flowInType: scene.mediaType === "voice" ? "ivr" : undefined,
      mediaType: scene.mediaType,
      peerId: scene.customerSessionId,
      protocolCallId: line.protocolCallId,
      provider: scene.provider,
      remote: queue?.name,
      requestedRoutings: ["Standard"],
      sessionDnis: scene.dnis,
      sessionId: draws.uuid(),
      usedRouting: answered === undefined ? undefined : "Standard",
      metrics: [
        counter("nOffered", waitingMs),
        timer(answered === undefined ? "tAbandon" : "tAcd", waitingMs, endedMs),
      ],
      segments: [
        segment("delay", plan.queuedMs, waitingMs, { ...requested, disconnectType: "peer" }),
        segment("interact", waitingMs, endedMs, {
          ...requested,
          disconnectType: answered === undefined ? "client" : "transfer",
        }),
      ],
    },
  ]);
}
