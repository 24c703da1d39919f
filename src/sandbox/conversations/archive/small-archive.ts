import { DAY_MS, dayOf } from "../plan/instant.ts";
import type { Conversation } from "../record/conversation.ts";
import { type Archive, type Entry, withoutAttributes } from "./archive.ts";

/** Creates an archive from a fixed list of conversations, oldest first. */
export function createSmallArchive(conversations: readonly Conversation[]): Archive {
  const byDay = new Map<number, Conversation[]>();
  for (const conversation of conversations) {
    const dayMs = dayOf(Date.parse(conversation.conversationStart));
    const others = byDay.get(dayMs);
    if (others === undefined) byDay.set(dayMs, [conversation]);
    else others.push(conversation);
  }
  const days = [...byDay.keys()];

  function read(dayMs: number, index: number): Conversation {
    const conversation = byDay.get(dayMs)?.[index];
    if (conversation === undefined) throw new Error(`no conversation ${index} on ${dayMs}`);
    return conversation;
  }

  return {
    longestMs: 7 * DAY_MS,
    days: () => ({ firstMs: days[0] ?? 0, lastMs: days.at(-1) ?? 0 }),
    countOn: (dayMs) => byDay.get(dayMs)?.length ?? 0,
    entry: (dayMs, index) => entryOf(read(dayMs, index)),
    read,
    render: (dayMs, index, _asOfMs, withAttributes) => {
      const conversation = read(dayMs, index);
      return JSON.stringify(withAttributes ? conversation : withoutAttributes(conversation));
    },
    find(id) {
      for (const [dayMs, list] of byDay) {
        const index = list.findIndex((each) => each.conversationId === id);
        if (index >= 0) return { dayMs, index };
      }
      return null;
    },
  };
}

function entryOf(conversation: Conversation): Entry {
  const { conversationId, conversationStart, conversationEnd, divisionIds } = conversation;
  return {
    id: conversationId,
    startMs: Date.parse(conversationStart),
    endMs: conversationEnd === undefined ? null : Date.parse(conversationEnd),
    divisionIds,
  };
}
