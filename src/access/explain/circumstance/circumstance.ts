import type { Operation } from "../../../catalogue/facts/operation.ts";
import type { Layer, Remedy } from "../../verdict/verdict.ts";
import { reports } from "../assertion/asserted.ts";
import type { Claim } from "../finding.ts";
import type { Failure } from "../paste/failure.ts";
import { remediesOfKnown } from "../unanswered/known-error.ts";
import { findErrorInAnswer, findErrorInWords } from "../unanswered/known-errors.ts";
import { findAddedScope } from "./added-scope.ts";
import { findBareToken } from "./bare-token.ts";
import { findBrowserLogin } from "./browser-login.ts";
import { findClientRefresh } from "./client-refresh.ts";
import { findCodeExchange } from "./code-exchange.ts";
import { findDataAction } from "./data-action.ts";
import { findIdleToken } from "./idle-token.ts";
import { findLoginForm } from "./login-form.ts";
import { findOtherToken } from "./other-token.ts";
import { findOtherUser } from "./other-user.ts";
import { findRedirectUris } from "./redirect-uris.ts";
import { findRefusedAddress } from "./refused-address.ts";
import { findClientWithoutRoles, findReportedFix } from "./reported-fix.ts";
import { findLateObject } from "./request/late-object.ts";
import { findQueryBody } from "./request/query-body.ts";
import { findTokenKind } from "./token-kind.ts";
import { findUnlistedPermission } from "./unlisted-permission.ts";
import { findVisitorWidget } from "./visitor-widget.ts";
import { findWorkingToken } from "./working-token.ts";
import { findWrongEndpoint } from "./wrong-endpoint.ts";

/** A refusal with the surrounding text that may show its cause. */
export interface CircumstanceFacts {
  readonly failure: Failure;
  readonly status: number | null;
  readonly code: string | null;
  readonly layer: Layer;
  readonly operation: Operation | null;
  /** Whether the catalog has no operation at the path of the request. */
  readonly isUnlisted: boolean;
  /**
   * The text around the failure. Empty when the paste contains different failures, because the text could be about any
   * of them.
   */
  readonly words: string;
}

/** A cause that the status and code do not reveal, found from the operation and the text around the refusal. */
export interface Circumstance {
  readonly layer: Layer;
  /** One sentence without a final period; null when the layer's usual meaning applies. */
  readonly meaning: string | null;
  readonly claims: readonly Claim[];
  /** Remedies to list before the layer's usual ones, or instead of them if `isWholeRemedy`. */
  readonly remedies: readonly Remedy[];
  readonly isWholeRemedy: boolean;
}

/** Maximum number of characters to search. People describe the cause near the failure. */
const LONGEST_TEXT = 40_000;

/** Returns the cause that the text around a refusal reveals; null if none exists. */
export function findCircumstance(given: CircumstanceFacts): Circumstance | null {
  const facts = { ...given, words: given.words.slice(0, LONGEST_TEXT) };
  return (
    ofMessage(facts) ??
    findQueryBody(facts) ??
    findCodeExchange(facts) ??
    findClientRefresh(facts) ??
    findRefusedAddress(facts) ??
    findWrongEndpoint(facts) ??
    findBrowserLogin(facts) ??
    findBareToken(facts) ??
    findOtherToken(facts) ??
    findTokenKind(facts) ??
    findVisitorWidget(facts) ??
    findLoginForm(facts) ??
    findRedirectUris(facts) ??
    findIdleToken(facts) ??
    findWorkingToken(facts) ??
    findLateObject(facts) ??
    findDataAction(facts) ??
    findUnlistedPermission(facts) ??
    ofProduct(facts) ??
    ofLicense(facts) ??
    findReportedFix(facts) ??
    findAddedScope(facts) ??
    findOtherUser(facts) ??
    findClientWithoutRoles(facts)
  );
}

/** Recognizes a known error that an API response quotes, such as one from a data action or an editor. */
function ofMessage({ failure, layer, words }: CircumstanceFacts): Circumstance | null {
  if (layer !== "request" || failure.form === "token-endpoint") return null;
  const text = failure.message === null ? words : `${failure.code} ${failure.message}`;
  const known = failure.message === null ? findErrorInWords(text) : findErrorInAnswer(text);
  return known === null
    ? null
    : {
        layer: known.layer,
        meaning: known.meaning,
        claims: [],
        remedies: remediesOfKnown(known, text),
        isWholeRemedy: true,
      };
}

/** Matches a message that the organization lacks a product. The platform sends it with 400 as well as with 403. */
const NO_PRODUCT =
  /\b(?:org(?:ani[sz]ation)?|tenant|customer)\b[^.\n]{0,20}\b(?:lacks?|(?:does|do|is) ?(?:not|n['’]t) (?:have|own|licen[cs]ed (?:for|to use))|has no|not entitled to|missing)\b[^.\n]{0,40}\b(?:products?|licen[cs]es?|entitlements?|add-?ons?)\b/i;

/** Matches a statement that a license is missing. */
const NO_LICENSE =
  /\b(?:do(?:es)? ?n[o'’]t have|without|no(?! missing)|(?<!\bno )missing|lacks?|requires?|needs?) (?:a |an |the |any |valid )?(?:\w{2,20} ){0,2}licen[cs]es?\b(?! (?:before|until))|\bnot licen[cs]ed\b/i;

/** Matches a message that a feature is not enabled for the organization. */
const NOT_ENABLED =
  /\b(?:feature|toggle|beta|product)\b[^.\n]{0,60}\b(?:not|n['’]t) (?:enabled|available|active)\b|\bnot enabled for (?:this|your|the) org/i;

/** Recognizes a 400 or 403 whose message says that the organization lacks a product. */
function ofProduct({ status, code, layer, words, failure }: CircumstanceFacts): Circumstance | null {
  const isOpen = (status === 400 && layer === "request") || (status === 403 && layer === "unknown");
  const isStated =
    failure.message === null ? code === null && reports(NO_PRODUCT, words) : NO_PRODUCT.test(failure.message);
  if (!isOpen || !isStated) return null;
  return {
    layer: "product",
    meaning: "according to the message, the organization lacks the product; no role change helps",
    claims: [],
    remedies: [
      {
        kind: "ask-support",
        summary: "ask for the product that the message names, or omit the part of the request that needs it",
      },
    ],
    isWholeRemedy: true,
  };
}

/** Recognizes a 403 about a missing license and assigns it to the product layer. */
function ofLicense({ status, code, layer, words, failure }: CircumstanceFacts): Circumstance | null {
  if (status !== 403 || layer !== "unknown" || (code !== null && failure.message === null)) return null;
  if (NOT_ENABLED.test(failure.message ?? "")) {
    return {
      layer: "product",
      meaning:
        "according to the message, the organization does not have the feature enabled; no role change helps",
      claims: [],
      remedies: [],
      isWholeRemedy: false,
    };
  }
  if (failure.message === null ? !reports(NO_LICENSE, words) : !NO_LICENSE.test(failure.message)) return null;
  return {
    layer: "product",
    meaning: "the message is about a missing license; no role change helps",
    claims: [],
    remedies: [],
    isWholeRemedy: false,
  };
}
