import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { JsonRecord } from "../../src/core/json.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { act, call, type Json, json, sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "./credentials.ts";
import { MovingClock } from "./moving-clock.ts";
import { type RunOptions, type RunResult, runCli } from "./run-cli.ts";
import { tempDir } from "./temp-dir.ts";

/** A sandbox with conversations of several days, at an instant that tests choose, and where to export to. */
export interface ExportStage {
  readonly sandbox: Sandbox;
  readonly clock: MovingClock;
  readonly directory: string;
  /** Runs `export` with these words and flags; relative paths are below the directory. */
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** The sandbox's conversations as lines, by id: with attributes as jobs tell them, or without as queries do. */
  truth(options?: {
    readonly attributes?: boolean;
    readonly day?: string;
  }): Promise<ReadonlyMap<string, string>>;
  /** Time goes on to this instant, for the data too; the lake follows as far as it is told. */
  goOnUntil(instant: string, watermark: string): Promise<void>;
}

export const AT = "2026-10-05T12:00:10.000Z";

/** Five days until `AT`, and a lake that has everything until six in the morning. */
export async function exportStage(
  options: SandboxOptions = {},
  settings: JsonRecord = {},
): Promise<ExportStage> {
  const clock = new MovingClock(Date.parse(AT));
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 400, days: 5, ...options }, clock);
  await act(sandbox, "settings.patch", {
    settings: { jobPolls: 0, watermark: "2026-10-05T06:00:00.000Z", requestsPerMinute: 100_000, ...settings },
  });
  const directory = await tempDir();
  return {
    sandbox,
    clock,
    directory,
    run: async (argv, { ports, ...more } = {}) =>
      await runCli(["export", ...inDirectory(argv, directory)], {
        env: credentialsFor(sandbox),
        ports: { clock, ...ports },
        ...more,
      }),
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
    argv[index - 1] === "--out" && word !== "-" ? join(directory, word) : word,
  );
}

/** The lines of a text that are not empty. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** Conversations by their id. @throws Error when one comes twice */
export function byId(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const id = json(JSON.parse(line)).text("conversationId");
    if (found.has(id)) throw new Error(`${id} is there twice`);
    found.set(id, line);
  }
  return found;
}

/** When a conversation began, milliseconds since the epoch. */
export function startOf(line: string): number {
  return Date.parse(json(JSON.parse(line)).text("conversationStart"));
}

/** Those that began from `start` on and before `end`. */
export function began(
  truth: ReadonlyMap<string, string>,
  start: string,
  end: string,
): ReadonlyMap<string, string> {
  return new Map(
    [...truth].filter(([, line]) => startOf(line) >= Date.parse(start) && startOf(line) < Date.parse(end)),
  );
}

/** The files below a directory, without those whose path has a name that begins with a dot. */
export async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split("/").some((name) => name.startsWith(".")))
    .toSorted();
}

/** All exported conversations of a directory, each as the line it is. */
export async function exportedIn(directory: string): Promise<ReadonlyMap<string, string>> {
  const files = (await filesIn(directory)).filter((file) => file.endsWith(".ndjson"));
  const texts = await Promise.all(files.map(async (file) => await readFile(join(directory, file), "utf8")));
  return byId(texts.flatMap(linesOf));
}

/** A manifest, after it was held to the files it names: size, lines and hash of each. */
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
    if (bytes.length !== file.bytes || sha256 !== file.sha256) throw new Error(`${file.path} is another`);
    if (file.path.endsWith(".ndjson") && linesOf(bytes.toString("utf8")).length !== file.rows) {
      throw new Error(`${file.path} has not ${file.rows} rows`);
    }
  }
  return manifest;
}
