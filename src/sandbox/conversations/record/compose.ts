import type { Roster } from "../../state/roster.ts";
import { at } from "../plan/instant.ts";
import type { ConversationKind, ConversationPlan } from "../plan/plan.ts";
import { agentParticipant } from "./agent.ts";
import type { Conversation, Participant } from "./conversation.ts";
import { customerParticipant } from "./customer.ts";
import { cutOff } from "./cut-off.ts";
import { attachments } from "./quality.ts";
import { menuParticipant, waitingParticipant } from "./routing.ts";
import type { Scene } from "./scene.ts";

const MEDIA: Readonly<Record<ConversationKind, { readonly mediaType: string; readonly provider: string }>> = {
  call: { mediaType: "voice", provider: "Edge" },
  outbound: { mediaType: "voice", provider: "Edge" },
  callback: { mediaType: "voice", provider: "Edge" },
  chat: { mediaType: "chat", provider: "PureCloud Webchat v2" },
  message: { mediaType: "message", provider: "PureCloud Messaging" },
  email: { mediaType: "email", provider: "PureCloud Email" },
};

/** Composes the record of a planned conversation, including its attributes, as of `asOfMs`. */
export function composeConversation(plan: ConversationPlan, roster: Roster, asOfMs: number): Conversation {
  const { draws, kind } = plan;
  const isVoice = MEDIA[kind].mediaType === "voice";
  const scene: Scene = {
    plan,
    roster,
    draws,
    ...MEDIA[kind],
    direction: kind === "outbound" ? "outbound" : "inbound",
    ani: isVoice ? `tel:+1317555${draws.integer(1_000, 9_999)}` : undefined,
    dnis: isVoice ? `tel:+1317556${draws.integer(1_000, 9_999)}` : undefined,
    customerSessionId: draws.uuid(),
  };
  const participants = cast(scene);
  const after = attachments(scene, asOfMs);
  const mos = isVoice ? 1 + 3.9 * draws.fraction() : undefined;
  // Adds fields of an imaginary future release, which readers must tolerate.
  const isFromTheFuture = draws.chance(0.01);
  const whole: Conversation = {
    conversationEnd: at(plan.endMs),
    conversationId: plan.id,
    conversationInitiator: kind === "outbound" ? "dialer" : "customer",
    conversationStart: at(plan.startMs),
    customerParticipation: draws.chance(0.9) ? true : undefined,
    divisionIds: plan.divisionIds,
    externalTag: draws.chance(0.05) ? draws.pick(["CRM-0042", "007", "1e5"]) : undefined,
    futureScore: isFromTheFuture ? draws.fraction() : undefined,
    knowledgeBaseIds: draws.chance(0.03) ? [draws.uuid(), draws.uuid()] : undefined,
    mediaStatsMinConversationMos: mos,
    mediaStatsMinConversationRFactor: mos === undefined ? undefined : 20 * mos - 7.5,
    originatingDirection: scene.direction,
    selfServed: draws.chance(0.1) ? false : undefined,
    evaluations: after.evaluations,
    futureDetails: isFromTheFuture ? [{ note: "not in any model", rank: 1 }] : undefined,
    participants,
    resolutions: after.resolutions,
    surveys: after.surveys,
  };
  return plan.endMs > asOfMs ? cutOff(whole, asOfMs) : whole;
}

/** Returns the participants in order of arrival. */
function cast(scene: Scene): readonly Participant[] {
  const { kind, legs } = scene.plan;
  const agents = () => legs.map((leg) => agentParticipant(scene, leg));
  switch (kind) {
    case "outbound":
      return [...agents(), customerParticipant(scene)];
    case "email":
    case "chat":
      return [customerParticipant(scene), waitingParticipant(scene), ...agents()];
    case "call":
    case "callback":
    case "message":
      return [customerParticipant(scene), menuParticipant(scene), waitingParticipant(scene), ...agents()];
  }
}
