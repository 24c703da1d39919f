import { ACCESS_TOKEN_VARIABLE, CLIENT_SECRET_VARIABLES } from "../../auth/settings/settings.ts";
import { PASSPHRASE_VARIABLE } from "../../auth/stores/passphrase.ts";
import type { Machine } from "./ports.ts";

export interface Private {
  readonly machine: Pick<Machine, "homeDirectory" | "userName">;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const SECRET_VARIABLES = [ACCESS_TOKEN_VARIABLE, ...CLIENT_SECRET_VARIABLES, PASSPHRASE_VARIABLE] as const;
const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] as const;

/**
 * The same document fit to be given away: the home directory is `~`, the person's name in other paths is
 * `<user>`. Secrets are not in it by construction; should one be all the same, it is taken out by value.
 */
export function redact<Value>(value: Value, { machine, env }: Private): Value {
  const secrets = secretsOf(env).toSorted((a, b) => b.length - a.length);
  const { homeDirectory, userName } = machine;
  const conceal = (text: string): string => {
    const withoutSecrets = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
    const withoutHome =
      homeDirectory.length > 1
        ? replacePart(withoutSecrets, homeDirectory, "~", BEFORE_PATH)
        : withoutSecrets;
    return userName === "" ? withoutHome : replacePart(withoutHome, userName, "<user>", SEPARATOR);
  };
  return mapTexts(value, conceal) as Value;
}

/** What may stand before a path: nothing, or what is no part of one. */
const BEFORE_PATH = /^$|[^\w.~\\/-]/;
const SEPARATOR = /[\\/]/;

/** Replaces whole parts of paths only: `/home/ann` is no part of `/home/anna`, and `root` none of `reroot`. */
function replacePart(text: string, part: string, replacement: string, before: RegExp): string {
  const pieces = text.split(part);
  return pieces.slice(1).reduce((done, rest) => {
    const startsHere = before.test(done.at(-1) ?? "");
    const endsHere = !/^[\w.-]/.test(rest);
    return `${done}${startsHere && endsHere ? replacement : part}${rest}`;
  }, pieces[0] ?? "");
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

/** Whatever the environment holds that is secret, as it is and as a URL words it. */
function secretsOf(env: Private["env"]): readonly string[] {
  const given = SECRET_VARIABLES.map((name) => (env[name] ?? "").trim());
  const fromProxies = PROXY_VARIABLES.flatMap((name) => {
    // With or without a scheme, well-formed or not: whatever stands before the host.
    const [, login = ""] = /^(?:[a-z]+:\/\/)?(.*)@/i.exec(env[name] ?? "") ?? [];
    const password = login.slice(login.indexOf(":") + 1);
    return [login, password, decode(password)];
  });
  // What is shorter occurs by chance, and would only be pointed out.
  return [...given, ...fromProxies].filter((secret) => secret.length >= 4);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
