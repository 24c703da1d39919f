import type { Conversation } from "./conversation.ts";

const DAY_MS = 86_400_000;
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A stretch of time, milliseconds since the epoch. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** `start/end` in ISO 8601; a time without an offset is UTC. Null when it is not that, or ends before it starts. */
export function parseInterval(text: string): Interval | null {
  const [start = "", end = "", ...more] = text.split("/");
  if (more.length > 0 || !ISO_INSTANT.test(start) || !ISO_INSTANT.test(end)) return null;
  const startMs = parseInstant(start);
  const endMs = parseInstant(end);
  return endMs > startMs ? { startMs, endMs } : null;
}

/**
 * Whether the detail query finds the conversation: it started on a UTC day that the interval touches, and it
 * overlaps the interval. A call that began the evening before is missing, as on the platform.
 */
export function touches(interval: Interval, conversation: Conversation): boolean {
  const startMs = Date.parse(conversation.conversationStart);
  const endMs =
    conversation.conversationEnd === undefined
      ? Number.POSITIVE_INFINITY
      : Date.parse(conversation.conversationEnd);
  const firstDayMs = Math.floor(interval.startMs / DAY_MS) * DAY_MS;
  return startMs >= firstDayMs && startMs < interval.endMs && endMs >= interval.startMs;
}

function parseInstant(text: string): number {
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
