import type { Conversation } from "../conversations/record/conversation.ts";
import { namedId } from "../state/sequence.ts";

/** A transcript of a communication. */
export interface Transcript {
  readonly communicationId: string;
  /** Name of the transcript's file, without the extension. */
  readonly file: string;
}

/** Prefix of the names of transcript files. */
const PREFIX = "transcript-";

/**
 * Returns the transcripts of a conversation that has ended. Every message communication of the customer has one, and so
 * does every second call.
 */
export function transcriptsOf({
  conversationId,
  conversationEnd,
  participants,
}: Conversation): readonly Transcript[] {
  const isTranscribed = Number.parseInt(conversationId.slice(0, 4), 16) % 2 === 1;
  if (conversationEnd === undefined) return [];
  return participants
    .filter(({ purpose }) => purpose === "customer" || purpose === "external")
    .flatMap(({ sessions }) => sessions)
    .filter(({ mediaType }) => mediaType === "message" || (mediaType === "voice" && isTranscribed))
    .map(({ sessionId }) => ({ communicationId: sessionId, file: `${PREFIX}${sessionId}` }));
}

/** Returns the text of a transcript's file; null for the name of any other file. */
export function transcriptTextOf(file: string): string | null {
  if (!file.startsWith(PREFIX)) return null;
  const communicationId = file.slice(PREFIX.length);
  const count = 3 + (Number.parseInt(communicationId.slice(0, 2), 16) % 6);
  return JSON.stringify({
    communicationId,
    transcripts: [
      {
        transcriptId: namedId(0, file),
        language: "en-us",
        phrases: Array.from({ length: count }, (_, index) => ({
          text: `phrase ${index + 1}, "quoted", café`,
          startTimeMs: index * 1_500,
          participantPurpose: index % 2 === 0 ? "external" : "internal",
        })),
        analytics: { topics: [{ topicId: namedId(1, file), topicName: "Billing" }], sentiment: [] },
      },
    ],
  });
}
