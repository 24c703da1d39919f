import { rm } from "node:fs/promises";
import type { Layout } from "../destination/destination.ts";
import { readChunks } from "../files/read-chunks.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { Part } from "../part/part.ts";
import { readPartState } from "../part/part-journal.ts";
import { type HeaderOptions, writeHeader } from "./write-header.ts";

/** Sends finished parts to a stream, in order. */
export interface PartStream {
  /**
   * Marks a part as finished or skipped, and sends it once all earlier parts are settled. Bytes that were sent cannot
   * be taken back.
   */
  settle(key: string, isThere: boolean): Promise<void>;
}

/** Returns the part stream of an export to standard output. */
export function streamParts(
  options: HeaderOptions & Pick<ExportPorts, "write">,
  layout: Layout,
  parts: readonly Part[],
): PartStream {
  const settled = new Map<string, boolean>();
  let next = 0;
  let advancing: Promise<void> | null = null;

  async function begin(): Promise<void> {
    const header = await writeHeader(options, layout);
    if (header !== null) await send(header);
  }

  async function send(path: string): Promise<void> {
    for await (const piece of readChunks(path)) await options.write(piece);
    await rm(path, { force: true });
  }

  async function advance(): Promise<void> {
    for (let part = parts[next]; part !== undefined && settled.has(part.key); part = parts[next]) {
      next += 1;
      if (settled.get(part.key) !== true) continue;
      const { files } = await readPartState(layout.journalPath(part.key));
      for (const { table } of files) await send(layout.finalPath(part, table));
    }
  }

  return {
    settle: async (key, isThere) => {
      settled.set(key, isThere);
      advancing = (advancing ?? begin()).then(advance);
      await advancing;
    },
  };
}
