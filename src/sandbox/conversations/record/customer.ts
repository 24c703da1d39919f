import { AWKWARD_TEXTS } from "./awkward-texts.ts";
import type { Participant, Session } from "./conversation.ts";
import { mediaEndpointStats } from "./media-endpoint-stats.ts";
import { counter, lineOf, participant, type Scene, segment, timer } from "./scene.ts";

/**
 * Returns the customer's participant. The customer's connection can begin slightly before the conversation itself.
 */
export function customerParticipant(scene: Scene): Participant {
  const { draws, mediaType, plan, dnis, ani } = scene;
  const isVoice = mediaType === "voice";
  const isEmail = mediaType === "email";
  const connectedMs = plan.startMs + (isVoice ? 180 : 0);
  const early = isVoice && draws.chance(0.3) ? 10 : 0;
  const line = lineOf(scene);
  const session: Session = {
    addressFrom: isEmail ? `customer.${draws.integer(1, 9_999)}@example.com` : undefined,
    addressTo: isEmail ? "help@example.com" : undefined,
    ani,
    authenticated: mediaType === "message" ? draws.chance(0.3) : undefined,
    cc: isEmail && draws.chance(0.2) ? ["team@example.com", "archive, old@example.com"] : undefined,
    direction: scene.direction,
    dnis,
    edgeId: line.edgeId,
    mediaType,
    messageType: mediaType === "message" ? draws.pick(["webmessaging", "whatsapp", "open"]) : undefined,
    protocolCallId: line.protocolCallId,
    provider: scene.provider,
    recording: isVoice,
    remoteNameDisplayable: draws.chance(0.05) ? draws.pick(AWKWARD_TEXTS) : undefined,
    sessionDnis: dnis,
    sessionId: scene.customerSessionId,
    mediaEndpointStats: isVoice ? mediaEndpointStats(draws, plan.hungUpMs) : undefined,
    metrics: [counter("nConnected", connectedMs), timer("tConnected", connectedMs, plan.hungUpMs)],
    segments: [
      ...(isVoice ? [segment("system", plan.startMs - early, connectedMs, { disconnectType: "peer" })] : []),
      segment("interact", connectedMs, plan.hungUpMs, {
        disconnectType: plan.legs.length === 0 ? "client" : "peer",
        ...(isEmail ? { subject: draws.pick(AWKWARD_TEXTS) } : {}),
      }),
    ],
  };
  return participant(
    scene,
    isEmail ? "external" : "customer",
    {
      externalContactId: draws.chance(0.8) ? draws.uuid() : undefined,
      participantName: draws.chance(0.1) ? draws.pick(AWKWARD_TEXTS) : ani,
    },
    [session],
  );
}
