import type { JsonRecord } from "../../../src/core/json.ts";
import type { Conversation } from "../../../src/sandbox/conversations/record/conversation.ts";
import type { OAuthClient, PlacedObject, Role, User } from "../../../src/sandbox/state/organization.ts";
import { createRoster, type Roster, SMALL_ROSTER } from "../../../src/sandbox/state/roster.ts";
import type { DEFAULT_SETTINGS } from "../../../src/sandbox/state/settings.ts";
import { act, call, clientHolding } from "../../sandbox/client.ts";
import { credentialsFor } from "../credentials.ts";
import { began, type ExportStage, exportStage } from "../export-stage.ts";
import type { TableTruth } from "./measure.ts";

/** Seed from which the sandbox derives its objects. */
export const SEED = 11;
const SIZES = { ...SMALL_ROSTER, agents: 60, configured: 8, contacts: 230, teams: 9, queues: 7, audits: 900 };
/** The days for which datasets by day are exported. */
export const DAYS = ["2026-10-02", "2026-10-03"] as const;
const END = "2026-10-04";

export const INTERVAL = ["--interval", `${DAYS[0]}/${END}`];

/** The sandbox's content, read without genscope. */
export interface SandboxTruth {
  readonly roster: Roster;
  readonly startedAtMs: number;
  readonly settings: typeof DEFAULT_SETTINGS;
  readonly divisions: readonly JsonRecord[];
  readonly users: readonly User[];
  readonly clients: readonly OAuthClient[];
  readonly roles: readonly Role[];
  /** Grants by the id of their subject. */
  readonly grants: Readonly<
    Record<string, readonly { readonly roleId: string; readonly divisionId: string }[]>
  >;
  readonly objects: readonly PlacedObject[];
  /** Every conversation, with attributes. */
  readonly all: readonly Conversation[];
  /** The conversations that began on `DAYS`. */
  readonly conversations: readonly Conversation[];
  /** The counted requests of `DAYS`. */
  readonly usage: readonly JsonRecord[];
}

/** The records that the sandbox has for a dataset, and the fields to compare. */
export interface DatasetTruth {
  readonly flags?: readonly string[];
  readonly records: (truth: SandboxTruth) => readonly JsonRecord[];
  /** The official model of the records; null for records with no model or with several. */
  readonly model: string | null;
  /** Every table that the export writes. */
  readonly tables: Readonly<Record<string, TableTruth>>;
}

/** Starts a sandbox with a client that is allowed to read everything. */
export async function truthStage(): Promise<ExportStage> {
  const stage = await exportStage({ seed: SEED, conversations: 500, roster: SIZES });
  for (const [operation, status, count] of [
    ["GET /api/v2/routing/queues", 200, 7],
    ["GET /api/v2/users/{userId}", 404, 3],
  ] as const) {
    await act(stage.sandbox, "usage.record", {
      client: "Reporting service",
      operation,
      status,
      count,
      days: 6,
    });
  }
  const { token } = await clientHolding(stage.sandbox, ["*:*:*"]);
  const env = credentialsFor({ ...stage.sandbox, accessToken: token });
  return { ...stage, run: async (argv, options) => await stage.run(argv, { env, ...options }) };
}

/** Reads the state of the sandbox. */
export async function readTruth(stage: ExportStage): Promise<SandboxTruth> {
  const { value } = await call(stage.sandbox, "GET /sandbox/state");
  const { startedAt, settings, organizationId, organizations } = value as {
    startedAt: string;
    settings: typeof DEFAULT_SETTINGS;
    organizationId: string;
    organizations: (Pick<SandboxTruth, "divisions" | "users" | "clients" | "roles" | "grants" | "objects"> & {
      id: string;
    })[];
  };
  const organization = organizations.find(({ id }) => id === organizationId);
  if (organization === undefined) throw new Error("the state lacks the organization");
  const lines = await stage.truth();
  const parse = (texts: ReadonlyMap<string, string>) =>
    [...texts.values()].map((line) => JSON.parse(line) as Conversation);
  const usage = await call(stage.sandbox, "GET /sandbox/truth/usage");
  const { counts } = usage.value as { counts: readonly JsonRecord[] };
  return {
    ...organization,
    settings,
    roster: createRoster(SEED, SIZES),
    startedAtMs: Date.parse(startedAt),
    all: parse(lines),
    conversations: parse(began(lines, DAYS[0], END)),
    usage: counts.filter(({ day }) => String(day) >= DAYS[0] && String(day) < END),
  };
}
