import { onTestFinished } from "vitest";
import { type Clock, systemClock } from "../../src/core/clock.ts";
import { parseJson } from "../../src/core/json.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { packagedDefinition, type SandboxDeps, startSandbox } from "../../src/sandbox/server.ts";
import type { Definition } from "../../src/sandbox/world.ts";
import { keptArchive } from "../support/kept-archive.ts";

/** A JSON value with accessors that take a path such as `entities.0.name`. */
export interface Json {
  readonly value: unknown;
  at(path: string): unknown;
  /** Returns the text at `path`. Fails the test when there is none. */
  text(path: string): string;
  /** Returns the value at `inner` of every item in the list at `path`. */
  each(path: string, inner: string): unknown[];
}

/** A response with its body read and parsed. */
export interface Reply extends Json {
  readonly status: number;
  readonly headers: Headers;
  readonly raw: string;
}

/** Wraps a parsed body. */
export function json(value: unknown): Json {
  const at = (path: string): unknown =>
    path.split(".").reduce<unknown>((inner, name) => {
      return typeof inner === "object" && inner !== null
        ? (inner as Record<string, unknown>)[name]
        : undefined;
    }, value);
  return {
    value,
    at,
    text: (path) => {
      const found = at(path);
      if (typeof found !== "string") throw new Error(`no text at ${path} of ${JSON.stringify(value)}`);
      return found;
    },
    each: (path, inner) => {
      const list = at(path);
      if (!Array.isArray(list)) throw new Error(`no list at ${path} of ${JSON.stringify(value)}`);
      return list.map((item) => json(item).at(inner));
    },
  };
}

/**
 * The definition with which every sandbox starts. Decoding the catalog takes most of the time of a start. Sharing is
 * safe, because a sandbox never changes a definition but replaces it.
 */
let definition: Definition | null = null;

/** Starts a sandbox that shares its first definition with the others of this process. */
export async function launchSandbox(
  options: SandboxOptions = {},
  clock: Clock = systemClock,
  onRequest?: SandboxDeps["onRequest"],
): Promise<Sandbox> {
  definition ??= packagedDefinition();
  return await startSandbox(options, { clock, definition, createArchive: keptArchive, onRequest });
}

/** Starts a sandbox for one test. It is closed when the test ends. */
export async function sandboxFor(
  options: SandboxOptions = {},
  clock: Clock = systemClock,
  onRequest?: SandboxDeps["onRequest"],
): Promise<Sandbox> {
  const sandbox = await launchSandbox(options, clock, onRequest);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Sends `METHOD /path` with a token; an object becomes a JSON body. */
export async function call(
  sandbox: Sandbox,
  operation: string,
  options: {
    readonly token?: string | null;
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<Reply> {
  const [method = "", path = ""] = operation.split(" ");
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: {
      ...(options.token === undefined || options.token === null
        ? {}
        : { Authorization: `Bearer ${options.token}` }),
      ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === "string" ? options.body : JSON.stringify(options.body) }),
  });
  // On Node 20, `text()` decodes megabytes several times slower than a buffer does.
  const raw = Buffer.from(await response.arrayBuffer()).toString("utf8");
  // NDJSON is not one JSON document, and trying to parse it as one would read all of it.
  const isLines = response.headers.get("content-type") === "application/x-ndjson";
  return {
    ...json(isLines ? undefined : parseJson(raw)),
    status: response.status,
    headers: response.headers,
    raw,
  };
}

/** Calls the token endpoint as the official clients do. */
export async function requestToken(
  sandbox: Sandbox,
  id: string,
  secret: string,
  form = "grant_type=client_credentials",
): Promise<Reply> {
  return call(sandbox, "POST /oauth/token", {
    body: form,
    headers: {
      Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "Content-Type": "application/x-www-form-urlencoded",
    },
  });
}

/** Runs an admin action over HTTP and returns its result. */
export async function act(sandbox: Sandbox, action: string, fields: object = {}): Promise<Json> {
  const reply = await call(sandbox, "POST /sandbox/actions", { body: { action, ...fields } });
  if (reply.status !== 200) throw new Error(`${action}: ${reply.raw}`);
  return reply;
}

/** Creates a client-credentials client whose only role has `permissions` in `division`, and a token for it. */
export async function clientHolding(
  sandbox: Sandbox,
  permissions: readonly string[],
  division = "*",
): Promise<{ readonly id: string; readonly token: string }> {
  const client = await act(sandbox, "client.upsert", { name: `Client ${permissions.join(" ")} ${division}` });
  const role = await act(sandbox, "role.upsert", { name: `Role of ${client.text("id")}`, permissions });
  await act(sandbox, "role.grant", { subject: client.at("id"), role: role.at("id"), division });
  const minted = await act(sandbox, "token.mint", { client: client.at("id") });
  return { id: client.text("id"), token: minted.text("access_token") };
}

/** Creates a user whose only role has `permissions` everywhere, and a token for the user with `scopes`. */
export async function userHolding(
  sandbox: Sandbox,
  permissions: readonly string[],
  scopes: readonly string[],
): Promise<{ readonly id: string; readonly token: string }> {
  const user = await act(sandbox, "user.upsert", { name: `User ${permissions.join(" ")}` });
  const role = await act(sandbox, "role.upsert", { name: `Role of ${user.text("id")}`, permissions });
  await act(sandbox, "role.grant", { subject: user.at("id"), role: role.at("id"), division: "*" });
  const minted = await act(sandbox, "token.mint", {
    client: "Agent workbench",
    user: user.at("id"),
    scopes,
  });
  return { id: user.text("id"), token: minted.text("access_token") };
}

/** Returns the fields of a refusal that explain it. */
export function reason(reply: Reply): string {
  return `${reply.status} ${reply.at("code")} ${reply.at("message")}`;
}
