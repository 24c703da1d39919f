import type { Conversation } from "../record/conversation.ts";

/** The searchable fields of a conversation, without its record. */
export interface Entry {
  readonly id: string;
  readonly startMs: number;
  /** End; null while it is open. */
  readonly endMs: number | null;
  readonly divisionIds: readonly string[];
}

/** All conversations of an organization, by UTC day and by start within the day. */
export interface Archive {
  /** First instants of the first and the last day with conversations at `asOfMs`. */
  days(asOfMs: number): { readonly firstMs: number; readonly lastMs: number };
  /** Number of conversations of the day at `dayMs` that began by `asOfMs`. */
  countOn(dayMs: number, asOfMs: number): number;
  entry(dayMs: number, index: number, asOfMs: number): Entry;
  /** The record, including its attributes. */
  read(dayMs: number, index: number, asOfMs: number): Conversation;
  /** The exact text of the record. */
  render(dayMs: number, index: number, asOfMs: number, withAttributes: boolean): string;
  /** Position of the conversation with this id; null when the archive does not contain it. */
  find(id: string, asOfMs: number): { readonly dayMs: number; readonly index: number } | null;
  /**
   * Maximum duration of a conversation in milliseconds, which limits how early an overlapping one can begin.
   */
  readonly longestMs: number;
}

/** The record without the fields that only jobs return. */
export function withoutAttributes(conversation: Conversation): Conversation {
  return {
    ...conversation,
    participants: conversation.participants.map((each) => ({ ...each, attributes: undefined })),
  };
}
