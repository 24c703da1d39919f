import type { Context } from "./context.ts";
import type { Register, Root } from "./root.ts";

interface CommandEntry {
  /** The line in the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Register>;
}

/**
 * Every command with its summary and its file. A file is loaded only when a command line names the command,
 * so that the list of commands costs no command's own modules.
 */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  login: {
    summary: "obtain a token and remember it",
    load: async () => (await import("./commands/login/command.ts")).registerLogin,
  },
  logout: {
    summary: "revoke the token and forget every secret of the profile",
    load: async () => (await import("./commands/logout/command.ts")).registerLogout,
  },
  token: {
    summary: "print a valid access token for another program, or keep one fresh in a file",
    load: async () => (await import("./commands/token/command.ts")).registerToken,
  },
  profile: {
    summary: "list, choose, show, remove and import named profiles",
    load: async () => (await import("./commands/profile/command.ts")).registerProfile,
  },
  whoami: {
    summary: "say who the credential belongs to, what it holds, and where it came from",
    load: async () => (await import("./commands/whoami/command.ts")).registerWhoami,
  },
  "check-scopes": {
    summary: "say which calls this token may make, which layer refuses, and the smallest fix",
    load: async () => (await import("./commands/check-scopes/command.ts")).registerCheckScopes,
  },
  explain: {
    summary: "say what a pasted failure means, which layer refused, and what helps",
    load: async () => (await import("./commands/explain/command.ts")).registerExplain,
  },
  query: {
    summary: "ask one analytics query or any read operation; a 403 is diagnosed on the spot",
    load: async () => (await import("./commands/query/command.ts")).registerQuery,
  },
  export: {
    summary: "export a dataset in bulk: resumable, each record exactly once",
    load: async () => (await import("./commands/export/command.ts")).registerExport,
  },
  catalog: {
    summary: "look up what API operations require, and keep that knowledge current",
    load: async () => (await import("./commands/catalog/command.ts")).registerCatalog,
  },
  doctor: {
    summary: "check Node, settings, credential store, proxy, certificates, network and clock",
    load: async () => (await import("./commands/doctor/command.ts")).registerDoctor,
  },
  sandbox: {
    summary: "start the embedded look-alike of the platform on 127.0.0.1",
    load: async () => (await import("./commands/sandbox/command.ts")).registerSandbox,
  },
  demo: {
    summary: "see a 403 explained, fixed and gone, on the embedded sandbox",
    load: async () => (await import("./commands/demo/command.ts")).registerDemo,
  },
};

/**
 * Adds every command to the program, in the order of `COMMANDS`. Declares in full those that are needed; the
 * others get only the name and summary that the list of commands and a suggestion for a misspelling print.
 */
export async function addCommands(
  root: Root,
  context: Context,
  isNeeded: (name: string) => boolean,
): Promise<void> {
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    if (isNeeded(name)) await (await load())(root, context);
    else root.command(name);
    root.commands.at(-1)?.summary(summary);
  }
}
