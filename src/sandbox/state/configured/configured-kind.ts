import type { ConfiguredKind, Member, Roster } from "../roster.ts";

/** A kind of object that administrators configure, and its listing by page number. */
export interface ConfiguredListing {
  /** The names of the objects: this label and a number. */
  readonly label: string;
  readonly operation: string;
  /** Whether the caller sees only objects of divisions where it holds the operation's permission. */
  readonly isByDivision?: boolean;
  /** Permission that a client needs in order to read this data; absent when a broader one covers it. */
  readonly permission?: string;
  /** The listing returns at most this many entries, regardless of the request. */
  readonly mostEntries?: number;
  /** Whether the listing refuses an empty page unless the request allows it. */
  readonly refusesEmpty?: boolean;
  /** Returns the fields of an object; absent when it only has a description. */
  readonly describe?: Describe;
}

/** Returns the fields of an object except its id, name, division and address. */
export type Describe = (
  member: Member,
  context: { readonly roster: Roster; readonly query: URLSearchParams },
) => Readonly<Record<string, unknown>>;

/** When each object was created and changed. */
export const AT = { dateCreated: "2024-02-29T12:00:00.000Z", dateModified: "2025-06-30T23:59:59.999Z" };

/** Only the description. */
export const DESCRIBED: Describe = ({ name }) => ({ description: `About ${name}` });

/** `Language`, except its version. */
export const ACTIVE: Describe = () => ({ state: "active", dateModified: AT.dateModified });

/** Returns the fields that objects of Architect and of the telephony configuration share. */
export function configurationOf({ name }: Member): Readonly<Record<string, unknown>> {
  return { description: `About ${name}`, version: 4, ...AT, state: "active", createdByApp: "architect" };
}

/** Returns a reference to the first object of a kind. */
export function reference(roster: Roster, kind: ConfiguredKind): Readonly<Record<string, unknown>> {
  const [first] = roster.configured[kind];
  return { id: first?.id, name: first?.name };
}
