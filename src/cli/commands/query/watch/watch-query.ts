import { createNameCache } from "../../../../analytics/name-cache.ts";
import { AppError } from "../../../../core/errors.ts";
import { lineOf } from "../../../../core/text.ts";
import type { Api } from "../../../../platform/api/api.ts";
import type { Context } from "../../../context.ts";
import type { QueryPlan } from "../plan.ts";
import { type QueryOutcome, runQuery } from "../read-records.ts";

/** One result of a watched query. */
export interface WatchAnswer {
  readonly observedAtMs: number;
  readonly outcome: QueryOutcome;
  readonly records: readonly unknown[];
}

/** Shows results and the failures that the watch survives. */
export interface WatchDisplay {
  show(answer: WatchAnswer): Promise<void>;
  /** @param nextInMs the time until the next attempt */
  fail(error: AppError, nextInMs: number): Promise<void>;
}

/** The request that a watch repeats. */
export interface WatchQuestion {
  readonly api: Api;
  readonly plan: QueryPlan;
  readonly showsNames: boolean;
  readonly everyMs: number;
}

/**
 * Repeats a query until the signal is aborted. Survives transient failures: rate limits, failures of the service and a
 * lost network.
 * @throws any other error, and the error of an interruption before the first result
 */
export async function watchQuery(
  { clock, signal }: Pick<Context, "clock" | "signal">,
  { api, plan, showsNames, everyMs }: WatchQuestion,
  display: WatchDisplay,
): Promise<void> {
  const notes: QueryOutcome["notes"][number][] = [];
  // The cache is kept between requests, because names rarely change and reading them costs requests.
  const names = showsNames ? createNameCache(api, (text) => notes.push({ text, hint: null }), null) : null;
  const ports = { api, clock, signal, onProgress: () => undefined, onLoss: async () => undefined };
  let hasAnswered = false;
  while (true) {
    const beganAtMs = clock.monotonicMs();
    const nextInMs = () => Math.max(0, beganAtMs + everyMs - clock.monotonicMs());
    try {
      const records: unknown[] = [];
      const outcome = await runQuery(
        ports,
        plan,
        () => names,
        async (page) => {
          for (const record of page) records.push(record);
        },
      );
      const answer = { observedAtMs: clock.now(), records };
      await display.show({ ...answer, outcome: { ...outcome, notes: [...outcome.notes, ...notes] } });
      hasAnswered = true;
    } catch (error) {
      if (signal.aborted && hasAnswered) return;
      if (signal.aborted || !mayPass(error)) throw error;
      await display.fail(error, nextInMs());
    }
    try {
      await clock.sleep(nextInMs(), signal);
    } catch (error) {
      if (signal.aborted && hasAnswered) return;
      throw error;
    }
  }
}

function mayPass(error: unknown): error is AppError {
  return error instanceof AppError && (error.exit === "limited" || error.exit === "network");
}

/** Describes a failure that the watch survives, in one line. */
export function describeFailure(error: AppError, nextInMs: number): string {
  return `no response; next attempt in ${Math.ceil(nextInMs / 1_000)} s: ${lineOf(error.message)}`;
}
