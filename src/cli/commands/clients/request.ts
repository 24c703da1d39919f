import { CLIENT_FINDING_KINDS, type ClientFindingKind } from "../../../access/clients/client-finding.ts";
import type { RehearsalKind } from "../../../access/rehearsal/rehearsal-kind.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Clock } from "../../../core/clock.ts";
import { UsageError } from "../../../core/errors.ts";
import type { Io } from "../../../core/io.ts";
import type { Connection } from "../../context.ts";
import { readDay } from "../../flags/day-option.ts";

/** The validated request of an inventory. */
export interface ClientsRequest {
  /** Name or id of a single client; null for all. */
  readonly name: string | null;
  /** Number of whole UTC days before today. */
  readonly days: number;
  /** Last day to check for breaking changes, `2027-03-01`; null for no end. */
  readonly asOf: string | null;
  readonly failOn: readonly ClientFindingKind[];
  readonly emit: "role" | "terraform" | null;
  /** A change to rehearse; null without `--rehearse`. */
  readonly rehearse: RehearsalKind | null;
  /** Whether the emitted role also grants the permissions that always-refused calls lack. */
  readonly withRefused: boolean;
  /** Profiles to read, each with its own organization; null for the login in use. */
  readonly profiles: readonly string[] | null;
}

export interface ClientsDependencies {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly io: Io;
  readonly quiet: boolean | undefined;
  /** Connects with the login in use, or with the login of a profile. */
  connect(profile: string | null): Promise<Pick<Connection, "api">>;
  /** Opens the catalog of a host. */
  catalogueOf(apiUrl: string): Promise<Catalogue>;
}

/** The raw flags of the command. */
export interface ClientsFlags {
  readonly days?: string | undefined;
  readonly asOf?: string | undefined;
  readonly failOn?: string | undefined;
  readonly emit?: "role" | "terraform" | undefined;
  readonly includeRefused?: true | undefined;
  readonly rehearse?: RehearsalKind | undefined;
  readonly report?: readonly string[] | undefined;
  readonly profile?: string | undefined;
}

const USUAL_DAYS = 30;
/** Maximum of `--days`. The platform keeps API usage for a year. */
const MOST_DAYS = 365;

/** Reads the command line. @throws UsageError `usage.arguments` for flags that contradict each other, `usage.flag` */
export function readClientsRequest(name: string | undefined, flags: ClientsFlags): ClientsRequest {
  const emit = flags.emit ?? null;
  if (emit !== null && name === undefined) {
    throw new UsageError("usage.arguments", "`--emit` needs one client", {
      hint: "specify one: genscope clients NAME --emit role",
    });
  }
  if (flags.includeRefused === true && emit === null) {
    throw new UsageError("usage.arguments", "`--include-refused` affects only what `--emit` prints", {
      hint: "genscope clients NAME --emit role --include-refused",
    });
  }
  const other = (["emit", "failOn", "report", "asOf"] as const).find((flag) => flags[flag] !== undefined);
  if (flags.rehearse !== undefined && other !== undefined) {
    const name = other.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError("usage.arguments", `\`--rehearse\` and \`--${name}\` cannot be combined`, {
      hint: "a rehearsal has only table and JSON output: genscope clients --rehearse scope-enforcement --json",
    });
  }
  const profiles = listIn(flags.profile);
  if (emit !== null && profiles.length > 1) {
    throw new UsageError("usage.arguments", "`--emit` needs one profile", {
      hint: "choose one: --profile NAME",
    });
  }
  return {
    name: name ?? null,
    days: readDays(flags.days),
    asOf: flags.asOf === undefined ? null : readDay(flags.asOf, "--as-of"),
    failOn: readFailOn(flags.failOn),
    emit,
    rehearse: flags.rehearse ?? null,
    withRefused: flags.includeRefused === true,
    profiles: profiles.length > 1 ? profiles : null,
  };
}

function readDays(text: string | undefined): number {
  if (text === undefined) return USUAL_DAYS;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new UsageError("usage.flag", `\`${text}\` is not a number of days (--days)`, {
    hint: `use a whole number from 1 to ${MOST_DAYS}: --days ${USUAL_DAYS}`,
  });
}

function readFailOn(text: string | undefined): readonly ClientFindingKind[] {
  return listIn(text).map((word) => {
    const kind = CLIENT_FINDING_KINDS.find((each) => each === word.toLowerCase());
    if (kind !== undefined) return kind;
    throw new UsageError("usage.flag", `\`${word}\` is not a finding (--fail-on)`, {
      hint: `choose from ${CLIENT_FINDING_KINDS.join(", ")}: --fail-on failing,expiring`,
    });
  });
}

function listIn(text: string | undefined): readonly string[] {
  const words = (text ?? "").split(",").map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ""))];
}
