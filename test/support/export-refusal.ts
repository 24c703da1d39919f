import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { json } from "../sandbox/client.ts";
import { serve } from "./loopback-server.ts";
import { runCli } from "./run-cli.ts";
import { tempDir } from "./temp-dir.ts";

/** The refusal of an `export` command line. */
export interface ExportRefusal {
  readonly exitCode: number;
  readonly code: unknown;
  readonly message: string;
  readonly hint: string;
  /** Number of requests that reached the service. */
  readonly sent: number;
  /** Contents of the directory after the run. Before it, the directory contains only `list.json`. */
  readonly left: readonly string[];
}

/** Runs a command line that must send no request and create no file. The result contains what it sent and left. */
export async function refusalOf(argv: readonly string[], input = ""): Promise<ExportRefusal> {
  const { url, seen } = await serve((_request, response) => response.writeHead(500).end());
  const directory = await tempDir();
  await writeFile(join(directory, "list.json"), "[]");
  const words = argv.map((word, index) =>
    ["--out", "--body"].includes(argv[index - 1] ?? "") && word !== "-" ? join(directory, word) : word,
  );
  const result = await runCli(["export", ...words, "--json"], {
    env: { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
    input,
  });
  const document = json(result.json);
  return {
    exitCode: result.exitCode,
    code: document.at("error.code"),
    message: document.text("error.message").replaceAll(`${directory}/`, ""),
    hint: document.text("error.hint").replaceAll(`${directory}/`, ""),
    sent: seen.length,
    left: await readdir(directory),
  };
}
