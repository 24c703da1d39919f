import { once } from "node:events";
import { ownValue } from "../../../core/own-value.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Style } from "../../../output/style.ts";
import type { Context, RunningSandbox } from "../../context.ts";
import { wholeNumber } from "../../flags/whole-number.ts";
import { helpFooter, type Root } from "../../root.ts";
import { describeRequest } from "./request-line.ts";

/** Maximum seed, because the generator of the organization's data uses 32-bit seeds. */
const LARGEST = 4_294_967_295;

/** The profile for a login to a sandbox. It keeps this login from replacing a real one. */
const SANDBOX_PROFILE = "sandbox";
const IN_PROFILE = `--profile ${SANDBOX_PROFILE}`;
/** The scenario in which nothing is refused. */
const ALLOWS_DATA = "healthy";
const DATA_COMMANDS = [
  "genscope query conversations details --interval yesterday --limit 5 --names",
  "genscope query conversations aggregates --interval yesterday --metric nOffered,tHandle --group-by queueId --names",
  "genscope export conversations details --interval yesterday --out yesterday --replace",
];

/**
 * The role that lets the operation of a scenario succeed once it is granted in every division. Other scenarios have
 * other causes.
 */
const FIXING_ROLES: Readonly<Record<string, string>> = {
  default: "Conversation Detail Reader",
  "missing-role": "Conversation Detail Reader",
  "availability-only": "Conversation Detail Reader",
  unreadable: "Conversation Detail Reader",
  stopped: "Conversation Detail Reader",
  division: "Queue Reader",
};
/** The flags of `check-scopes` that a scenario demonstrates. */
const CHECK_FLAGS: Readonly<Record<string, string>> = { stopped: " --history 14d" };

/** The JSON contract of `sandbox`: its address and the variables for a client. */
interface SandboxResult extends Omit<RunningSandbox, "act" | "close"> {
  readonly schema: "genscope/sandbox/v1";
  readonly environment: Readonly<Record<string, string>>;
}

/** `sandbox`: runs the embedded platform sandbox until it is interrupted. */
export async function registerSandbox(root: Root, context: Context): Promise<void> {
  const scenarios = await context.listScenarios();
  root
    .command("sandbox")
    .description(
      "start the embedded platform sandbox on 127.0.0.1\n\nRuns until Ctrl-C. Enforces scopes, permissions, divisions, conditions and policies as the platform does. Logs each request on stderr, with the layer that refuses it. The scenarios refresh-rotating, refresh-off, consent-denied and redirect-not-registered have an app for a browser login: genscope login --grant pkce.",
    )
    .option("--scenario <name>", "refusal or fault to simulate", "default")
    .option("--port <number>", "port to listen on (default: any free port)", wholeNumber(0, 65_535))
    .option(
      "--seed <number>",
      "seed for the generated organization; the same seed creates the same organization",
      wholeNumber(0, LARGEST),
    )
    .option("--conversations <number>", "number of conversations, generated lazily", wholeNumber(1, LARGEST))
    .option(
      "--days <number>",
      "number of UTC days, ending today, that the conversations cover (default: 31)",
      wholeNumber(1, LARGEST),
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope sandbox", "simulate a reporting service that lacks a permission"],
          ["genscope sandbox --scenario division --port 8787", "simulate another refusal, on a fixed port"],
          [
            "genscope sandbox --scenario healthy --conversations 1000000",
            "query and export a large organization",
          ],
        ],
        ["0 ended by Ctrl-C", "2 port in use, unknown scenario or flag"],
        () => ["Scenarios", scenarios.map(({ name, description }) => [name, description])],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      const sandbox = await context.startSandbox({
        scenario: options.scenario,
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.conversations === undefined ? {} : { conversations: options.conversations }),
        ...(options.days === undefined ? {} : { days: options.days }),
        onRequest: (request) =>
          void writeNote(context.io, options, describeRequest(request)).catch(() => undefined),
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
      await writeNote(context.io, options, "press Ctrl-C to end");
      if (!context.signal.aborted) await once(context.signal, "abort");
      await sandbox.close();
    });
}

/** Returns the variables that point a client at a sandbox, with the names of the official tools. */
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
    // A secret would select client credentials, but this client is for people.
    ...(isForPeople(sandbox) ? {} : { GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret }),
  };
}

/** Returns whether a person has to log in with the browser first. */
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
    { kind: "text", text: "Point any client at it (login and API have the same address):" },
    shell(...Object.entries(result.environment).map(([name, value]) => `export ${name}=${value}`)),
    { kind: "text", text: "Then try:" },
    shell(...suggestedCommands(result)),
    { kind: "text", text: "Changes that an administrator can make:" },
    shell(`curl -s ${result.url}/sandbox/actions`, ...exampleOfChange(result)),
  ];
}

/**
 * Returns commands to paste one by one. The variables suffice to get a token for a client. A person has to log in
 * first, which creates a profile.
 */
function suggestedCommands(result: SandboxResult): readonly string[] {
  return isForPeople(result)
    ? [`genscope login --grant pkce ${IN_PROFILE}`, `genscope check-scopes ${IN_PROFILE} ${result.operation}`]
    : [
        "genscope whoami",
        ...(result.scenario === "clients" ? ["genscope clients"] : []),
        `genscope check-scopes ${result.operation}${ownValue(CHECK_FLAGS, result.scenario) ?? ""}`,
        ...(result.scenario === ALLOWS_DATA ? DATA_COMMANDS : []),
      ];
}

/** Returns a command to paste that grants the missing role to the client; empty when no role fixes the scenario. */
function exampleOfChange({ url, client, scenario }: SandboxResult): readonly string[] {
  const role = ownValue(FIXING_ROLES, scenario);
  if (role === undefined) return [];
  const change = { action: "role.grant", subject: client.id, role, division: "*" };
  return [`curl -s ${url}/sandbox/actions -d '${JSON.stringify(change)}'`];
}

/** Returns lines for a shell, which are never wrapped, because a line break would split a command. */
function shell(...lines: readonly string[]): Block {
  return { kind: "verbatim", lines: lines.map((line) => `  ${line}`) };
}
