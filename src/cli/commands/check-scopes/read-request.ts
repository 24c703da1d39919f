import { parseDuration } from "../../../core/duration.ts";
import { UsageError } from "../../../core/errors.ts";
import { shellWord } from "../../../core/shell-word.ts";
import { joinMethods } from "../../arguments/operation-arguments.ts";
import { readDay } from "../../flags/day-option.ts";
import type { CheckRequest } from "./request.ts";
import type { EmitKind } from "./result.ts";

/** The flags of `check-scopes` that make up its request. */
export interface CheckFlags {
  readonly permission?: readonly string[] | undefined;
  readonly division?: string | undefined;
  readonly live?: true | undefined;
  readonly offline?: true | undefined;
  readonly policy?: string | undefined;
  readonly service?: string | undefined;
  readonly env?: string | undefined;
  readonly scan?: readonly string[] | undefined;
  readonly writePolicy?: string | undefined;
  readonly force?: true | undefined;
  readonly includeTests?: true | undefined;
  readonly max?: true | undefined;
  readonly emit?: EmitKind | undefined;
  readonly request?: true | undefined;
  readonly diff?: string | undefined;
  readonly wait?: string | undefined;
  readonly asOf?: string | undefined;
  readonly history?: string | undefined;
  readonly client?: string | undefined;
  readonly user?: string | undefined;
}

/**
 * Checks the flags.
 * @throws UsageError when there is nothing to check, and for flags that contradict each other.
 */
export function readRequest(operations: readonly string[], flags: CheckFlags): CheckRequest {
  const request: CheckRequest = {
    operations: joinMethods(operations),
    permissions: flags.permission ?? [],
    policy:
      flags.policy === undefined
        ? null
        : { file: flags.policy, service: flags.service ?? null, environment: flags.env ?? null },
    scan: flags.scan ?? [],
    writePolicy: flags.writePolicy ?? null,
    isForced: flags.force === true,
    withTests: flags.includeTests === true,
    identity: readIdentity(flags),
    division: flags.division ?? null,
    isLive: flags.live === true,
    isOffline: flags.offline === true,
    asOf: flags.asOf === undefined ? null : readDay(flags.asOf, "--as-of"),
    historyMs: flags.history === undefined ? null : readHistoryLength(flags.history),
    isMaximum: flags.max === true,
    emit: flags.emit ?? null,
    diff: flags.diff ?? null,
    isRequested: flags.request === true,
    waitMs: flags.wait === undefined ? null : parseDuration(flags.wait, "--wait", "2m"),
  };
  const names = request.operations.length + request.permissions.length + request.scan.length;
  if (names === 0 && request.policy === null) {
    const hint =
      request.identity === null
        ? "specify an operation: `genscope check-scopes POST /api/v2/analytics/conversations/details/query`"
        : `specify an operation, or list the allowed ones: ${commandFor(request.identity, ["--list"])}`;
    throw new UsageError("usage.nothing_to_check", "nothing to check", { hint });
  }
  const orphan =
    request.policy === null
      ? (["service", "env"] as const).find((name) => flags[name] !== undefined)
      : undefined;
  if (orphan !== undefined) throw incomplete(`--${orphan}`, "--policy FILE");
  if (request.writePolicy !== null && request.scan.length === 0) {
    throw incomplete("--write-policy", "--scan PATH");
  }
  if (request.isForced && request.writePolicy === null) throw incomplete("--force", "--write-policy FILE");
  if (request.asOf !== null && request.historyMs !== null) {
    throw contradiction("`--as-of` and `--history` cannot be combined: audits cover only the past");
  }
  const ofOneToken = (["live", "diff"] as const).find((name) => flags[name] !== undefined);
  if (request.identity !== null && ofOneToken !== undefined) {
    const flag = request.identity.client === null ? "--user" : "--client";
    throw new UsageError("usage.arguments", `\`${flag}\` and \`--${ofOneToken}\` cannot be combined`, {
      hint: `\`--${ofOneToken}\` needs that ${flag === "--user" ? "user" : "client"}'s own token; omit \`--${ofOneToken}\`: ${commandFor(request.identity, request.operations)}`,
    });
  }
  const needsToken = (
    ["live", "max", "request", "diff", "wait", "asOf", "history", "client", "user"] as const
  ).find((name) => flags[name] !== undefined);
  const withoutToken = (["offline", "emit"] as const).find((name) => flags[name] !== undefined);
  if (needsToken !== undefined && withoutToken !== undefined) {
    throw contradiction(
      `\`--${needsToken.replace("O", "-o")}\` and \`--${withoutToken}\` cannot be combined: one needs a token, the other uses none`,
    );
  }
  return request;
}

/** Reads `--client` and `--user`; null for the token in use. */
export function readIdentity({ client, user }: CheckFlags): CheckRequest["identity"] {
  if (client !== undefined) return { client, user: user ?? null };
  return user === undefined ? null : { client: null, user };
}

/** Returns a command to paste that checks an identity. */
function commandFor(
  { client, user }: NonNullable<CheckRequest["identity"]>,
  words: readonly string[],
): string {
  const flags = [
    ...(client === null ? [] : ["--client", client]),
    ...(user === null ? [] : ["--user", user]),
  ];
  return ["genscope", "check-scopes", ...flags, ...words].map(shellWord).join(" ");
}

const DAY_MS = 86_400_000;
const MOST_HISTORY_DAYS = 90;

/**
 * @throws UsageError `usage.duration` for an invalid duration, `usage.flag` for one of more than 90 days or
 * less than a minute
 */
function readHistoryLength(text: string): number {
  const lengthMs = parseDuration(text, "--history", "14d");
  if (lengthMs >= 60_000 && lengthMs <= MOST_HISTORY_DAYS * DAY_MS) return lengthMs;
  throw new UsageError("usage.flag", `\`${text}\` is not a valid history length (--history)`, {
    hint: `use 1m to ${MOST_HISTORY_DAYS}d: --history 14d`,
  });
}

/** Returns the error for a flag that is given without another flag that it requires. */
function incomplete(flag: string, required: string): UsageError {
  const [name] = required.split(" ");
  return new UsageError("usage.arguments", `\`${flag}\` requires \`${name}\``, {
    hint: `add \`${required}\`, or omit \`${flag}\``,
  });
}

/** Returns the error for flags that contradict each other. */
export function contradiction(message: string): UsageError {
  return new UsageError("usage.arguments", message, {
    hint: "use only one of them, or see `genscope check-scopes --help`",
  });
}
