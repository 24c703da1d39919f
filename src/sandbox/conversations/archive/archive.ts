import type { Conversation } from "../record/conversation.ts";

/** The fields of a conversation that can be searched without its record. */
export interface Entry {
  readonly id: string;
  readonly startMs: number;
  /** End of the conversation; null while it is open. */
  readonly endMs: number | null;
  readonly divisionIds: readonly string[];
}

/** All conversations of an organization, ordered by UTC day, and by start within a day. */
export interface Archive {
  /** First instants of the first and the last day with conversations as of `asOfMs`. */
  days(asOfMs: number): { readonly firstMs: number; readonly lastMs: number };
  /** Number of conversations on the day at `dayMs` that had begun by `asOfMs`. */
  countOn(dayMs: number, asOfMs: number): number;
  entry(dayMs: number, index: number, asOfMs: number): Entry;
  /** Returns the record, including its attributes. */
  read(dayMs: number, index: number, asOfMs: number): Conversation;
  /** Returns the exact text of the record. */
  render(dayMs: number, index: number, asOfMs: number, withAttributes: boolean): string;
  /** Returns the position of the conversation with this id; null when the archive does not contain it. */
  find(id: string, asOfMs: number): { readonly dayMs: number; readonly index: number } | null;
  /**
   * Maximum duration of a conversation in milliseconds. A search must start this long before its interval, so that it
   * finds the conversations that were still open.
   */
  readonly longestMs: number;
}

/** Returns the record without the fields that only jobs return. */
export function withoutAttributes(conversation: Conversation): Conversation {
  return {
    ...conversation,
    participants: conversation.participants.map((each) => ({ ...each, attributes: undefined })),
  };
}
