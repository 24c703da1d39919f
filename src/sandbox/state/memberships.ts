import type { Member, Roster } from "./roster.ts";

/**
 * Returns the members of a queue, group, team or skill group: every seventh agent. Every fifth object has no members.
 */
export function membersOf({ agents }: Roster, objectId: string): readonly Member[] {
  const number = Number.parseInt(objectId.slice(0, 8), 16);
  if (number % 5 === 0) return [];
  return agents.filter(({ isDeleted }, place) => isDeleted !== true && (place + number) % 7 === 0);
}
