import { createCipheriv, createHash } from "node:crypto";
import { at, DAY_MS } from "../conversations/plan/instant.ts";
import type { Conversation } from "../conversations/record/conversation.ts";
import { namedId } from "../state/sequence.ts";
import type { SandboxSettings } from "../state/settings.ts";

/** A recording of a conversation, with its file. */
export interface Recording {
  readonly id: string;
  readonly conversationId: string;
  readonly media: "audio" | "screen" | "chat" | "email" | "message";
  readonly fileState: "AVAILABLE" | "ARCHIVED" | "DELETED" | "UPLOADING";
  /** Whether every batch fails to return its file. */
  readonly isFailing: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly sessionId: string;
}

const MEDIA_OF: Readonly<Record<string, Recording["media"]>> = {
  voice: "audio",
  chat: "chat",
  email: "email",
  message: "message",
};

/** Content type and file extension of each medium. */
export const FILES: Readonly<Record<Recording["media"], { readonly type: string; readonly ending: string }>> =
  {
    audio: { type: "audio/ogg", ending: "ogg" },
    screen: { type: "video/webm", ending: "webm" },
    chat: { type: "application/json", ending: "json" },
    email: { type: "application/json", ending: "json" },
    message: { type: "application/json", ending: "json" },
  };

/** One out of this many recorded conversations also has a screen recording. */
const SCREENS = 5;
/** One out of this many conversations was not recorded. */
const UNRECORDED = 7;

/**
 * Returns the recordings of a conversation that has ended. They are derived from the conversation's id, so nothing is
 * stored.
 */
export function recordingsOf(
  seed: number,
  conversation: Conversation,
  shares: SandboxSettings["recordings"],
): readonly Recording[] {
  const { conversationId, conversationStart, conversationEnd, participants } = conversation;
  const sessions = participants.flatMap((participant) => participant.sessions);
  const media = MEDIA_OF[sessions[0]?.mediaType ?? ""];
  if (conversationEnd === undefined || media === undefined) return [];
  const lot = fractionOf(conversationId);
  if (Math.floor(lot * 1_000) % UNRECORDED === 0) return [];
  const kinds = Math.floor(lot * 10_000) % SCREENS === 0 ? [media, "screen" as const] : [media];
  return kinds.map((kind, index) => {
    const id = namedId(seed, `recording ${conversationId} ${index}`);
    return {
      id,
      conversationId,
      media: kind,
      fileState: stateOf(fractionOf(`${id} state`), shares),
      isFailing: fractionOf(`${id} failing`) < shares.failing,
      startMs: Date.parse(conversationStart),
      endMs: Date.parse(conversationEnd),
      sessionId: sessions.at(-1)?.sessionId ?? id,
    };
  });
}

function stateOf(lot: number, shares: SandboxSettings["recordings"]): Recording["fileState"] {
  if (lot < shares.archived) return "ARCHIVED";
  if (lot < shares.archived + shares.deleted) return "DELETED";
  return lot < shares.archived + shares.deleted + shares.notReady ? "UPLOADING" : "AVAILABLE";
}

/** Returns the fields of `RecordingMetadata`. */
export function metadataOf(recording: Recording): Readonly<Record<string, unknown>> {
  const { id, conversationId, media, fileState, startMs, endMs } = recording;
  return {
    id,
    conversationId,
    ...(media === "screen" ? { startTime: at(startMs) } : {}),
    endTime: at(endMs),
    media,
    mediaSubtype: media === "audio" ? "trunk" : undefined,
    mediaSubject: media === "email" ? 'Re: "Order", café' : undefined,
    annotations:
      fileState === "AVAILABLE" && media === "audio"
        ? [{ id: namedId(0, `annotation ${id}`), type: "Hold", location: 1_200, durationMs: 800 }]
        : [],
    fileState,
    ...(fileState === "ARCHIVED" ? { archiveDate: at(endMs + DAY_MS), archiveMedium: "CLOUDARCHIVE" } : {}),
    deleteDate: at(endMs + 365 * DAY_MS),
    maxAllowedRestorationsForOrg: 100,
    remainingRestorationsAllowedForOrg: 100,
    sessionId: recording.sessionId,
    region: "us-east-1",
    selfUri: `/api/v2/conversations/${conversationId}/recordings/${id}`,
  };
}

/** Returns the bytes of a recording's file. They are derived from its id, and there are between 2 and 40 KB. */
export function contentOf(id: string): Buffer {
  const size = 2_000 + Math.floor(fractionOf(`${id} size`) * 38_000);
  // The key stream of a cipher takes a fraction of the time of a hash for each 32 bytes.
  const key = createHash("sha256").update(id).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** Returns a number in [0, 1) derived from a string. */
function fractionOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
