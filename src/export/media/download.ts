import { NetworkError, UnavailableError } from "../../core/errors.ts";
import type { Secret } from "../../core/secret.ts";
import { type Attempted, repeat } from "../../http/retry/repeat.ts";
import { readRetryAfter } from "../../http/retry/retry-after.ts";
import type { AttemptOutcome } from "../../http/retry/retry-policy.ts";
import { discardBody } from "../../http/transport/body.ts";
import type { HttpResponse } from "../../http/transport/transport.ts";
import type { DownloadPorts } from "./media-ports.ts";
import { type ReceivedFile, receiveFile } from "./receive-file.ts";
import { isSafeAddress } from "./safe-address.ts";
import { withoutStandstill } from "./standstill.ts";

/** A file that arrived, or the reason why it did not. */
export type Download =
  | { readonly kind: "file"; readonly file: ReceivedFile; readonly contentType: string | null }
  /** The host refused the address. It may have expired, so a new one may work. */
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "unsafe" }
  | { readonly kind: "broken" };

/** Maximum number of redirects. No object store needs this many. */
const MOST_REDIRECTS = 5;
/** Maximum duration of a transfer. It is long, because `withoutStandstill` ends a download that makes no progress. */
const LONGEST_TRANSFER_MS = 12 * 60 * 60_000;
/** Headers that request an uncompressed file, because the length of a compressed one cannot be compared. */
const HEADERS = { accept: "*/*", "accept-encoding": "identity" };

type DownloadAttempt =
  | { readonly download: Download; readonly error: null }
  | { readonly download: null; readonly error: NetworkError };

/**
 * Downloads a file from a signed URL, without a token, and retries transient failures. The address appears neither
 * in results nor in errors.
 * @param path path of the new file
 * @throws NetworkError, UnavailableError when the host fails for too long; OutputError
 */
export async function download(address: Secret, path: string, ports: DownloadPorts): Promise<Download> {
  const { result, outcome } = await repeat(async () => await attempt(address, path, ports), {
    ...ports,
    mostRepeats: Number.POSITIVE_INFINITY,
  });
  if (result.download === null) throw result.error;
  const isOutage = outcome.kind === "answer" && (outcome.status > 500 || outcome.status === 429);
  if (result.download.kind !== "refused" || !isOutage) return result.download;
  throw new UnavailableError("export.media_host", `the file host returned ${result.download.status}`, {
    hint: "try again later",
  });
}

async function attempt(
  address: Secret,
  path: string,
  ports: DownloadPorts,
): Promise<Attempted<DownloadAttempt>> {
  const { clock, hostsSeen, signal } = ports;
  let host = "";
  try {
    return await withoutStandstill({ clock, signal }, async (watch) => {
      let url = parseAddress(address.reveal(), undefined);
      for (let redirects = 0; ; redirects += 1) {
        if (url === null || !isSafeAddress(url, ports.region) || redirects > MOST_REDIRECTS) {
          return done(
            { kind: "unsafe" },
            { kind: "answer", status: 400, retryAfterMs: null, isThrottled: false },
          );
        }
        host = url.host;
        const response = await ports.transport({
          method: "GET",
          url,
          headers: HEADERS,
          signal: watch.signal,
          timeoutMs: LONGEST_TRANSFER_MS,
        });
        hostsSeen.add(host);
        const { location } = response.headers;
        if (response.status < 300 || response.status >= 400 || location === undefined) {
          return await take({ ...response, body: watch.over(response.body) }, path, ports);
        }
        await discardBody(response);
        url = parseAddress(location, url.href);
      }
    });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const outcome = { kind: "network", code: error.code, hasAnsweredBefore: hostsSeen.has(host) } as const;
    return { result: { download: null, error }, outcome };
  }
}

async function take(
  response: HttpResponse,
  path: string,
  { clock, guard }: DownloadPorts,
): Promise<Attempted<DownloadAttempt>> {
  const { status, headers } = response;
  const retryAfterMs = readRetryAfter(headers["retry-after"], clock.now());
  const answer = { kind: "answer", status, retryAfterMs, isThrottled: false } as const;
  if (status !== 200) {
    await discardBody(response);
    return done({ kind: "refused", status }, answer);
  }
  const file = await receiveFile(response, path, guard);
  if (file === null) return done({ kind: "broken" }, { kind: "broken" });
  return done({ kind: "file", file, contentType: headers["content-type"] ?? null }, answer);
}

function done(download: Download, outcome: AttemptOutcome): Attempted<DownloadAttempt> {
  return { result: { download, error: null }, outcome };
}

function parseAddress(text: string, base: string | undefined): URL | null {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}
