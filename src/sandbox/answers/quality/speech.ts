import type { JsonRecord } from "../../../core/json.ts";
import { ok } from "../../answer.ts";
import type { Conversation } from "../../conversations/record/conversation.ts";
import type { Handler } from "../../exchange.ts";
import { signAddress } from "../../recordings/signed-address.ts";
import { transcriptsOf } from "../../recordings/transcript.ts";
import { page } from "../paging.ts";
import { ofConversation } from "./attached.ts";

/** Operations of speech and text analytics, which return topics and the metrics of analyzed conversations. */
export const SPEECH_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/speechandtextanalytics/conversations/{conversationId}": (exchange) =>
    ofConversation(exchange, metricsOf),
  "GET /api/v2/speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturl":
    (exchange) =>
      ofConversation(exchange, (conversation) => {
        const found = transcriptsOf(conversation).find(
          ({ communicationId }) => communicationId === exchange.match.parameters[1],
        );
        if (found === undefined) return null;
        const { world, nowMs } = exchange;
        return {
          url: signAddress(world, `${found.file}.json`, nowMs + world.settings.recordingUrlSeconds * 1_000),
        };
      }),
  "GET /api/v2/speechandtextanalytics/topics": (exchange) =>
    ok(
      page(exchange, exchange.world.roster.skills, ({ id, name }) => ({
        id,
        name: `Topic of ${name}`,
        published: true,
        strictness: "72",
        dialect: "en-US",
        participants: "All",
        phrasesCount: 12,
        tags: ["billing"],
        dateModified: "2025-06-30T23:59:59.999Z",
        selfUri: `/api/v2/speechandtextanalytics/topics/${id}`,
      })),
    ),
};

/**
 * Returns the `ConversationMetrics` of every second conversation that has ended and contains a call; null for all
 * other conversations.
 */
export function metricsOf({
  conversationId,
  conversationEnd,
  participants,
}: Conversation): JsonRecord | null {
  const isCall = participants.some(({ sessions }) => sessions.some(({ mediaType }) => mediaType === "voice"));
  const number = Number.parseInt(conversationId.slice(0, 4), 16);
  if (!isCall || conversationEnd === undefined || number % 2 === 0) return null;
  return {
    conversation: { id: conversationId, selfUri: `/api/v2/conversations/${conversationId}` },
    sentimentScore: (number % 201) - 100,
    sentimentTrend: 0.5,
    sentimentTrendClass: "Improving",
    empathyScores: [{ score: number % 100 }],
    participantMetrics: { silenceDurationPercentage: 12.5, overtalkCount: number % 7 },
  };
}
