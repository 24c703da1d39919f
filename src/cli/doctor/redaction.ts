import { ACCESS_TOKEN_VARIABLE, CLIENT_SECRET_VARIABLES } from "../../auth/settings/settings.ts";
import { PASSPHRASE_VARIABLE } from "../../auth/stores/passphrase.ts";
import { hideKnown, spellingsOf } from "../../core/redaction/known-secrets.ts";
import type { Machine } from "./ports.ts";

export interface Private {
  readonly machine: Pick<Machine, "homeDirectory" | "userName">;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const SECRET_VARIABLES = [ACCESS_TOKEN_VARIABLE, ...CLIENT_SECRET_VARIABLES, PASSPHRASE_VARIABLE] as const;
const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] as const;

/**
 * Returns the document in a form that can be shared: the home directory as `~`, the user's name in other paths as
 * `<user>`. The document should contain no secrets in the first place. As a second defense, removes the values of known
 * secrets.
 */
export function redact<Value>(value: Value, { machine, env }: Private): Value {
  const spellings = spellingsOf(secretsOf(env));
  const { homeDirectory, userName } = machine;
  const conceal = (text: string): string => {
    const withoutSecrets = hideKnown(text, spellings);
    const withoutHome =
      homeDirectory.length > 1
        ? replacePart(withoutSecrets, homeDirectory, "~", BEFORE_PATH)
        : withoutSecrets;
    return userName === "" ? withoutHome : replacePart(withoutHome, userName, "<user>", SEPARATOR);
  };
  return mapTexts(value, conceal) as Value;
}

/** Matches the boundary before a path: the start of the text, or a character that is not part of a path. */
const BEFORE_PATH = /^$|[^\w.~\\/-]/;
const SEPARATOR = /[\\/]/;

/**
 * Replaces whole path components only: `/home/ann` does not match in `/home/anna`, nor `root` in `reroot`.
 */
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

/** Returns every secret in the environment. */
function secretsOf(env: Private["env"]): readonly string[] {
  const given = SECRET_VARIABLES.map((name) => (env[name] ?? "").trim());
  const fromProxies = PROXY_VARIABLES.flatMap((name) => {
    // Matches everything before the host, with or without a scheme, well-formed or not.
    const [, login = ""] = /^(?:[a-z]+:\/\/)?(.*)@/i.exec(env[name] ?? "") ?? [];
    const password = login.slice(login.indexOf(":") + 1);
    return [login, password];
  });
  return [...given, ...fromProxies];
}
