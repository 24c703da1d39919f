import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { call, clientHolding, type Reply, sandboxFor } from "./client.ts";

/** Permissions to read all data of the sandbox. */
const READ = [
  "analytics:*:view",
  "architect:*:view",
  "audits:audit:view",
  "directory:user:view",
  "externalContacts:contact:view",
  "groups:team:view",
  "outbound:*:view",
  "presence:presenceDefinition:view",
  "relate:contact:view",
  "routing:*:view",
  "telephony:plugin:all",
];

/** A sandbox with a client that is allowed to read all of its data. */
export interface DataSandbox {
  readonly sandbox: Sandbox;
  readonly clock: FakeClock;
  readonly token: string;
  ask(operation: string, body?: unknown): Promise<Reply>;
}

/** Starts a large organization as of 2026-10-01T00:00Z. Its last day of data is 2026-09-30. */
export async function dataSandbox(
  options: SandboxOptions = { conversations: 310 },
  division = "*",
): Promise<DataSandbox> {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(options, clock);
  const { token } = await clientHolding(sandbox, READ, division);
  return {
    sandbox,
    clock,
    token,
    ask: (operation, body) => call(sandbox, operation, { token, ...(body === undefined ? {} : { body }) }),
  };
}

/** Returns the interval from the start of the UTC day `first` to the end of the UTC day `last`. */
export function daysOf(first: string, last = first): string {
  const next = new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
  return `${first}T00:00:00.000Z/${next}T00:00:00.000Z`;
}

/** Returns the records of one day or of all days, each as its text. */
export async function truth({ sandbox }: DataSandbox, query: string): Promise<readonly string[]> {
  const { raw } = await call(sandbox, `GET /sandbox/truth/conversations${query}`);
  return raw.split("\n").slice(0, -1);
}

/** Returns the items of a list in a body, byte for byte. */
export function itemsIn(raw: string, key: string): readonly string[] {
  const start = raw.indexOf(`"${key}":[`);
  const items: string[] = [];
  let depth = 0;
  let from = 0;
  let isText = false;
  for (let place = start + key.length + 4; place < raw.length; place += 1) {
    const letter = raw[place];
    if (letter === "\\") {
      place += 1;
    } else if (letter === '"') {
      isText = !isText;
    } else if (!isText && letter === "{") {
      if (depth === 0) from = place;
      depth += 1;
    } else if (!isText && letter === "}") {
      depth -= 1;
      if (depth === 0) items.push(raw.slice(from, place + 1));
    } else if (!isText && depth === 0 && letter === "]") {
      break;
    }
  }
  return items;
}

export const JOBS = "/api/v2/analytics/conversations/details/jobs";

/** Submits a job and polls until it has ended. Returns its id. */
export async function runJob(data: DataSandbox, body: object, path = JOBS): Promise<string> {
  const id = (await data.ask(`POST ${path}`, body)).text("jobId");
  for (let poll = 0; poll < 5; poll += 1) {
    if ((await data.ask(`GET ${path}/${id}`)).status === 200) break;
  }
  return id;
}

/** Reads all pages of a job, byte for byte. Without a page size, the default of the job applies. */
export async function readPages(
  data: DataSandbox,
  id: string,
  pageSize: number | null,
  path = JOBS,
): Promise<readonly Reply[]> {
  const pages: Reply[] = [];
  let cursor: unknown = "";
  do {
    const size = pageSize === null ? "" : `pageSize=${pageSize}&`;
    const query = `${size}cursor=${encodeURIComponent(String(cursor))}`;
    const page = await data.ask(`GET ${path}/${id}/results?${query}`);
    if (page.status !== 200) throw new Error(page.raw);
    pages.push(page);
    cursor = page.at("cursor");
  } while (cursor !== undefined);
  return pages;
}
