import { redactLine } from "../../core/redaction/redact-secrets.ts";
import { oneLine } from "../../core/text.ts";
import type { ApiAnswer, ApiRequest } from "./api.ts";
import { ApiError } from "./api-error.ts";

const SHOWN_CHARACTERS = 120;

/**
 * Returns the error for a response that is not the platform's JSON: a redirect, a proxy's HTML page, an empty
 * or broken body. It describes the response and the usual cause.
 */
export function foreignAnswerError(
  request: Pick<ApiRequest, "method" | "path">,
  answer: ApiAnswer,
  apiUrl: string,
): ApiError {
  const { code, what, hint } = describeForeignAnswer(answer, apiUrl);
  return new ApiError(code, `\`${request.method} ${request.path}\` returned ${answer.status} with ${what}`, {
    request,
    answer,
    hint,
  });
}

export interface ForeignAnswer {
  readonly code:
    | "api.redirect"
    | "api.empty"
    | "api.html"
    | "api.truncated"
    | "api.not_json"
    | "api.foreign_json";
  /** Description of the response, worded to follow "returned 200 with". */
  readonly what: string;
  readonly hint: string;
}

/** Describes a response that is not JSON, with the probable cause. */
export function describeForeignAnswer(
  answer: Pick<ApiAnswer, "status" | "headers" | "text" | "body">,
  baseUrl: string,
): ForeignAnswer {
  const type = oneLine(answer.headers["content-type"] ?? "no content type", 80);
  const text = answer.text.trim();
  const start = `\`${oneLine(redactLine(text.slice(0, 2 * SHOWN_CHARACTERS)), SHOWN_CHARACTERS)}\``;

  if (answer.status >= 300 && answer.status < 400) {
    return {
      code: "api.redirect",
      what: `a redirect to \`${redirectTarget(answer.headers["location"], baseUrl)}\``,
      hint: `genscope does not follow redirects, so that it sends the token only to \`${baseUrl}\`: check the region, and whether a proxy requires a login`,
    };
  }
  if (text === "") {
    return {
      code: "api.empty",
      what: "an empty body",
      hint: `try again; if it persists, check that \`${baseUrl}\` is the Platform API and not a proxy`,
    };
  }
  if (answer.body !== undefined) {
    return {
      code: "api.foreign_json",
      what: `JSON that is not in the platform's format and starts with ${start}`,
      hint: `check that \`${baseUrl}\` is the Platform API and not a proxy`,
    };
  }
  if (/^(<!doctype|<html|<\?xml|<head|<body)/i.test(text) || type.includes("html")) {
    return {
      code: "api.html",
      what: `a page (${type}) that starts with ${start}`,
      hint: `a proxy, a firewall or a login page responded instead of the Platform API: check \`${baseUrl}\`, then \`HTTPS_PROXY\` and \`NO_PROXY\``,
    };
  }
  if (type.includes("json") && /^[[{]/.test(text)) {
    return {
      code: "api.truncated",
      what: `broken JSON that starts with ${start}`,
      hint: `the response was truncated or changed in transit: try again, then check the proxy between this machine and \`${baseUrl}\``,
    };
  }
  return {
    code: "api.not_json",
    what: `content that is not JSON (${type}) and starts with ${start}`,
    hint: `check that \`${baseUrl}\` is the Platform API: \`--region\`, \`GENESYSCLOUD_REGION\``,
  };
}

/** Returns the target of a redirect without its query, which may contain a code or a token. */
function redirectTarget(location: string | undefined, baseUrl: string): string {
  if (location === undefined || !URL.canParse(location, baseUrl)) return "nowhere";
  const target = new URL(location, baseUrl);
  return oneLine(`${target.origin}${target.pathname}`, 200);
}
