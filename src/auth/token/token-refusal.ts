import type { ErrorCode } from "../../core/error-codes.ts";
import { type AppError, AuthError, UnavailableError } from "../../core/errors.ts";
import { asRecord, asString } from "../../core/json.ts";
import { hideKnown, spellingsOf } from "../../core/redaction/known-secrets.ts";
import { redactLine } from "../../core/redaction/redact-secrets.ts";
import type { Secret } from "../../core/secret.ts";
import { oneLine } from "../../core/text.ts";
import { describeForeignAnswer } from "../../platform/api/foreign-answer.ts";
import { readRefusal } from "../../platform/api/refusal.ts";
import type { Region } from "../../platform/region/region.ts";
import { isTokenThrottle } from "./token-throttle.ts";

export interface TokenRefusalFacts {
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly text: string;
  };
  readonly correlationId: string | null;
  readonly region: Region;
  readonly regionSource: string;
  readonly clientId: string;
  /** Secrets of the request, which must not be shown even when the endpoint quotes them. */
  readonly secrets: readonly Secret[];
}

/** Meaning of a refusal, with one remedy. */
export interface RefusalCause {
  readonly code: ErrorCode;
  readonly summary: string;
  readonly hint: string;
}

/**
 * Explains `error` and its description (RFC 6749 section 5.2) for one grant, because each grant has its own
 * causes.
 */
export type ExplainRefusal = (error: string, said: string | null, facts: TokenRefusalFacts) => RefusalCause;

export const CLIENT_MENU = "Admin > Integrations > OAuth";

/**
 * Returns the error for a refusal from the token endpoint, with its remedy. Statuses do not reliably
 * distinguish an unknown client from a wrong secret, so the endpoint's description takes precedence when it
 * is clear. The region is always named, because valid credentials in the wrong region look like invalid ones.
 */
export function describeTokenRefusal(facts: TokenRefusalFacts, explain: ExplainRefusal): AppError {
  const { answer, correlationId, region, secrets } = facts;
  const body = asRecord(answer.body);
  const error = asString(body["error"]);
  const said = asString(body["error_description"]) ?? asString(body["description"]);
  const options = { correlationId: correlationId ?? undefined };

  if (answer.status === 429 || isTokenThrottle(answer.text)) {
    return new UnavailableError(
      "auth.throttled",
      answer.status === 429
        ? `the token endpoint of \`${region.domain}\` returned 429: the rate limit is exceeded`
        : `the token endpoint of \`${region.domain}\` returned ${answer.status} \`rate limit exceeded\`, the token endpoint's equivalent of 429`,
      {
        ...options,
        hint: "reuse a token through `GENESYSCLOUD_ACCESS_TOKEN` instead of requesting one per run; then try again in a minute",
      },
    );
  }
  if (answer.status >= 500) {
    return new UnavailableError(
      "auth.unavailable",
      `the token endpoint of \`${region.domain}\` returned ${answer.status}`,
      {
        ...options,
        hint: "try again later, and quote the correlation id when you report it",
      },
    );
  }
  const { code, summary, hint } = error === null ? wrongHost(facts) : explain(error, said, facts);
  const quoted = [error, said].filter((text) => text !== null).join(": ");
  const shown =
    quoted === "" ? "" : ` (${answer.status} \`${oneLine(withoutSecrets(quoted, secrets), 200)}\`)`;
  return new AuthError(code, `${summary}${shown}`, { ...options, hint });
}

/**
 * Returns the cause for a response without the token endpoint's envelope, which another service must have
 * sent.
 */
function wrongHost({ answer, region }: TokenRefusalFacts): RefusalCause {
  const what = describeAnswer(answer, region);
  return {
    code: "auth.wrong_host",
    summary: `\`${region.loginUrl}/oauth/token\` returned ${answer.status} with ${what}`,
    hint: "check `--region`, `GENESYSCLOUD_REGION` and the proxy; only `https://login.<domain>/oauth/token` issues tokens",
  };
}

function describeAnswer(answer: TokenRefusalFacts["answer"], region: Region): string {
  if (readRefusal(answer.body) !== null) return "a response from the API, not from the login service";
  // Anything else may contain a token in an unknown format, so no part of it is quoted.
  return answer.status < 300 && /token/i.test(answer.text)
    ? "something that is not a bearer token"
    : describeForeignAnswer(answer, region.loginUrl).what;
}

/** Returns a hint that names the region of the request and describes how to check it. */
export function regionHint({ region, regionSource }: TokenRefusalFacts): string {
  const name = region.id === null ? `\`${region.loginUrl}\`` : `\`${region.id}\` (\`${region.domain}\`)`;
  return (
    `the region in use is ${name}, from ${regionSource}: ` +
    "first check that your Genesys Cloud UI is on the same domain (`apps.<domain>`)"
  );
}

/** Hides the request's secrets in text that the endpoint may have quoted from it. */
function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  return redactLine(hideKnown(text, spellingsOf(secrets.map((secret) => secret.reveal()))));
}
