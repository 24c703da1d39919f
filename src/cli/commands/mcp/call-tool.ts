import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { UsageError } from "../../../core/errors.ts";
import { asRecord, parseJson } from "../../../core/json.ts";
import { factsOfError } from "../../../output/error-facts.ts";
import { jsonText } from "../../../output/json-text.ts";
import { collectOutput } from "../../collected-output.ts";
import type { Context } from "../../context.ts";
import type { AgentTool } from "./tools.ts";

const ERROR_DOCUMENT = "genscope/error/v1";

/**
 * Runs the command of a tool and returns its JSON document. A refused API call is a result. Only a command that could
 * not run counts as a tool error.
 * @param flags global flags for every command, such as the profile
 */
export async function callTool(
  context: Pick<Context, "env" | "runApart">,
  tool: AgentTool,
  given: Readonly<Record<string, unknown>>,
  { flags, signal }: { readonly flags: readonly string[]; readonly signal: AbortSignal },
): Promise<CallToolResult> {
  const checked = new AjvJsonSchemaValidator().getValidator(tool.inputSchema)(given);
  if (!checked.valid) return refuse(tool, checked.errorMessage);
  const { argv, input } = tool.commandOf(given);
  const { io, stdout, stderr } = collectOutput(input);
  // Without this, a command that runs in a GitHub workflow would add annotations to its document.
  const env = { ...context.env, GITHUB_ACTIONS: undefined };
  const exitCode = await context.runApart([...flags, ...argv], { env, io, signal });
  return resultOf(asRecord(parseJson(stdout())), exitCode, stderr().trim());
}

function resultOf(
  document: Readonly<Record<string, unknown>>,
  exitCode: number,
  notes: string,
): CallToolResult {
  const isError = document["schema"] === ERROR_DOCUMENT;
  return {
    content: [
      { type: "text", text: jsonText(document) },
      // The document of an error already contains everything that stderr shows.
      ...(isError || notes === "" ? [] : [{ type: "text" as const, text: notes }]),
    ],
    structuredContent: document,
    isError,
    _meta: { "genscope/exitCode": exitCode },
  };
}

function refuse({ name }: AgentTool, reason: string): CallToolResult {
  const error = new UsageError("usage.arguments", `the arguments of \`${name}\` are invalid: ${reason}`, {
    hint: "compare them with the tool's input schema",
  });
  return resultOf({ schema: ERROR_DOCUMENT, error: factsOfError(error), diagnosis: null }, 2, "");
}
