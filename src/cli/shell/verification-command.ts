import { shellWord } from "../../core/shell-word.ts";
import { flagWords } from "./command-line.ts";

/** The check to repeat after a change was made. */
export interface Verification {
  readonly operations: readonly string[];
  readonly permissions: readonly string[];
  readonly division: string | null;
  readonly policy: {
    readonly file: string;
    readonly service: string | null;
    readonly environment: string | null;
  } | null;
  readonly profile: string | null;
  /** The checked identity; null for the token in use. */
  readonly identity: { readonly client: string | null; readonly user: string | null } | null;
}

/** Maximum wait for a changed role to take effect, which usually takes about a minute. */
const WAIT = "2m";

/** Returns the command line that verifies a grant, ready to paste into a POSIX shell. */
export function verificationCommand({
  operations,
  permissions,
  division,
  policy,
  profile,
  identity,
}: Verification): string {
  const flags: readonly (readonly [string, string | null])[] = [
    ["--profile", profile],
    ["--client", identity?.client ?? null],
    ["--user", identity?.user ?? null],
    ["--policy", policy?.file ?? null],
    ["--service", policy?.service ?? null],
    ["--env", policy?.environment ?? null],
    ["--division", division],
    ["--wait", WAIT],
    ...permissions.map((permission) => ["--permission", permission] as const),
  ];
  const words = flags.flatMap(([flag, value]) => (value === null ? [] : flagWords(flag, value)));
  const end = operations.some((operation) => operation.startsWith("-")) ? ["--"] : [];
  return ["genscope", "check-scopes", ...words, ...end, ...operations].map(shellWord).join(" ");
}
