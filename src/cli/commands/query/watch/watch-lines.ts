import type { AppError } from "../../../../core/errors.ts";
import { jsonText } from "../../../../output/json-text.ts";
import { writeNote } from "../../../../output/present.ts";
import type { Context, GlobalOptions } from "../../../context.ts";
import { describeFailure, type WatchAnswer, type WatchDisplay } from "./watch-query.ts";
import type { QueryWatchResult } from "./watch-result.ts";

/** The facts about a watch that are the same for every result. */
export interface WatchFacts extends Pick<QueryWatchResult, "name" | "operation"> {
  /** Returns notes on why results may be incomplete. Called once there is a first result. */
  readonly readNotes: () => Promise<readonly string[]>;
}

/**
 * Writes one JSON document per result, or the table that `render` returns. Reports on stderr when a failure begins,
 * changes or ends.
 */
export function watchLines(
  { io }: Pick<Context, "io">,
  options: GlobalOptions,
  facts: WatchFacts,
  render: ((answer: WatchAnswer, notes: readonly string[]) => Promise<string>) | null,
): WatchDisplay {
  const stdout = io.typedSecrets?.records ?? io.stdout;
  let failing: AppError["code"] | null = null;
  let notes: readonly string[] | null = null;
  return {
    show: async (answer) => {
      if (failing !== null) await writeNote(io, options, "the service is responding again");
      failing = null;
      if (notes === null) {
        notes = await facts.readNotes();
        for (const note of notes) await writeNote(io, options, note);
      }
      const { outcome, observedAtMs, records } = answer;
      if (render !== null) {
        await stdout.write(await render(answer, notes));
        return;
      }
      const document: QueryWatchResult = {
        schema: "genscope/query-watch/v1",
        observedAt: new Date(observedAtMs).toISOString(),
        name: facts.name,
        operation: facts.operation,
        isComplete: outcome.isComplete,
        notes: [...notes, ...outcome.notes.map(({ text }) => text)],
        records,
      };
      await stdout.writeExact(`${jsonText(document)}\n`);
    },
    fail: async (error, nextInMs) => {
      if (error.code !== failing) await writeNote(io, options, describeFailure(error, nextInMs));
      failing = error.code;
    },
  };
}
