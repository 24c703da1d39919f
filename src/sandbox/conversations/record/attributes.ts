import type { Draws } from "../plan/draws.ts";
import { ATTRIBUTE_NAMES, AWKWARD_TEXTS } from "./awkward-texts.ts";

/** Keys and values of attributes are truncated to this many characters. */
const LONGEST_VALUE = 1024;

const PLAIN_VALUES: readonly string[] = ["gold", "true", "42", "3.50", "2026-02-29", "en-US"];

/** A value of maximum length. It is safe to truncate, because every character is one UTF-16 unit. */
const LONG_VALUE = "Zürich – 東京 “quoted” \\ ".repeat(LONGEST_VALUE).slice(0, LONGEST_VALUE);

/** Returns random attributes for a participant, or undefined for most participants, which have none. */
export function drawAttributes(draws: Draws): Readonly<Record<string, string>> | undefined {
  const count = draws.chance(0.7) ? 0 : draws.integer(1, 7);
  if (count === 0) return undefined;
  const first = draws.integer(0, ATTRIBUTE_NAMES.length - 1);
  // Built from entries, because an assignment to `__proto__` would be lost.
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      ATTRIBUTE_NAMES[(first + index) % ATTRIBUTE_NAMES.length] ?? "",
      drawValue(draws),
    ]),
  );
}

function drawValue(draws: Draws): string {
  const kind = draws.fraction();
  if (kind < 0.5) return draws.uuid();
  if (kind < 0.85) return draws.pick(PLAIN_VALUES);
  if (kind < 0.99) return draws.pick(AWKWARD_TEXTS);
  return LONG_VALUE;
}
