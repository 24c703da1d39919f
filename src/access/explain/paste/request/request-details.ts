import { findTopicNames } from "../../../../catalogue/facts/topic.ts";
import type { AuthorizationSeen, RequestSeen } from "../failure.ts";

/**
 * Returns the kind of an `Authorization` value, whose secret has already been removed.
 * @param isSent whether the value was sent literally; in a command or a script, it still contains variables
 */
export function authorizationSeen(value: string, isSent: boolean): AuthorizationSeen {
  const text = value.trim();
  if (/^basic\b/i.test(text)) {
    if (/without base64/.test(text)) return "basic-without-base64";
    return /without id/.test(text) ? "basic-without-id" : "basic";
  }
  if (/^bearer\b/i.test(text)) {
    const isEmpty = /\[empty\]|^bearer$/i.test(text) || (isSent && text.includes("[variable]"));
    return isEmpty ? "empty-bearer" : "bearer";
  }
  return "other";
}

const LONGEST_BODY = 20_000;

/** Describes a request body: its format, field names, topics and grant type, but no other values. */
export function describeBody(
  body: string,
): Pick<RequestSeen, "bodyFields" | "bodyFormat" | "grantType" | "topics"> {
  return { ...describeFields(body.trim()), topics: findTopicNames(body.slice(0, LONGEST_BODY)) };
}

function describeFields(text: string): Pick<RequestSeen, "bodyFields" | "bodyFormat" | "grantType"> {
  if (/^[{[]/.test(text)) {
    const names = [...text.slice(0, LONGEST_BODY).matchAll(/"([\w-]{1,60})"\s{0,4}:/g)].map(
      ([, name = ""]) => name,
    );
    const [, grantType = null] = /"grant_type"\s{0,4}:\s{0,4}"([\w:-]{1,80})"/.exec(text) ?? [];
    return { bodyFields: [...new Set(names)], bodyFormat: "json", grantType };
  }
  const fields = [...text.slice(0, LONGEST_BODY).matchAll(/(?:^|&)([\w.-]{1,60})=/g)].map(
    ([, name = ""]) => name,
  );
  const [, grantType = null] = /(?:^|&)grant_type=([\w:%-]{1,80})/.exec(text) ?? [];
  return fields.length === 0
    ? { bodyFields: [], bodyFormat: null, grantType: null }
    : {
        bodyFields: [...new Set(fields)],
        bodyFormat: "form",
        grantType: grantType === null ? null : decodeField(grantType),
      };
}

function decodeField(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
