import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { type CallToolResult, CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";
import { onTestFinished } from "vitest";
import { type Json, json } from "../sandbox/client.ts";
import { BIN } from "./genscope-process.ts";
import { absentDir } from "./temp-dir.ts";

/** The result of a tool call, with accessors for its structured content. */
export interface ToolAnswer extends Json {
  readonly isError: boolean;
  readonly result: CallToolResult;
}

/** An agent: the official client of the protocol, connected to the built program. */
export interface Agent {
  readonly client: Client;
  readonly pid: number;
  call(name: string, given?: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
}

/** Starts `genscope mcp` with this environment and connects a client. Both end with the test. */
export async function startAgent(
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Agent> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, "mcp", ...flags],
    env: { PATH: process.env["PATH"] ?? "", GENSCOPE_CONFIG_DIR: absentDir(), ...env },
    stderr: "inherit",
  });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  onTestFinished(async () => await client.close());
  return {
    client,
    pid: transport.pid ?? -1,
    call: async (name, given = {}) => {
      const result = await client.callTool({ name, arguments: { ...given } }, CallToolResultSchema, {
        timeout: 900_000,
      });
      return {
        ...json(result.structuredContent),
        isError: result.isError === true,
        result: result as CallToolResult,
      };
    },
  };
}
