import { once } from "node:events";
import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { Block } from "../../../output/blocks.ts";
import { present, tell } from "../../../output/present.ts";
import type { Style } from "../../../output/style.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";

/** The profile of every command that a sandbox suggests: a login there never takes the place of a real one. */
export const SANDBOX_PROFILE = "sandbox";
const IN_PROFILE = `--profile ${SANDBOX_PROFILE}`;

/** The JSON contract of `sandbox`: where it is and how to point a client at it. */
interface SandboxResult {
  readonly schema: "genscope/sandbox/v1";
  readonly url: string;
  readonly scenario: string;
  readonly description: string;
  /** The sandbox's own; worth nothing anywhere else. */
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly name: string;
    readonly grantType: string;
  };
  readonly accessToken: string | null;
  readonly operation: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** `sandbox`: the embedded look-alike of the platform, until it is interrupted. */
export async function registerSandbox(root: Root, context: Context): Promise<void> {
  const scenarios = await context.listScenarios();
  const width = Math.max(...scenarios.map(({ name }) => name.length)) + 2;
  root
    .command("sandbox")
    .description(
      "Starts the embedded look-alike of the platform on 127.0.0.1 and runs until Ctrl-C; it enforces scopes, permissions, divisions, conditions and policies for real",
    )
    .option("--scenario <name>", "which refusal or fault to play", "default")
    .option("--port <number>", "port to listen on; any free one when absent", parseNumber)
    .option("--seed <number>", "same seed, same organization", parseNumber)
    .option(
      "--conversations <number>",
      "how many conversations there are, made as they are asked for",
      parsePositive,
    )
    .option("--days <number>", "on how many UTC days they began, today the last (31)", parsePositive)
    .addHelpText(
      "after",
      `\nScenarios:\n${scenarios.map(({ name, description }) => `  ${name.padEnd(width)}${description}`).join("\n")}\n${helpFooter(
        [
          ["genscope sandbox", "a reporting service that lacks a permission"],
          ["genscope sandbox --scenario division --port 8787", "another refusal, on a fixed port"],
          [
            "genscope sandbox --scenario healthy --conversations 1000000",
            "a large organization to query and export from",
          ],
        ],
        ["0 ended by Ctrl-C", "1 port in use", "2 unknown scenario or flag"],
      )}`,
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const sandbox = await context.startSandbox({
        scenario: options.scenario,
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.conversations === undefined ? {} : { conversations: options.conversations }),
        ...(options.days === undefined ? {} : { days: options.days }),
      });
      const { url, scenario, description, client, accessToken, operation } = sandbox;
      const result: SandboxResult = {
        schema: "genscope/sandbox/v1",
        url,
        scenario,
        description,
        client,
        accessToken,
        operation,
        environment: environmentFor(sandbox),
      };
      await present(context.io, options, result, viewSandbox);
      await tell(context.io, options, "Ctrl-C ends it");
      if (!context.signal.aborted) await once(context.signal, "abort");
      await sandbox.close();
    });
}

/** The variables that point any client at a sandbox, in the official tools' names. */
export function environmentFor(sandbox: {
  readonly url: string;
  readonly client: { readonly id: string; readonly secret: string; readonly grantType: string };
  readonly accessToken: string | null;
}): Readonly<Record<string, string>> {
  const { url, client, accessToken } = sandbox;
  if (accessToken !== null) return { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: accessToken };
  return {
    GENESYSCLOUD_REGION: url,
    GENESYSCLOUD_OAUTHCLIENT_ID: client.id,
    // A secret would mean client credentials, and this client is for people.
    ...(isForPeople(sandbox) ? {} : { GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret }),
  };
}

/** Whether a person has to log in with the browser first. */
function isForPeople({
  client,
  accessToken,
}: {
  readonly client: { readonly grantType: string };
  readonly accessToken: string | null;
}): boolean {
  return client.grantType === "CODE" && accessToken === null;
}

function viewSandbox(result: SandboxResult, style: Style): readonly Block[] {
  return [
    {
      kind: "text",
      text: `${style.strong(`sandbox \`${result.scenario}\``)} on ${result.url}\n${result.description}`,
    },
    {
      kind: "text",
      text: `Point any client at it (login and API share the address):\n${Object.entries(result.environment)
        .map(([name, value]) => `  export ${name}=${value}`)
        .join("\n")}`,
    },
    {
      kind: "text",
      text: `Then try:\n  genscope ${isForPeople(result) ? "login --grant pkce" : "whoami"} ${IN_PROFILE}\n  genscope check-scopes ${IN_PROFILE} ${result.operation}`,
    },
    {
      kind: "text",
      text: style.faint(`What an administrator can change, and how: curl -s ${result.url}/sandbox/actions`),
    },
  ];
}

function parsePositive(text: string): number {
  const number = parseNumber(text);
  if (number === 0) throw new InvalidArgumentError("at least 1");
  return number;
}

function parseNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 4_294_967_295)
    throw new InvalidArgumentError("a whole number");
  return number;
}
