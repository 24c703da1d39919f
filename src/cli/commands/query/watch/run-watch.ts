import { renderBlocks } from "../../../../output/blocks.ts";
import { openLiveScreen } from "../../../../output/live/live-screen.ts";
import { withoutControls } from "../../../../output/present.ts";
import { styleFor } from "../../../../output/style.ts";
import type { Context, GlobalOptions } from "../../../context.ts";
import { readableDuration } from "../readable-duration.ts";
import type { QueryRequest } from "../request.ts";
import { type QueryViewOptions, viewRecords } from "../view.ts";
import { type WatchFacts, watchLines } from "./watch-lines.ts";
import { type WatchAnswer, type WatchQuestion, watchQuery } from "./watch-query.ts";
import { watchScreen } from "./watch-screen.ts";

/** The settings of a watch. */
export interface WatchRun {
  readonly question: WatchQuestion;
  readonly request: QueryRequest;
  readonly facts: WatchFacts;
  readonly view: Pick<QueryViewOptions, "shape" | "charts">;
}

/**
 * Repeats a query and shows each result: a table that is redrawn in place on a terminal, otherwise one JSON
 * document per result. Ends normally when it is interrupted after a result.
 * @throws the errors of `watchQuery`
 */
export async function runWatch(
  context: Context,
  options: GlobalOptions,
  { question, request, facts, view }: WatchRun,
): Promise<void> {
  const { io } = context;
  const title = `${facts.name}, every ${readableDuration(question.everyMs)}`;
  const style = await styleFor(options.color === false ? 0 : io.stdout.colourLevel);
  const render = async ({ records, outcome, observedAtMs }: WatchAnswer, columns: number | null) => {
    const isPlain = style.good("") === "" && (io.stdout.colourLevel === 0 || options.color === false);
    const blocks = viewRecords(withoutControls(records), {
      ...view,
      isSingle: outcome.isSingle,
      isWide: request.format === "wide",
      chosen: request.columns,
      nowMs: observedAtMs,
      place: { columns, isPlain },
    });
    return await renderBlocks(blocks, columns, style);
  };
  const { terminal } = io.stdout;
  if (request.format === "ndjson" || terminal === null) {
    const columns = io.stdout.isTerminal ? io.stdout.columns : null;
    const table = async (answer: WatchAnswer) =>
      `${title}, result of ${new Date(answer.observedAtMs).toISOString()}\n\n${await render(answer, columns)}\n`;
    await watchQuery(
      context,
      question,
      watchLines(context, options, facts, request.format === "ndjson" ? null : table),
    );
    return;
  }
  const screen = watchScreen(context, openLiveScreen(terminal), {
    title,
    render,
    readNotes: facts.readNotes,
  });
  try {
    await watchQuery(context, question, screen);
  } finally {
    screen.close();
  }
}
