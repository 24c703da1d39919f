import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { json, serve } from "./loopback-server.ts";
import { tempDir } from "./temp-dir.ts";

export interface Attack {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts a service that puts the text into every key and value of its responses. Returns an environment for it. */
export async function hostileService(
  text: string,
  status = 200,
): Promise<{ readonly env: Attack["env"]; readonly record: Readonly<Record<string, unknown>> }> {
  const record = {
    id: "1",
    name: text,
    [text]: text,
    [`x${text}`]: { [text]: [text], list: [text, `a${text}`] },
  };
  const body =
    status === 200
      ? { entities: [record], pageCount: 1, total: 1, ...record }
      : { status, code: text, message: text, contextId: text, messageParams: { [text]: text } };
  const { url } = await serve((_request, response) => json(response, status, body));
  return { record, env: { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "token" } };
}

/** Returns command lines that print the text by every route: responses, errors, pastes, files, arguments. */
export async function attacksWith(text: string): Promise<readonly Attack[]> {
  const { env } = await hostileService(text);
  const refusing = (await hostileService(text, 403)).env;
  const failing = (await hostileService(text, 400)).env;
  const queues = ["query", "GET", "/api/v2/routing/queues"];
  const directory = await tempDir();
  const policy = join(directory, "policy.yaml");
  const quoted = JSON.stringify(text);
  await writeFile(
    policy,
    `version: 1\nservices:\n  ${quoted}:\n    operations: [${quoted}]\n    environments: { ${quoted}: {} }\n`,
  );
  return [
    ...["table", "csv", "ndjson", "json"].map((format) => ({ argv: [...queues, "--output", format], env })),
    { argv: ["query", "GET", "/api/v2/routing/queues/1", "--output", "table"], env },
    { argv: [...queues, "--output", "table", "--verbose"], env },
    { argv: ["whoami"], env },
    { argv: ["whoami", "--json"], env },
    { argv: ["whoami"], env: failing },
    { argv: [...queues, "--verbose"], env: refusing },
    { argv: [...queues, "--json"], env: refusing },
    { argv: ["check-scopes", "GET /api/v2/routing/queues"], env },
    { argv: ["check-scopes", "--offline", "--policy", policy], env },
    { argv: ["check-scopes", "--offline", text], env },
    { argv: ["catalog", "search", text], env },
    { argv: ["catalog", "show", text], env },
    { argv: [text], env },
    { argv: ["whoami", `--${text}`], env },
    { argv: ["whoami", "--profile", text], env },
    { argv: ["whoami", "--region", text], env },
    { argv: ["query", "GET", `/api/v2/${text}`], env },
    { argv: ["export", "queues", "--out", `${directory}/${text}/queues.csv`], env },
    {
      argv: ["explain"],
      env,
      input: JSON.stringify({ status: 403, code: text, message: text, [text]: text }),
    },
    { argv: ["explain"], env, input: `HTTP/1.1 403 ${text}\n${text}: ${text}\n\n{"code":"${text}"}` },
  ].filter(({ argv }) => argv.every((word) => !word.includes("\0")));
}
