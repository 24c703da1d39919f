import type { Clock } from "../../core/clock.ts";
import { InterruptedError } from "../../core/errors.ts";
import type { ShowWork } from "../../core/io.ts";
import type { Random } from "../../core/random.ts";
import { retryRequests } from "../../http/retry/retry.ts";
import type { Transport } from "../../http/transport/transport.ts";
import type { Wait } from "../../http/transport/wait.ts";
import type { Region } from "../../platform/region/region.ts";
import type { IssuedTokens } from "../token/issued-tokens.ts";
import { isTokenThrottle } from "../token/token-throttle.ts";
import { authorizeUrl, checkLoginPage, type LoginPage } from "./authorize-url.ts";
import type { BrowserOpener } from "./browser.ts";
import { explainCodeRefusal } from "./code-refusal.ts";
import { type LoginFacts, loginRefused, loginTimedOut } from "./login-failure.ts";
import { type Loopback, listenOnLoopback } from "./loopback.ts";
import { type Callback, exchangeCode, readCallback } from "./oauth-protocol.ts";
import { openInput, readPastedAnswer } from "./pasted-answer.ts";
import { createProof } from "./proof.ts";
import { formatRedirectUri, type RedirectUri } from "./redirect-uri.ts";

export interface BrowserLogin {
  readonly region: Region;
  /** Origin of the region, quoted in error messages. */
  readonly regionSource: string;
  readonly clientId: string;
  /** Redirect URI as registered; without a port, any free port is used. */
  readonly redirect: RedirectUri;
  readonly page: LoginPage;
  /** Time limit for the user, in milliseconds. */
  readonly timeoutMs: number;
}

export interface BrowserLoginOptions {
  /** Transport without a token and without retries. */
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Maximum wait for a throttled token endpoint, in milliseconds. */
  readonly maxWaitMs: number;
  /** Opens the login page; null to only print its URL. */
  readonly openBrowser: BrowserOpener | null;
  /** Lines that the user pastes; null when input is not read. */
  readonly pasted: ((signal: AbortSignal) => AsyncIterable<string>) | null;
  /** Prints a line for the user. */
  readonly say: (line: string) => Promise<void>;
  /** Shows how long genscope still waits for the browser, unless the user is typing. */
  readonly showWork: ShowWork;
  /** Called before each wait for a throttled token endpoint. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
}

/**
 * Runs the authorization code flow with PKCE over the loopback interface (RFC 8252). The user logs in with a browser,
 * so this process never sees a password, and the returned code is useless to anyone else.
 * @throws UsageError for contradictory login page options, AuthError with the cause as its code, and the token
 * endpoint's NetworkError and UnavailableError
 */
export async function logInWithBrowser(
  login: BrowserLogin,
  options: BrowserLoginOptions,
): Promise<IssuedTokens> {
  const page = checkLoginPage(login.page);
  const { region, clientId, redirect } = login;
  const proof = createProof(options.random);
  const judge = (parameters: URLSearchParams) => readCallback(region, clientId, parameters, proof.state);
  const loopback = await listenOnLoopback({ port: redirect.port, path: redirect.path, judge });
  const redirectUri = formatRedirectUri({ ...redirect, port: loopback.port });
  const facts: LoginFacts = { ...login, registeredUri: formatRedirectUri(redirect) };
  let callback: Callback;
  const wait = new AbortController();
  try {
    await options.say(
      `If OAuth client ${clientId} does not list this redirect URI yet, add it under Admin > Integrations > OAuth, exactly as written: ${facts.registeredUri}`,
    );
    const url = authorizeUrl({ region, clientId, redirectUri, proof, page });
    const pasted = await show(url, wait.signal, options, login.timeoutMs);
    const untilMs = options.clock.monotonicMs() + login.timeoutMs;
    const answered = async () =>
      await waitForAnswer(loopback, facts, login.timeoutMs, judge, { ...options, pasted });
    // No progress is shown while the user may type, because a redrawn line would interrupt the input.
    callback = await (pasted !== null
      ? answered()
      : options.showWork(() => describeWait(untilMs - options.clock.monotonicMs()), answered));
  } finally {
    wait.abort();
    await loopback.close();
  }
  if (callback.kind === "refused") throw loginRefused(callback, facts);
  const { clock, signal } = options;
  return await exchangeCode(
    {
      region,
      regionSource: login.regionSource,
      transport: retryRequests(options.transport, { ...options, isThrottle: isTokenThrottle }),
      nowMs: clock.now(),
      signal,
    },
    { clientId, parameters: callback.parameters, redirectUri, verifier: proof.verifier },
    explainCodeRefusal,
  );
}

/**
 * Prints the URL before starting a browser, because the browser may open on a screen that the user does not see.
 * @returns the lines that the user can paste; null when input is not read
 */
async function show(
  url: string,
  until: AbortSignal,
  { openBrowser, say, pasted, clock, signal }: BrowserLoginOptions,
  timeoutMs: number,
): Promise<AsyncIterable<string> | null> {
  // Prints one line at a time. Line breaks within the text become spaces, because text from outside must not
  // forge a line.
  for (const line of ["Log in with your browser:", "", `  ${url}`, ""]) await say(line);
  const lines = pasted === null ? null : await openInput(pasted(AbortSignal.any([signal, until])), clock);
  if (lines !== null) {
    await say(
      "If the browser runs on another machine, it is redirected to an address that it cannot open. Paste that address here.",
    );
    await say(`You have ${Math.round(timeoutMs / 1_000)} s to log in. Press Ctrl-C to give up.`);
  } else if (pasted !== null) {
    await say("Open it on this machine. Nothing can be pasted here, because standard input is closed.");
  }
  if (openBrowser === null) return lines;
  try {
    await openBrowser(url, until);
    await say("If no login page appears in the browser, open the URL above yourself.");
  } catch {
    await say("The browser could not be started. Open the URL above yourself.");
  }
  return lines;
}

function describeWait(leftMs: number): string {
  return `waiting for the login in the browser: ${Math.max(0, Math.ceil(leftMs / 1_000))} s left (Ctrl-C to give up)`;
}

async function waitForAnswer(
  loopback: Loopback,
  facts: LoginFacts,
  timeoutMs: number,
  judge: (parameters: URLSearchParams) => Callback | null,
  {
    clock,
    signal,
    pasted,
    say,
  }: Pick<BrowserLoginOptions, "clock" | "signal" | "say"> & {
    readonly pasted: AsyncIterable<string> | null;
  },
): Promise<Callback> {
  const settled = new AbortController();
  const until = AbortSignal.any([signal, settled.signal]);
  const timeout = clock.sleep(timeoutMs, until).then(() => {
    throw loginTimedOut(facts, timeoutMs, loopback.countForeign());
  });
  try {
    return await Promise.race([
      loopback.answer,
      ...(pasted === null ? [] : [readPastedAnswer(pasted, judge, say)]),
      timeout,
    ]);
  } catch (error) {
    throw signal.aborted ? new InterruptedError("interrupted", "the login was interrupted") : error;
  } finally {
    timeout.catch(() => {});
    settled.abort();
  }
}
