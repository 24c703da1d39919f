import { rm } from "node:fs/promises";
import { type FreshnessEvent, keepFresh } from "../../../auth/session/keep-fresh.ts";
import type { Session } from "../../../auth/session/session.ts";
import { outputFailure } from "../../../core/files/file-failure.ts";
import { removeLeftovers } from "../../../core/files/leftover-files.ts";
import { replaceFile } from "../../../core/files/replace-file.ts";
import type { Region } from "../../../platform/region/region.ts";
import type { Context } from "../../context.ts";
import { describeToken, formatToken, type TokenFormat } from "./result.ts";

export interface TokenWatch {
  readonly session: Session;
  readonly region: Region;
  readonly path: string;
  readonly format: TokenFormat;
  readonly say: (line: string) => Promise<void>;
}

/**
 * Keeps a token in a file until the signal. The file remains at the end: its token is valid for a while, and
 * the next watch continues from it. Removes the leftovers of a killed watch first, because they contain a
 * token.
 * @throws the errors of `keepFresh`; OutputError when the file can't be written
 */
export async function watchToken(
  {
    clock,
    random,
    signal,
    processes,
    userId,
  }: Pick<Context, "clock" | "random" | "signal" | "processes" | "userId">,
  { session, region, path, format, say }: TokenWatch,
): Promise<void> {
  await removeLeftovers(path, { processes, userId });
  await keepFresh({
    session,
    clock,
    signal,
    publish: async (token) => {
      const text = formatToken(describeToken(token, region, clock.now()), format);
      try {
        await replaceFile(path, text, { random, isPrivate: true, writer: processes });
      } catch (cause) {
        throw outputFailure(path, cause);
      }
    },
    withdraw: async () => await rm(path, { force: true }),
    listener: async (event) => await say(describeEvent(event, path)),
  });
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
