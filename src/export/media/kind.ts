/** Field that contains the recordings in the pages that replace pages of conversations. */
export const RECORDINGS_KEY = "recordings";

/** Kinds of media that an export of recordings can be limited to. */
export const RECORDING_KINDS = ["audio", "screen", "email", "chat", "message"] as const;

export type RecordingKind = (typeof RECORDING_KINDS)[number];

/** The platform's names for each kind. Its older and newer models use different names for messages. */
const WORDS: Readonly<Record<RecordingKind, readonly string[]>> = {
  audio: ["audio"],
  screen: ["screen"],
  email: ["email"],
  chat: ["chat"],
  message: ["message", "messaging"],
};

/** Returns whether a recording's medium is one of these kinds. `null` for `kinds` matches any medium. */
export function isOfKind(media: string | null, kinds: readonly RecordingKind[] | null): boolean {
  return kinds === null || kinds.some((kind) => WORDS[kind].includes(media?.toLowerCase() ?? ""));
}
