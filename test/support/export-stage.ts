import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { JsonRecord } from "../../src/core/json.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { act, call, type Json, json, sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "./credentials.ts";
import { MovingClock } from "./moving-clock.ts";
import { withoutProgress } from "./progress-lines.ts";
import { type RunOptions, type RunResult, runCli } from "./run-cli.ts";
import { tempDir } from "./temp-dir.ts";

/** A sandbox with conversations on several days, a clock that the test sets, and a directory to export to. */
export interface ExportStage {
  readonly sandbox: Sandbox;
  readonly clock: MovingClock;
  readonly directory: string;
  /**
   * Runs `export` with these words and flags. Relative paths are resolved against the directory. Progress lines are
   * removed from stderr.
   */
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  /**
   * Returns the lines of the sandbox's conversations by id, with attributes as in job results or without them as in
   * queries.
   */
  truth(options?: {
    readonly attributes?: boolean;
    readonly day?: string;
  }): Promise<ReadonlyMap<string, string>>;
  /** Moves the clock and the data to `instant`, and the watermark of the data lake to `watermark`. */
  goOnUntil(instant: string, watermark: string): Promise<void>;
}

export const AT = "2026-10-05T12:00:10.000Z";

/**
 * Creates a sandbox whose data starts five days before `AT`. Its data lake is complete until 06:00 UTC on the last
 * day.
 */
export async function exportStage(
  options: SandboxOptions = {},
  settings: JsonRecord = {},
): Promise<ExportStage> {
  const clock = new MovingClock(Date.parse(AT));
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 400, days: 5, ...options }, clock);
  await act(sandbox, "settings.patch", {
    // Compression costs both sides a tenth of their time. Tests of the transport and of killed exports have it.
    settings: {
      jobPolls: 0,
      watermark: "2026-10-05T06:00:00.000Z",
      requestsPerMinute: 100_000,
      gzip: false,
      ...settings,
    },
  });
  const directory = await tempDir();
  return {
    sandbox,
    clock,
    directory,
    run: async (argv, { ports, ...more } = {}) => {
      const result = await runCli(["export", ...inDirectory(argv, directory)], {
        env: credentialsFor(sandbox),
        ports: { clock, ...ports },
        ...more,
      });
      return { ...result, stderr: withoutProgress(result.stderr) };
    },
    truth: async ({ attributes = true, day } = {}) => {
      const query = `attributes=${attributes}${day === undefined ? "" : `&day=${day}`}`;
      const { raw } = await call(sandbox, `GET /sandbox/truth/conversations?${query}`);
      return byId(linesOf(raw));
    },
    goOnUntil: async (instant, watermark) => {
      clock.moveTo(instant);
      await act(sandbox, "conversations.advance", { to: instant });
      await act(sandbox, "settings.patch", { settings: { watermark } });
    },
  };
}

function inDirectory(argv: readonly string[], directory: string): readonly string[] {
  return argv.map((word, index) =>
    ["--out", "--verify"].includes(argv[index - 1] ?? "") && word !== "-" ? resolve(directory, word) : word,
  );
}

/** Returns the lines of the text that are not empty. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** Returns conversations by their id. @throws Error on a duplicate */
export function byId(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    // Uses a pattern, because parsing every record of every test took a twentieth of the time of the export tests.
    const id = /^\{[^{]*?"conversationId":"([^"]+)"/.exec(line)?.[1];
    if (id === undefined) throw new Error(`no id of a conversation in ${line.slice(0, 200)}`);
    if (found.has(id)) throw new Error(`duplicate conversation ${id}`);
    found.set(id, line);
  }
  return found;
}

/** Returns the start of a conversation in milliseconds since the epoch. */
export function startOf(line: string): number {
  const found = /"conversationStart":"([^"]+)"/.exec(line);
  if (found?.[1] === undefined) throw new Error(`no start of a conversation in ${line.slice(0, 200)}`);
  return Date.parse(found[1]);
}

/** Returns the conversations that began at or after `start` and before `end`. */
export function began(
  truth: ReadonlyMap<string, string>,
  start: string,
  end: string,
): ReadonlyMap<string, string> {
  const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
  return new Map(
    [...truth].filter(([, line]) => {
      const beganMs = startOf(line);
      return beganMs >= startMs && beganMs < endMs;
    }),
  );
}

/** Returns the files below a directory, except those with a path segment that begins with a dot. */
export async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split("/").some((name) => name.startsWith(".")))
    .toSorted();
}

/** Returns all exported conversations in a directory, each as its original line. */
export async function exportedIn(directory: string): Promise<ReadonlyMap<string, string>> {
  const files = (await filesIn(directory)).filter((file) => file.endsWith(".ndjson"));
  const texts = await Promise.all(files.map(async (file) => await readFile(join(directory, file), "utf8")));
  return byId(texts.flatMap(linesOf));
}

/** Reads a manifest, after checking size, lines and hash of each file that it lists. */
export async function readTrueManifest(path: string): Promise<Json> {
  const manifest = json(JSON.parse(await readFile(path, "utf8")));
  const files = manifest.at("files") as readonly {
    readonly path: string;
    readonly bytes: number;
    readonly rows: number;
    readonly sha256: string;
  }[];
  for (const file of files) {
    const bytes = await readFile(join(path, "..", file.path));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (bytes.length !== file.bytes || sha256 !== file.sha256)
      throw new Error(`${file.path} does not match its manifest`);
    if (file.path.endsWith(".ndjson") && linesOf(bytes.toString("utf8")).length !== file.rows) {
      throw new Error(`${file.path} does not have ${file.rows} rows`);
    }
  }
  return manifest;
}
