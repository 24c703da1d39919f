import type { Clock } from "../../core/clock.ts";
import { AppError, AuthError, NetworkError, UnavailableError } from "../../core/errors.ts";
import type { AccessToken } from "../token/access-token.ts";
import type { Session } from "./session.ts";

/** Events reported while a valid token is kept in a file. */
export type FreshnessEvent =
  | { readonly kind: "published"; readonly expiresAtMs: number | null }
  | { readonly kind: "delayed"; readonly error: AppError; readonly nextAttemptInMs: number }
  /** Reported when a token is withdrawn because it would expire before a new one arrives. */
  | { readonly kind: "withdrawn" };

export interface KeepFreshOptions {
  readonly session: Session;
  readonly clock: Clock;
  /** Signal that ends the watch without an error. */
  readonly signal: AbortSignal;
  /**
   * Publishes a token for its readers.
   * @throws OutputError
   */
  readonly publish: (token: AccessToken) => Promise<void>;
  /**
   * Removes the published token, so that no reader gets an expired one.
   * @throws the error of a failed removal
   */
  readonly withdraw: () => Promise<void>;
  readonly listener: (event: FreshnessEvent) => Promise<void>;
}

/** Maximum lead time for requesting a new token before expiry. */
const LARGEST_LEAD_MS = 600_000;
/** Share of a short lifetime that is left for retries, in case the login host does not respond. */
const RESERVE = 0.25;
/**
 * Time before expiry at which a token is withdrawn, so that it stays valid for its reader's next request. A shorter
 * time applies to a token that expires within four seconds.
 */
const LAST_MOMENT_MS = 1_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Publishes a token and replaces it before it expires, until the signal is aborted. A request that gets no
 * response is repeated; a refusal ends the watch.
 * @throws AuthError `auth.not_renewable` for a token that can't be renewed here, the refusal from the token
 * endpoint, and the errors of `publish`
 */
export async function keepFresh(options: KeepFreshOptions): Promise<void> {
  const { session, clock, signal, publish, listener } = options;
  const { grant, source } = session.describe();
  if (grant === "access-token") {
    throw new AuthError("auth.not_renewable", `the token from ${source} cannot be renewed`, {
      hint: "unset the variable, run `genscope login`, then run this command again",
    });
  }
  let token = await session.accessToken();
  try {
    for (;;) {
      await publish(token);
      await listener({ kind: "published", expiresAtMs: token.expiresAtMs });
      await waitUntilDue(token, clock, signal);
      token = await renewPatiently(token, options);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Returns when to replace a token: ten minutes before expiry, or once a quarter of a short lifetime is left. */
export function replacementDueMs(nowMs: number, expiresAtMs: number): number {
  const leftMs = Math.max(0, expiresAtMs - nowMs);
  return expiresAtMs - Math.min(LARGEST_LEAD_MS, leftMs * RESERVE);
}

async function waitUntilDue({ expiresAtMs }: AccessToken, clock: Clock, signal: AbortSignal): Promise<void> {
  if (expiresAtMs === null) {
    await new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      if (signal.aborted) reject(signal.reason);
    });
    return;
  }
  const nowMs = clock.now();
  await clock.sleep(Math.max(0, replacementDueMs(nowMs, expiresAtMs) - nowMs), signal);
}

async function renewPatiently(current: AccessToken, options: KeepFreshOptions): Promise<AccessToken> {
  const { session, clock, signal, listener } = options;
  const settled = new AbortController();
  // The withdrawal runs in parallel with the attempts, because a single attempt may take longer than the
  // token lives.
  const withdrawal = withdrawAtEnd(current, options, AbortSignal.any([signal, settled.signal]));
  withdrawal.catch(() => {});
  try {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        return (await session.renew(current.secret)) ?? current;
      } catch (error) {
        if (!isPassing(error)) throw error;
        await listener({ kind: "delayed", error, nextAttemptInMs: pauseMs });
        await clock.sleep(pauseMs, signal);
      }
    }
  } finally {
    settled.abort();
    await withdrawal;
  }
}

async function withdrawAtEnd(
  { expiresAtMs }: AccessToken,
  { clock, withdraw, listener }: KeepFreshOptions,
  until: AbortSignal,
): Promise<void> {
  if (expiresAtMs === null) return;
  const leftMs = Math.max(0, expiresAtMs - clock.now());
  const isRenewed = await clock.sleep(leftMs - Math.min(LAST_MOMENT_MS, leftMs * RESERVE), until).then(
    () => false,
    () => true,
  );
  if (!isRenewed) {
    await withdraw();
    await listener({ kind: "withdrawn" });
  }
}

/**
 * Returns whether a retry may help. It may help after a page from an intermediary, such as a misconfigured proxy,
 * which reveals nothing about the login.
 */
function isPassing(error: unknown): error is AppError {
  return (
    error instanceof NetworkError ||
    error instanceof UnavailableError ||
    (error instanceof AppError && error.code === "auth.wrong_host")
  );
}
