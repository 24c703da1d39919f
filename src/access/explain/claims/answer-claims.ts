import type { Refusal } from "../../../catalogue/facts/refusal.ts";
import type { Layer, Remedy } from "../../verdict/verdict.ts";
import { findBelieved } from "../assertion/asserted.ts";
import type { Claim } from "../finding.ts";
import type { Failure } from "../paste/failure.ts";
import { findNetworkSign } from "../paste/network/network-signs.ts";
import { programOf } from "../paste/program.ts";
import { BODY_ABSENT } from "./false-absence.ts";
import { FOREIGN_CODES } from "./misconceptions/product-misconceptions.ts";
import { SOURCES } from "./source.ts";

/** Maximum number of characters to search. The beginning of the text shows which program wrote it. */
const LONGEST_WORDS = 40_000;

/** A response and the text around it, from which claims are derived. */
export interface AnswerKnown {
  readonly failure: Failure;
  readonly status: number | null;
  readonly code: string | null;
  readonly layer: Layer;
  readonly ids: readonly string[];
  readonly refusals: readonly Refusal[];
  /** The text around the failure; empty when it could be about another failure. */
  readonly words: string;
}

export interface AnswerClaim {
  readonly claim: Claim;
  readonly remedy: Remedy | null;
}

/** Checks the conclusions that people usually draw from the form, headers and code of a response. */
export function findAnswerClaims(known: AnswerKnown): readonly AnswerClaim[] {
  return [
    ...aboutCode(known),
    ...aboutIds(known),
    ...aboutEdge(known),
    ...aboutToken(known),
    ...aboutConnection(known),
    ...aboutWords(known),
    ...aboutClassName(known),
  ];
}

/** Checks the error code against the status, because the meaning of a code depends on the status. */
function aboutCode({ failure, status, code, refusals }: AnswerKnown): readonly AnswerClaim[] {
  if (code === null || status === null || failure.form !== "api") return [];
  if (status === 400 && code === "missing.permissions") {
    return [
      claim(
        "`missing.permissions` means that a role lacks a permission",
        "false",
        "with status 400, it concerns the permissions of a Facebook or Instagram token",
        SOURCES.definition,
      ),
    ];
  }
  if (status >= 500 && /forbidden|denied|unauthorized/.test(code)) {
    return [
      claim(
        `\`${code}\` is not a refusal here`,
        "true",
        `with status ${status} it is a failure of the service`,
        SOURCES.definition,
      ),
    ];
  }
  if (refusals.some((refusal) => refusal.code === code && refusal.status === status)) return [];
  if (code.search(FOREIGN_CODES) !== -1) return [];
  const elsewhere = refusals
    .filter((refusal) => refusal.code === code)
    .map((refusal) => String(refusal.status));
  const truth =
    elsewhere.length === 0
      ? "services also send undeclared codes, so only the status is evidence"
      : `it declares the code only with status ${elsewhere.join(", ")}`;
  return [
    claim(
      `the API definition does not declare \`${code}\` with status ${status}`,
      "true",
      truth,
      SOURCES.definition,
    ),
  ];
}

