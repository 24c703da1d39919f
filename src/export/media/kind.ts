/** Name of the recordings field in the pages that replace those of conversations. */
export const RECORDINGS_KEY = "recordings";

/** Kinds of media that an export of recordings can be limited to. */
export const RECORDING_KINDS = ["audio", "screen", "email", "chat", "message"] as const;

export type RecordingKind = (typeof RECORDING_KINDS)[number];

/** The platform's words for a kind: older and newer models name messages differently. */
const WORDS: Readonly<Record<RecordingKind, readonly string[]>> = {
  audio: ["audio"],
  screen: ["screen"],
  email: ["email"],
  chat: ["chat"],
  message: ["message", "messaging"],
};

/** Returns whether a recording's medium is one of these kinds. Null kinds include any medium. */
export function isOfKind(media: string | null, kinds: readonly RecordingKind[] | null): boolean {
  return kinds === null || kinds.some((kind) => WORDS[kind].includes(media?.toLowerCase() ?? ""));
}
