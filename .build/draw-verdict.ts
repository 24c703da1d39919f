// Draws the picture in the README from what `check-scopes` prints for the demo sandbox.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { systemClock } from "../src/core/clock.ts";
import type { Io, OutputStream } from "../src/core/io.ts";
import { createContext, surroundingsOf } from "../src/main.ts";
import { startSandbox } from "../src/sandbox/server.ts";
import { drawTerminal } from "./terminal-picture.ts";

const PICTURE = new URL("../.github/verdict.svg", import.meta.url);
const COLUMNS = 112;
const TITLE =
  "check-scopes allows one call, denies the other, names the missing permission and lists the fixes";
const ARGV = ["check-scopes", "getRoutingQueues", "postAnalyticsConversationsDetailsQuery"] as const;

/** Runs the command and returns a picture of its output. */
export async function drawVerdict(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "genscope-picture-"));
  const sandbox = await startSandbox({}, { clock: systemClock });
  const written: string[] = [];
  try {
    const context = createContext({
      ...surroundingsOf(process, new AbortController().signal),
      env: {
        GENSCOPE_CONFIG_DIR: directory,
        GENESYSCLOUD_REGION: sandbox.url,
        GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
        GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
      },
      io: terminalOf(written),
      prompter: () => null,
    });
    await context.run(ARGV);
  } finally {
    await sandbox.close();
    await rm(directory, { recursive: true });
  }
  // The sandbox listens on a random port here. The picture shows its default port.
  const shown = written.join("").replaceAll(sandbox.url, "http://127.0.0.1:8787");
  return drawTerminal(`\u001b[2m$\u001b[22m genscope ${ARGV.join(" ")}\n\n${shown}`, TITLE, COLUMNS);
}

/** A terminal with colors that keeps what is written to stdout. */
function terminalOf(written: string[]): Io {
  const stream = (keep: (text: string) => void): OutputStream => {
    const write = async (data: string | Uint8Array) => {
      keep(typeof data === "string" ? data : new TextDecoder().decode(data));
    };
    return {
      isTerminal: true,
      columns: COLUMNS,
      colourLevel: 1,
      isUnicode: true,
      terminal: null,
      write,
      writeExact: write,
    };
  };
  return {
    stdin: { isTerminal: false, readText: async () => "", lines: async function* () {} },
    activity: { current: null },
    stdout: stream((text) => written.push(text)),
    stderr: stream(() => {}),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writeFile(PICTURE, await drawVerdict());
}
