import type { Context } from "./context.ts";
import { GROUPS, type Register, type Root } from "./root.ts";

interface CommandEntry {
  /** The heading under which the list of commands shows the command. */
  readonly group: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Register>;
}

/**
 * All commands with their summaries and modules. A module is loaded only when the command line names its command, so
 * listing the commands loads none of them.
 */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  login: {
    group: GROUPS.logIn,
    summary: "obtain a token and store it in a profile",
    load: async () => (await import("./commands/login/command.ts")).registerLogin,
  },
  logout: {
    group: GROUPS.logIn,
    summary: "log out: revoke the token and erase the profile's secrets",
    load: async () => (await import("./commands/logout/command.ts")).registerLogout,
  },
  token: {
    group: GROUPS.logIn,
    summary: "print a valid access token, or keep one up to date in a file",
    load: async () => (await import("./commands/token/command.ts")).registerToken,
  },
  profile: {
    group: GROUPS.logIn,
    summary: "list and choose named profiles; show, remove and import them",
    load: async () => (await import("./commands/profile/command.ts")).registerProfile,
  },
  whoami: {
    group: GROUPS.logIn,
    summary: "show who the token belongs to, what it holds and where each value came from",
    load: async () => (await import("./commands/whoami/command.ts")).registerWhoami,
  },
  "check-scopes": {
    group: GROUPS.diagnose,
    summary: "show which calls a token may make, which layer refuses the others, and the smallest fix",
    load: async () => (await import("./commands/check-scopes/command.ts")).registerCheckScopes,
  },
  explain: {
    group: GROUPS.diagnose,
    summary: "explain a pasted failure: its meaning, the layer that refused, and the fix",
    load: async () => (await import("./commands/explain/command.ts")).registerExplain,
  },
  clients: {
    group: GROUPS.diagnose,
    summary: "list the OAuth clients: what each holds, uses and lacks, and what breaks next",
    load: async () => (await import("./commands/clients/command.ts")).registerClients,
  },
  query: {
    group: GROUPS.read,
    summary: "run an analytics query or any read operation, and diagnose a 403",
    load: async () => (await import("./commands/query/command.ts")).registerQuery,
  },
  export: {
    group: GROUPS.read,
    summary: "export a dataset in bulk: resumable, each record exactly once",
    load: async () => (await import("./commands/export/command.ts")).registerExport,
  },
  catalog: {
    group: GROUPS.diagnose,
    summary: "search what API operations require, and update the catalog",
    load: async () => (await import("./commands/catalog/command.ts")).registerCatalog,
  },
  record: {
    group: GROUPS.diagnose,
    summary: "list the operations that a program calls, with verdicts, the least-privilege role and a policy",
    load: async () => (await import("./commands/record/command.ts")).registerRecord,
  },
  mcp: {
    group: GROUPS.diagnose,
    summary: "serve read-only tools to agents over standard input and output",
    load: async () => (await import("./commands/mcp/command.ts")).registerMcp,
  },
  doctor: {
    group: GROUPS.setUp,
    summary: "check Node, settings, credential store, proxy, certificates, network and clock",
    load: async () => (await import("./commands/doctor/command.ts")).registerDoctor,
  },
  completion: {
    group: GROUPS.setUp,
    summary: "print the completion script for a shell",
    load: async () => (await import("./commands/completion/command.ts")).registerCompletion,
  },
  sandbox: {
    group: GROUPS.setUp,
    summary: "start the embedded platform sandbox on 127.0.0.1",
    load: async () => (await import("./commands/sandbox/command.ts")).registerSandbox,
  },
  demo: {
    group: GROUPS.setUp,
    summary: "run into a 403 on the embedded sandbox, explain it and fix it",
    load: async () => (await import("./commands/demo/command.ts")).registerDemo,
  },
};

/**
 * Adds every command to the program, in the order of `COMMANDS`. Only the needed commands are declared in
 * full. The others get just a name and a summary, for the list of commands and for suggestions after a typo.
 */
export async function addCommands(
  root: Root,
  context: Context,
  isNeeded: (name: string) => boolean,
): Promise<void> {
  for (const [name, { group, summary, load }] of Object.entries(COMMANDS)) {
    if (isNeeded(name)) await (await load())(root, context);
    else root.command(name);
    root.commands.at(-1)?.summary(summary).helpGroup(group);
  }
}