function aboutIds({ ids }: AnswerKnown): readonly AnswerClaim[] {
  if (ids.length < 2) return [];
  return [
    claim(
      "header and body carry different correlation ids",
      "true",
      `quote both to Genesys support: ${ids.map((id) => `\`${id}\``).join(" and ")}`,
      SOURCES.paste,
    ),
  ];
}

/**
 * Matches text that blames a proxy or firewall. Headers from an intermediary alone do not count, because the text may
 * not blame the intermediary.
 */
const BLAMES_EDGE =
  /\b(?:CloudFront|CDN|proxy|firewall|WAF)\b[^.\n]{0,60}\b(?:block|refus|deni|den(?:y|ies)|reject|caus|return|answer|between|fault|problem|issue)|\b(?:blocked|refused|denied|rejected|caused|returned|because of|comes? from|fault of)\b[^.\n]{0,30}\b(?:CloudFront|CDN|proxy|firewall|WAF)\b|\b(?:is it|is this|could it be|maybe)\b[^.\n]{0,30}\b(?:CloudFront|CDN|proxy|firewall|WAF)\b/i;

/** Corrects text that blames CloudFront because of its headers: every response from the platform has them. */
function aboutEdge({ failure, layer, words }: AnswerKnown): readonly AnswerClaim[] {
  if (findBelieved(BLAMES_EDGE, words).length === 0) return [];
  const isEdge = /cloudfront/i.test(`${failure.headers["x-cache"] ?? ""} ${failure.headers["via"] ?? ""}`);
  if (!isEdge || failure.form !== "api" || layer === "network") return [];
  return [
    claim(
      "a proxy (CloudFront) refused the call",
      "misleading",
      "every API response passes through CloudFront; a JSON error body comes from the platform itself",
      SOURCES.reports,
    ),
  ];
}

function aboutToken({ failure: { request }, layer }: AnswerKnown): readonly AnswerClaim[] {
  if (layer !== "token" || request === null) return [];
  if (request.authorization?.startsWith("basic") === true) {
    return [
      claim(
        "the API accepts a client id and secret",
        "false",
        "Basic authentication is for the token endpoint; the API accepts `Authorization: Bearer <token>`",
        SOURCES.sdks,
        {
          kind: "fix-credentials",
          summary: "request a token first, then send it as `Authorization: Bearer <token>`",
        },
      ),
    ];
  }
  if (request.authorization === "empty-bearer") {
    return [
      claim(
        "the request carries no token",
        "true",
        "the value after `Bearer` is empty, `undefined`, `null` or a variable that was not replaced",
        SOURCES.paste,
      ),
    ];
  }
  return [];
}

function aboutConnection({ failure: { form, message }, words }: AnswerKnown): readonly AnswerClaim[] {
  const sign = form === "network" && message !== null ? findNetworkSign(message) : null;
  if (sign === null) return [];
  return [
    claim(
      "the platform refused the call",
      sign.kind === "stopped" ? "unknown" : "false",
      sign.meaning,
      SOURCES.paste,
      {
        kind: sign.remedyKind,
        summary:
          typeof sign.advice === "string"
            ? sign.advice
            : sign.advice(programOf(`${message ?? ""}\n${words.slice(0, LONGEST_WORDS)}`)),
        command: "genscope doctor",
      },
    ),
  ];
}

/** Flags a Java object name in a message that should contain a permission name. */
function aboutClassName({ failure: { message } }: AnswerKnown): readonly AnswerClaim[] {
  if (
    message === null ||
    !/\b(?:(?:[a-z]\w{0,40}\.){2,8}[A-Z]\w{0,60}@[0-9a-f]{6,8}|com\.(?:inin|genesys|mypurecloud)\.(?:\w{1,40}\.){1,8}[A-Z]\w{0,60})\b/.test(
      message,
    )
  )
    return [];
  return [
    claim(
      "the message does not name the missing permission",
      "true",
      "the message contains the name of a Java object that the service printed by mistake; a role cannot hold that name, and the catalog lists what the operation needs",
      SOURCES.paste,
    ),
  ];
}

/** Asks for the response body when the paste contains only the text of an exception. */
function aboutWords({ failure, code, layer }: AnswerKnown): readonly AnswerClaim[] {
  if (failure.form !== "words" || code !== null || layer !== "unknown") return [];
  return [
    claim(
      BODY_ABSENT,
      "true",
      "the JSON body of the response names the layer and the permission",
      SOURCES.paste,
      {
        kind: "ask-support",
        summary:
          "print the response body from the exception and paste it; Genesys support needs its `contextId`",
      },
    ),
  ];
}

function claim(
  text: string,
  verdict: Claim["verdict"],
  truth: string,
  source: string,
  remedy: Remedy | null = null,
): AnswerClaim {
  return { claim: { text, verdict, truth, source }, remedy };
}
