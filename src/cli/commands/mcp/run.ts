import { once } from "node:events";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import type { Context, GlobalOptions } from "../../context.ts";
import { callTool } from "./call-tool.ts";
import { type AgentTool, TOOLS } from "./tools.ts";

/**
 * Time for answers under way after the input ended. Clients that close the input and want the process gone send a signal
 * after a few seconds, which ends it without delay.
 */
const LAST_ANSWERS_MS = 10_000;

const INSTRUCTIONS =
  "genscope diagnoses refusals of the Genesys Cloud Platform API. After a failed call, use `explain` with its whole text. Before a call, use `check`. Names of operations and their requirements are in `catalog_search` and `catalog_show`. Verdicts are allowed, denied, conditional and unknown; only allowed is a yes. All tools only read.";

type ServedContext = Pick<Context, "clock" | "env" | "openPipes" | "runApart" | "signal" | "version">;

/** Serves the tools on standard input and output until the input ends, the reader goes or an interruption. */
export async function serveTools(context: ServedContext, options: GlobalOptions): Promise<void> {
  const { clock, signal, version } = context;
  const { input, output } = context.openPipes();
  const stopped = new AbortController();
  const open = new Set<Promise<unknown>>();
  const server = new Server(
    { name: "genscope", version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS.map(describeTool) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal: cancelled }) => {
    const tool = TOOLS.find(({ name }) => name === params.name);
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, `no tool \`${params.name}\``);
    const call = callTool(context, tool, params.arguments ?? {}, {
      flags: flagsOf(options),
      signal: AbortSignal.any([signal, stopped.signal, cancelled]),
    });
    open.add(call);
    call.finally(() => open.delete(call)).catch(() => {});
    return await call;
  });
  const ends = new AbortController();
  // A write after the reader has gone is an event without a caller.
  output.on("error", () => ends.abort());
  try {
    await server.connect(new StdioServerTransport(input, output));
    const isEnded = await waitForEnd(input, AbortSignal.any([signal, ends.signal]));
    if (isEnded) {
      const late = clock.sleep(LAST_ANSWERS_MS, AbortSignal.any([signal, stopped.signal]));
      await Promise.race([Promise.allSettled(open), late.catch(() => {})]);
    }
  } finally {
    stopped.abort();
    await server.close();
    // An input that is still being read keeps the process alive.
    input.destroy();
  }
}

/** Returns true at the end of the input, false when aborted. */
async function waitForEnd(input: NodeJS.EventEmitter, signal: AbortSignal): Promise<boolean> {
  try {
    await Promise.race([once(input, "end", { signal }), once(input, "close", { signal })]);
    return true;
  } catch {
    return false;
  }
}

/** Returns a tool as the protocol lists it. */
export function describeTool({
  name,
  title,
  description,
  inputSchema,
  outputSchema,
  usesService,
}: AgentTool) {
  return {
    name,
    title,
    description,
    inputSchema,
    outputSchema,
    annotations: {
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: usesService,
    },
  };
}

/** Returns the global flags that every command of a call gets. A prompt would wait forever. */
function flagsOf({ profile, region, timeout, caCert }: GlobalOptions): readonly string[] {
  const given = { "--profile": profile, "--region": region, "--timeout": timeout, "--ca-cert": caCert };
  return [
    "--json",
    "--no-input",
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
  ];
}
