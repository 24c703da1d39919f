/**
 * Field with the recordings in the pages that genscope composes. Each of these pages replaces a page of conversations.
 */
export const RECORDINGS_KEY = "recordings";

/** Kinds of media that an export of recordings can be limited to. */
export const RECORDING_KINDS = ["audio", "screen", "email", "chat", "message"] as const;

export type RecordingKind = (typeof RECORDING_KINDS)[number];

/** The platform's names for each kind. Older and newer models of the API use different names for messages. */
const WORDS: Readonly<Record<RecordingKind, readonly string[]>> = {
  audio: ["audio"],
  screen: ["screen"],
  email: ["email"],
  chat: ["chat"],
  message: ["message", "messaging"],
};

/** Returns whether a recording's medium belongs to one of these kinds. If `kinds` is null, any medium does. */
export function isOfKind(media: string | null, kinds: readonly RecordingKind[] | null): boolean {
  return kinds === null || kinds.some((kind) => WORDS[kind].includes(media?.toLowerCase() ?? ""));
}
