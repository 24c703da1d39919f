import type { Principal } from "../../platform/reading/principal.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { checkLive } from "./live-remedies.ts";
import type { RemedyQuestion } from "./question.ts";

const BUY_PRODUCT: Remedy = {
  kind: "buy-product",
  summary:
    "ask for the license, feature or beta that this permission belongs to: the organization does not own it, and no role change helps",
};

const ASK_ENROLLMENT: Remedy = {
  kind: "ask-support",
  summary: "ask your Genesys account team whether this organization may use the preview; no API shows this",
};

/** Returns the remedies when the organization lacks a product, or may not be enrolled in a preview. */
export function productRemedies(
  _principal: Principal,
  objection: LayerResult,
  question: RemedyQuestion,
): readonly Remedy[] {
  return objection.verdict === "denied" ? [BUY_PRODUCT] : [...checkLive(question), ASK_ENROLLMENT];
}

/** Returns the remedies when the service reports that a product or feature is missing. */
export function usualProductRemedies(): readonly Remedy[] {
  return [BUY_PRODUCT];
}
