import { rm } from "node:fs/promises";
import { type FreshnessEvent, keepFresh } from "../../../auth/session/keep-fresh.ts";
import type { Session } from "../../../auth/session/session.ts";
import type { AccessToken } from "../../../auth/token/access-token.ts";
import { OutputError } from "../../../core/errors.ts";
import { outputFailure } from "../../../core/files/file-failure.ts";
import { removeLeftovers } from "../../../core/files/leftover-files.ts";
import { replaceFile } from "../../../core/files/replace-file.ts";
import { staysInPlace } from "../../../core/files/write-named-file.ts";
import { oneLine } from "../../../core/text.ts";
import type { Region } from "../../../platform/region/region.ts";
import type { Context } from "../../context.ts";
import { describeToken, formatToken, type TokenFormat } from "./result.ts";

export interface TokenWatch {
  readonly session: Session;
  readonly region: Region;
  readonly path: string;
  readonly format: TokenFormat;
  readonly say: (line: string) => Promise<void>;
  /** Called once, when the file contains its first token and programs that read it can start. */
  readonly ready: () => Promise<void>;
}

/** The JSON contract of `token --watch`: printed when the file has its first token. */
export interface TokenWatchResult {
  readonly schema: "genscope/token-watch/v1";
  readonly file: string;
}

/** Returns the output that announces the first token in the file: one line, or one JSON document. */
export function readySignal(path: string, format: TokenFormat): string {
  if (format !== "json") return "ready\n";
  const result: TokenWatchResult = { schema: "genscope/token-watch/v1", file: path };
  return `${JSON.stringify(result)}\n`;
}

/**
 * Writes a token to a file once. Removes the leftovers of a killed watch first, because they contain a token.
 * @throws the errors of the session; OutputError when the file can't be written
 */
export async function writeToken(context: WatchPorts, watch: TokenWatch): Promise<void> {
  await refuseSpecial(watch.path);
  await removeLeftovers(watch.path, context);
  await publishToken(await watch.session.accessToken(), context, watch);
  await watch.ready();
}

type WatchPorts = Pick<Context, "clock" | "random" | "signal" | "processes" | "userId">;

/**
 * Keeps a valid token in a file until the signal is aborted. The file remains afterwards, because its token stays valid
 * for a while and the next watch continues from it. Removes the leftovers of a killed watch first, because they contain
 * a token.
 * @throws the errors of `keepFresh`; OutputError when the file can't be written
 */
export async function watchToken(context: WatchPorts, watch: TokenWatch): Promise<void> {
  const { session, path, say, ready } = watch;
  const { clock, signal } = context;
  let isReady = false;
  await refuseSpecial(path);
  await removeLeftovers(path, context);
  await keepFresh({
    session,
    clock,
    signal,
    publish: async (token) => {
      await publishToken(token, context, watch);
      if (!isReady) await ready();
      isReady = true;
    },
    withdraw: async () => await rm(path, { force: true }),
    listener: async (event) => await say(describeEvent(event, path)),
  });
}

/**
 * Throws for an existing path that is not a regular file, because only a regular file can be replaced and restricted to
 * its owner.
 */
async function refuseSpecial(path: string): Promise<void> {
  if (!(await staysInPlace(path))) return;
  throw new OutputError("output.write", `\`${oneLine(path, 200)}\` is not a regular file`, {
    hint: "specify a file that genscope may replace, or pipe the output of `genscope token`",
  });
}

async function publishToken(
  token: AccessToken,
  { clock, random, processes }: WatchPorts,
  { region, path, format }: TokenWatch,
): Promise<void> {
  const text = formatToken(describeToken(token, region, clock.now()), format);
  try {
    await replaceFile(path, text, { random, isPrivate: true, writer: processes });
  } catch (cause) {
    throw outputFailure(path, cause);
  }
}

function describeEvent(event: FreshnessEvent, path: string): string {
  switch (event.kind) {
    case "published": {
      const { expiresAtMs } = event;
      const until = expiresAtMs === null ? "" : `, valid until ${new Date(expiresAtMs).toISOString()}`;
      return `\`${path}\` has a token${until}`;
    }
    case "delayed":
      return `no new token yet: ${event.error.message}; retrying in ${event.nextAttemptInMs / 1_000} s`;
    case "withdrawn":
      return `\`${path}\` was removed: its token has expired, and no new one was obtained`;
  }
}
