import { type Clock, systemClock } from "../../src/core/clock.ts";
import { asRecord } from "../../src/core/json.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { act, sandboxFor } from "../sandbox/client.ts";
import { absentDir } from "./temp-dir.ts";

const DAY_MS = 86_400_000;

/** A sandbox with conversations on days that have ended, and a client that is allowed to export them. */
export interface ExportSandbox {
  readonly sandbox: Sandbox;
  readonly client: { readonly id: string; readonly secret: string };
  /** Environment of the program, with the client's credential. */
  readonly env: Readonly<Record<string, string>>;
  /** Interval of all days that have ended. */
  readonly interval: string;
  /** The days in order. */
  readonly days: readonly { readonly interval: string; readonly isProvisional: false }[];
  /** Returns the date that lies this many days before today, as `YYYY-MM-DD`. */
  dayBefore(days: number): string;
}

export interface ExportSandboxOptions extends SandboxOptions {
  /** Settings of the sandbox that differ from the common ones. */
  readonly settings?: object;
  /** Permissions of the client in addition to those of every test. */
  readonly permissions?: readonly string[];
  /** Clock of the sandbox; the system's clock by default. */
  readonly clock?: Clock;
  /** Called after each response from the API, including those to actions that prepare the sandbox. */
  readonly onRequest?: () => void;
}

/**
 * Settings that make the sandbox as fast as possible. Pages have about thirty records, so that a day has several
 * pages.
 */
const SETTINGS = {
  requestsPerMinute: 1_000_000,
  jobPolls: 0,
  lakeLagSeconds: 0,
  heavyPages: { above: 32, status: 413 },
  gzip: false,
};

const PERMISSIONS = [
  "analytics:conversationDetail:view",
  "analytics:conversationAggregate:view",
  "analytics:userDetail:view",
  "directory:user:view",
  "groups:team:view",
  "oauth:client:view",
  "quality:evaluation:view",
  "recording:recording:view",
  "recording:screenRecording:view",
  "routing:queue:view",
];

/** Starts a sandbox for the test. Its last day is today, which `interval` excludes. */
export async function exportSandbox({
  settings,
  permissions = [],
  clock = systemClock,
  onRequest,
  ...options
}: ExportSandboxOptions = {}): Promise<ExportSandbox> {
  const days = options.days ?? 4;
  const sandbox = await sandboxFor({ conversations: 300, days, ...options }, clock, onRequest);
  const nowMs = clock.now();
  await act(sandbox, "settings.patch", { settings: { ...SETTINGS, ...settings } });
  const made = await act(sandbox, "client.upsert", { name: "Export worker" });
  const client = { id: made.text("id"), secret: made.text("secret") };
  const role = await act(sandbox, "role.upsert", {
    name: "Exporter",
    permissions: [...PERMISSIONS, ...permissions],
  });
  await act(sandbox, "role.grant", { subject: client.id, role: role.at("id"), division: "*" });
  const dayBefore = (count: number) => new Date(nowMs - count * DAY_MS).toISOString().slice(0, 10);
  return {
    sandbox,
    client,
    env: {
      GENSCOPE_CONFIG_DIR: absentDir(),
      GENESYSCLOUD_REGION: sandbox.url,
      GENESYSCLOUD_OAUTHCLIENT_ID: client.id,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret,
    },
    interval: `${dayBefore(days - 1)}/${dayBefore(0)}`,
    days: Array.from({ length: days - 1 }, (_, index) => ({
      interval: `${dayBefore(days - 1 - index)}/${dayBefore(days - 2 - index)}`,
      isProvisional: false,
    })),
    dayBefore,
  };
}

/** A job as the sandbox recorded it. */
export interface SeenJob {
  readonly id: string;
  readonly interval: string;
  readonly isDeleted: boolean;
  /** Number of requests for its state. */
  readonly polls: number;
}

/** Returns every job that was ever submitted. */
export async function jobsOf({ sandbox }: Pick<ExportSandbox, "sandbox">): Promise<readonly SeenJob[]> {
  const response = await fetch(`${sandbox.url}/sandbox/jobs`);
  const { jobs } = asRecord(await response.json());
  return (jobs as readonly Record<string, unknown>[]).map((job) => ({
    id: String(job["id"]),
    interval: String(job["interval"]),
    isDeleted: job["deleted"] === true,
    polls: Number(job["polls"]),
  }));
}
