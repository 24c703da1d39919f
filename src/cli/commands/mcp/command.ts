import { asRecord, asString } from "../../../core/json.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter, type Root } from "../../root.ts";
import type { McpResult } from "./result.ts";

/** `mcp`: serves the read-only commands as tools for agents, using the Model Context Protocol. */
export function registerMcp(root: Root, context: Context): void {
  root
    .command("mcp")
    .description(
      "serve read-only tools to agents over standard input and output\n\nSpeaks the Model Context Protocol. The tools explain a failure, check operations, show who the token belongs to, list OAuth clients and search the catalog. They return the same JSON documents as `explain`, `check-scopes`, `whoami`, `clients` and `catalog`, and never a token. The command ends when its input ends. With `--json`, lists the tools instead.",
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope mcp", "the command that an agent starts"],
          ["genscope mcp --json", "list the tools with their arguments"],
        ],
        ["0 done", "2 bad flag"],
      ),
    )
    .action(async (_options, command) => {
      const options = command.optsWithGlobals();
      if (options.json === true) {
        await present(context.io, options, await listTools(context), () => []);
        return;
      }
      if (context.io.stdin.isTerminal) {
        await writeNote(context.io, options, "waiting for an agent on standard input; Ctrl-C ends it");
      }
      const { serveTools } = await import("./run.ts");
      await serveTools(context, options);
    });
}

async function listTools({ version }: Pick<Context, "version">): Promise<McpResult> {
  const { TOOLS } = await import("./tools.ts");
  return {
    schema: "genscope/mcp/v1",
    server: { name: "genscope", version },
    tools: TOOLS.map(({ name, title, description, inputSchema, outputSchema }) => ({
      name,
      title,
      description,
      inputSchema,
      document: asString(asRecord(asRecord(asRecord(outputSchema)["properties"])["schema"])["const"]) ?? "",
    })),
  };
}
