import { classifyHost } from "../../../platform/region/host.ts";
import type { ForeignService } from "../../verdict/refusal-facts.ts";
import type { Failure } from "../paste/failure.ts";
import { FOREIGN_SIGNS } from "./foreign-signs.ts";

/** A long text shows who answered at its beginning, where the answer or its exception stands. */
const LONGEST_TEXT = 40_000;
/** The headers and fields that only answers of the platform carry. */
const OF_PLATFORM = /\binin-correlation-id\b|\bgenesys-correlation-id\b|\bcontextId\b/i;

/**
 * Returns the service that answered in place of the platform; null when the answer has the platform's form or nothing
 * speaks against it.
 * @param words the text around the only failure of a paste; empty when others could be meant
 */
export function findForeignAnswer(
  failure: Failure,
  isDeclared: boolean,
  words: string,
  domains: readonly string[],
): ForeignService | null {
  const own = [failure.code, failure.message, ...Object.entries(failure.headers).flat()].join("\n");
  const called = readCalled(`${own}\n${words.slice(0, LONGEST_TEXT)}`);
  if (called !== null) return called;
  if (isOfPlatform(failure, isDeclared)) return null;
  const host = failure.request?.host?.replace(/:\d+$/, "") ?? onlyHost(words);
  const byHost = host === null ? null : FOREIGN_SIGNS.find((sign) => sign.host?.test(host) === true);
  if (byHost != null) return serviceOf(byHost);
  const isPlatformHost = host !== null && classifyHost(host, domains).kind !== "other";
  const text = OF_PLATFORM.test(words) ? own : `${own}\n${words.slice(0, LONGEST_TEXT)}`;
  // A gateway's page about an outage is no decision about the call: the service behind it failed.
  const isOutage = failure.status !== null && failure.status >= 500;
  const sign = FOREIGN_SIGNS.find(
    ({ kind, words: telling }) =>
      !(isOutage && kind === "gateway") &&
      // Another product does not answer at a host of the platform, but a gateway in between does.
      (kind === "gateway" || kind === "caller" || !isPlatformHost) &&
      telling.test(text),
  );
  return sign === undefined ? null : serviceOf(sign);
}

/** Returns the service that a text without a failure of the platform quotes an error of; null without one. */
export function findForeignText(words: string): ForeignService | null {
  const text = words.slice(0, LONGEST_TEXT);
  if (OF_PLATFORM.test(text)) return null;
  const sign = FOREIGN_SIGNS.find(({ words: telling, kind }) => kind !== "called" && telling.test(text));
  return sign === undefined ? null : serviceOf(sign);
}

/** Returns the only host whose URL a text contains; null without one or with several. */
function onlyHost(words: string): string | null {
  const hosts = new Set(
    [...words.slice(0, LONGEST_TEXT).matchAll(/https?:\/\/([a-z0-9.-]{4,200})/gi)].map(([, host = ""]) =>
      host.toLowerCase(),
    ),
  );
  const [only = null] = hosts;
  return hosts.size === 1 ? only : null;
}

/** A data action passes on the answer of the web service that it called, inside an answer of the platform. */
function readCalled(text: string): ForeignService | null {
  const sign = FOREIGN_SIGNS.find(({ kind }) => kind === "called");
  if (sign === undefined || !sign.words.test(text)) return null;
  const [, status] = /\[status:?\s{0,3}(\d{3})\b/i.exec(text) ?? [];
  return { ...serviceOf(sign), status: status === undefined ? null : Number(status) };
}

function isOfPlatform({ contextId, headers, form }: Failure, isDeclared: boolean): boolean {
  return (
    contextId !== null ||
    headers["inin-correlation-id"] !== undefined ||
    headers["genesys-correlation-id"] !== undefined ||
    (form === "api" && isDeclared)
  );
}

function serviceOf({ name, kind }: Pick<ForeignService, "name" | "kind">): ForeignService {
  return { name, kind, status: null };
}
