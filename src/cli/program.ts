import type { Register } from "./root.ts";

/**
 * Every command and where it lives. Loading is lazy so that one command never pays for another;
 * adding a command is one line here.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  login: async () => (await import("./commands/login.ts")).registerLogin,
  logout: async () => (await import("./commands/logout.ts")).registerLogout,
  token: async () => (await import("./commands/token.ts")).registerToken,
  profile: async () => (await import("./commands/profile.ts")).registerProfile,
  whoami: async () => (await import("./commands/whoami.ts")).registerWhoami,
  "check-scopes": async () => (await import("./commands/check-scopes.ts")).registerCheckScopes,
  explain: async () => (await import("./commands/explain.ts")).registerExplain,
  query: async () => (await import("./commands/query.ts")).registerQuery,
  export: async () => (await import("./commands/export.ts")).registerExport,
  catalog: async () => (await import("./commands/catalog.ts")).registerCatalog,
  doctor: async () => (await import("./commands/doctor.ts")).registerDoctor,
  sandbox: async () => (await import("./commands/sandbox.ts")).registerSandbox,
  demo: async () => (await import("./commands/demo.ts")).registerDemo,
};

const VERSION_FLAGS = ["--version", "-V"];

/**
 * The commands that this command line may mean: those whose name appears in it, or all of them for
 * help, a misspelling or nothing, and none for the version.
 */
export function commandsFor(argv: readonly string[]): readonly (() => Promise<Register>)[] {
  if (VERSION_FLAGS.includes(argv[0] ?? "")) return [];
  const named = Object.entries(COMMANDS).filter(([name]) => argv.includes(name));
  const chosen = named.length === 0 || argv.includes("help") ? Object.entries(COMMANDS) : named;
  return chosen.map(([, load]) => load);
}
