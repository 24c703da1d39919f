import type { Answer } from "../answer.ts";
import type { Archive } from "../conversations/archive/archive.ts";
import { DAY_MS } from "../conversations/plan/instant.ts";
import type { World } from "../world.ts";

/**
 * Yields the records of the UTC day at `dayMs` in order of their start. The text is exactly what the sandbox sends.
 * Jobs return records with attributes, and queries without them.
 */
export function* recordsOf(
  archive: Archive,
  dayMs: number,
  asOfMs: number,
  withAttributes: boolean,
): Generator<string> {
  const count = archive.countOn(dayMs, asOfMs);
  for (let index = 0; index < count; index += 1) yield archive.render(dayMs, index, asOfMs, withAttributes);
}

/**
 * Returns the records of one UTC day (`day=YYYY-MM-DD`) or of all days as NDJSON. With `attributes=false`, they lack
 * the attributes, as in queries.
 */
export function answerTruth(world: World, query: URLSearchParams): Answer {
  const archive = world.archive();
  const asOfMs = world.dataTimeMs;
  const { firstMs, lastMs } = archive.days(asOfMs);
  const day = query.get("day");
  const dayMs = day === null ? null : Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(dayMs)) return { status: 400, json: { message: "`day` is YYYY-MM-DD" } };
  const withAttributes = query.get("attributes") !== "false";
  return {
    status: 200,
    headers: { "Content-Type": "application/x-ndjson" },
    chunks: function* () {
      for (let eachMs = dayMs ?? firstMs; eachMs <= (dayMs ?? lastMs); eachMs += DAY_MS) {
        for (const record of recordsOf(archive, eachMs, asOfMs, withAttributes)) yield `${record}\n`;
      }
    },
  };
}
