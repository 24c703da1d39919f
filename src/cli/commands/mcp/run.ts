import { EventEmitter, once } from "node:events";
import { pipeline } from "node:stream";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  isJSONRPCRequest,
  ListToolsRequestSchema,
  McpError,
  type RequestId,
} from "@modelcontextprotocol/sdk/types.js";
import { UsageError } from "../../../core/errors.ts";
import { describeWriteFailure } from "../../../output/node-streams.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { callTool } from "./call-tool.ts";
import { gatherLines } from "./gather-lines.ts";
import { type AgentTool, TOOLS } from "./tools.ts";

/** Size limit of one message: a large paste with every quote escaped. */
const LARGEST_MESSAGE_BYTES = 32 * 1024 * 1024;
/**
 * Maximum time to finish pending responses after the input has ended. A client that wants the process to end sooner
 * sends a signal after a few seconds.
 */
const LAST_ANSWERS_MS = 10_000;

const INSTRUCTIONS =
  "genscope diagnoses refusals of the Genesys Cloud Platform API. After a failed call, use `explain` with the complete text of the failure. Before a call, use `check`. Names of operations and their requirements are in `catalog_search` and `catalog_show`. Verdicts are allowed, denied, conditional and unknown; only allowed means yes. All tools are read-only.";

type ServedContext = Pick<Context, "clock" | "env" | "openPipes" | "runApart" | "signal" | "version">;

/**
 * Serves the tools on standard input and output until the input ends, the reader is gone or the run is
 * interrupted.
 * @throws UsageError `usage.file` for a message above the limit, OutputError when a response can't be written
 */
export async function serveTools(context: ServedContext, options: GlobalOptions): Promise<void> {
  const { clock, signal, version } = context;
  const { input, output } = context.openPipes();
  // Only `waitForEnd` acts on the end of the input, and a failure to read the input counts as its end.
  const lines = pipeline(input, gatherLines(LARGEST_MESSAGE_BYTES), () => {});
  const stopped = new AbortController();
  const server = new Server(
    { name: "genscope", version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS.map(describeTool) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal: cancelled }) => {
    const tool = TOOLS.find(({ name }) => name === params.name);
    if (tool === undefined) {
      const names = TOOLS.map(({ name }) => name).join(", ");
      throw new McpError(ErrorCode.InvalidParams, `unknown tool; choose one of ${names}`);
    }
    return await callTool(context, tool, params.arguments ?? {}, {
      flags: flagsOf(options),
      signal: AbortSignal.any([signal, stopped.signal, cancelled]),
    });
  });
  const ends = new AbortController();
  // Only this listener learns about a failed write.
  output.on("error", (error) => ends.abort(describeWriteFailure(error)));
  // The transport closes by itself only when a message exceeds the limit.
  server.onclose = () => ends.abort(messageTooLarge());
  try {
    const transport = new StdioServerTransport(lines, output, { maxBufferSize: LARGEST_MESSAGE_BYTES });
    server.onerror = (error) => void refuseUnreadable(transport, error);
    await server.connect(transport);
    const whenAnswered = followRequests(transport);
    const isEnded = await waitForEnd(lines, AbortSignal.any([signal, ends.signal]));
    if (isEnded) {
      const late = clock.sleep(LAST_ANSWERS_MS, AbortSignal.any([signal, stopped.signal]));
      await Promise.race([whenAnswered(), late.catch(() => {})]);
    }
  } finally {
    delete server.onclose;
    delete server.onerror;
    stopped.abort();
    await server.close();
    // An input that is still being read keeps the process alive.
    input.destroy();
  }
  ends.signal.throwIfAborted();
}

/**
 * Responds to a line that is not a message, because the library only reports it. The id of the request is unknown, so
 * the response has none.
 */
async function refuseUnreadable(transport: StdioServerTransport, error: Error): Promise<void> {
  const isText = error instanceof SyntaxError;
  if (!isText && error.name !== "ZodError") return;
  await transport.send({
    jsonrpc: "2.0",
    error: isText
      ? { code: ErrorCode.ParseError, message: "the line is not JSON" }
      : { code: ErrorCode.InvalidRequest, message: "the line is not a JSON-RPC 2.0 message" },
  });
}

function messageTooLarge(): UsageError {
  return new UsageError(
    "usage.file",
    `a message on standard input is larger than ${LARGEST_MESSAGE_BYTES >> 20} MiB`,
    {
      hint: "shorten the text, or explain the file instead: genscope explain FILE",
    },
  );
}

/**
 * Tracks the requests of a connection from their arrival, before a handler runs, to their response.
 * @returns a function that waits until every request that has arrived is answered
 */
function followRequests(transport: StdioServerTransport): () => Promise<void> {
  const open = new Set<RequestId>();
  const answered = new EventEmitter();
  const receive = transport.onmessage;
  transport.onmessage = (message) => {
    if (isJSONRPCRequest(message)) open.add(message.id);
    receive?.(message);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message) => {
    await send(message);
    if (!("method" in message) && message.id !== undefined) open.delete(message.id);
    if (open.size === 0) answered.emit("all");
  };
  return async () => {
    if (open.size > 0) await once(answered, "all");
  };
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

/**
 * Returns the global flags for the command of every call. They include `--no-input`, because a prompt would wait
 * forever.
 */
function flagsOf({ profile, region, timeout, caCert }: GlobalOptions): readonly string[] {
  const given = { "--profile": profile, "--region": region, "--timeout": timeout, "--ca-cert": caCert };
  return [
    "--json",
    "--no-input",
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
  ];
}
