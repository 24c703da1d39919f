import type { Conversation } from "./conversation.ts";

/** A conversation as far as it is searched by, without its record. */
export interface Entry {
  readonly id: string;
  readonly startMs: number;
  /** Null: it still goes on. */
  readonly endMs: number | null;
  readonly divisionIds: readonly string[];
}

/** All conversations of an organization: by UTC day, and within the day by their start. */
export interface Archive {
  /** First instant of the first and of the last day that has any at `asOfMs`. */
  days(asOfMs: number): { readonly firstMs: number; readonly lastMs: number };
  /** How many of the day that starts at `dayMs` have begun by `asOfMs`. */
  countOn(dayMs: number, asOfMs: number): number;
  entry(dayMs: number, index: number, asOfMs: number): Entry;
  /** The record, attributes included. */
  read(dayMs: number, index: number, asOfMs: number): Conversation;
  /** The record's exact text. */
  render(dayMs: number, index: number, asOfMs: number, withAttributes: boolean): string;
  /** Where the conversation with this id is; null when there is none. */
  find(id: string, asOfMs: number): { readonly dayMs: number; readonly index: number } | null;
  /** The longest that any conversation goes on, milliseconds: how far back what overlaps an instant can have begun. */
  readonly longestMs: number;
}

/** The record without what only jobs tell. */
export function withoutAttributes(conversation: Conversation): Conversation {
  return {
    ...conversation,
    participants: conversation.participants.map((each) => ({ ...each, attributes: undefined })),
  };
}
