import type { ConfiguredKind, Member, Roster } from "../roster.ts";

/** A kind of object that administrators configure, and its listing by page number. */
export interface ConfiguredListing {
  /** Label that, followed by a number, becomes the name of an object. */
  readonly label: string;
  readonly operation: string;
  /** Whether the caller sees only objects in divisions where it holds the operation's permission. */
  readonly isByDivision?: boolean;
  /** Permission that a client needs to read this data; absent when a broader permission covers it. */
  readonly permission?: string;
  /** Maximum number of entries that the listing returns, regardless of the requested page size. */
  readonly mostEntries?: number;
  /** Whether the listing refuses an empty page unless the request allows it. */
  readonly refusesEmpty?: boolean;
  /** Returns the fields of an object; absent for a kind whose objects have only a description. */
  readonly describe?: Describe;
}

/** Returns the fields of an object except its id, name, division and address. */
export type Describe = (
  member: Member,
  context: { readonly roster: Roster; readonly query: URLSearchParams },
) => Readonly<Record<string, unknown>>;

/** Creation and modification times of every object. */
export const AT = { dateCreated: "2024-02-29T12:00:00.000Z", dateModified: "2025-06-30T23:59:59.999Z" };

/** Fields of a kind whose objects have only a description. */
export const DESCRIBED: Describe = ({ name }) => ({ description: `About ${name}` });

/** Fields of a `Language`, except its version. */
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
