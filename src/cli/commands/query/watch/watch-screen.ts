import type { Clock } from "../../../../core/clock.ts";
import type { AppError } from "../../../../core/errors.ts";
import type { Io } from "../../../../core/io.ts";
import { fitFrame } from "../../../../output/live/fit-frame.ts";
import type { FrameSize, LiveScreen } from "../../../../output/live/live-screen.ts";
import { WorkInProgress } from "../../../../output/progress/work-in-progress.ts";
import { describeFailure, type WatchAnswer, type WatchDisplay } from "./watch-query.ts";

/** The content that a watch shows on a terminal. */
export interface WatchScreenContent {
  readonly title: string;
  /** Renders a result for a terminal of this width. */
  readonly render: (answer: WatchAnswer, columns: number) => Promise<string>;
  /** Returns notes on why results may be incomplete. Called once there is a first result. */
  readonly readNotes: () => Promise<readonly string[]>;
}

/** Interval at which a frame is redrawn while a request waits, to show a countdown. */
const TICK_MS = 1_000;

/** Replaces the previous result with the latest one, below a line with its time and a line with the last failure. */
export function watchScreen(
  { io, clock }: { readonly io: Pick<Io, "activity">; readonly clock: Clock },
  screen: LiveScreen,
  { title, render, readNotes }: WatchScreenContent,
): WatchDisplay & { close(): void } {
  const requests = new WorkInProgress(clock);
  requests.begin("");
  let answer: WatchAnswer | null = null;
  let failure: { readonly error: AppError; readonly atMs: number; readonly nextInMs: number } | null = null;
  let notes: readonly string[] | null = null;
  const compose = async (size: FrameSize): Promise<readonly string[]> => {
    const time = answer === null ? "no result yet" : `result of ${timeOf(answer.observedAtMs)}`;
    const waiting = requests.describe();
    const state =
      failure === null
        ? []
        : [`${timeOf(failure.atMs)}: ${describeFailure(failure.error, failure.nextInMs)}`];
    const head = [`${title}, ${time}${waiting}`, ...state, ""];
    const table = answer === null ? "" : await render(answer, size.columns);
    return fitFrame(head, linesOf(table, [...(notes ?? []), ...notesOf(answer)]), size);
  };
  const draw = async () => await screen.draw(async (size) => await compose(size));
  let isCounting = false;
  const ticker = setInterval(() => {
    const isWaiting = requests.describe() !== "";
    // Ignores a failure to write, because the next result will report it.
    if (isWaiting || isCounting) void draw().catch(() => undefined);
    isCounting = isWaiting;
  }, TICK_MS);
  io.activity.current = {
    begin: (text) => requests.begin(text),
    wait: (delayMs, reason) => requests.wait(delayMs, reason),
    hide: () => undefined,
    show: () => undefined,
  };
  return {
    show: async (latest) => {
      answer = latest;
      failure = null;
      notes ??= await readNotes();
      await draw();
    },
    fail: async (error, nextInMs) => {
      failure = { error, atMs: clock.now(), nextInMs };
      await draw();
    },
    close: () => {
      clearInterval(ticker);
      io.activity.current = null;
      screen.close();
    },
  };
}

function linesOf(table: string, notes: readonly string[]): readonly string[] {
  const lines = table === "" ? ["no results"] : table.trimEnd().split("\n");
  return notes.length === 0 ? lines : [...lines, "", ...notes];
}

function notesOf(answer: WatchAnswer | null): readonly string[] {
  return answer === null ? [] : answer.outcome.notes.map(({ text }) => text);
}

/** Returns the time of day in UTC, to the second. */
function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)}Z`;
}
