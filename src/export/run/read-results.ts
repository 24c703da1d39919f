import type { Layout } from "../destination/destination.ts";
import type { Part } from "../part/part.ts";
import { type PartState, readPartState } from "../part/part-journal.ts";
import type { PartResult } from "../part/part-result.ts";

/** Returns the parts with the states that their journals record. @throws OutputError */
export async function readResults(layout: Layout, parts: readonly Part[]): Promise<readonly PartResult[]> {
  return await Promise.all(
    parts.map(
      async (part): Promise<{ part: Part; state: PartState }> => ({
        part,
        state: await readPartState(layout.journalPath(part.key)),
      }),
    ),
  );
}
