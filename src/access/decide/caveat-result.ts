import type { Caveat } from "../../catalogue/facts/caveat.ts";
import { type AfterSuccess, type LayerResult, pass, refuse } from "../verdict/layer-result.ts";
import type { Evidence, Layer } from "../verdict/verdict.ts";
import { asClause, originOf } from "../verdict/wording.ts";

/** Returns a caveat as evidence, with its source and date. */
export function caveatEvidence(caveat: Caveat, comment = ""): Evidence {
  const { kind, effect, statement, isConfirmed, permissions, condition, codes, provenance } = caveat;
  const { source, date } = provenance;
  const origin = `${originOf(provenance)}${isConfirmed ? "" : "; inferred"}`;
  return {
    kind: "caveat",
    summary: `${asClause(statement)}${comment} (${origin})`,
    caveat: kind,
    effect,
    statement,
    isConfirmed,
    permissions,
    condition,
    codes,
    source,
    date,
  };
}

/** Returns a result that mentions a caveat without changing the verdict. */
export function mention(caveat: Caveat, comment?: string): LayerResult {
  return pass(layerOf(caveat), caveatEvidence(caveat, comment));
}

/** Details of a doubt that a caveat raises. */
export interface DoubtDetails {
  readonly comment?: string;
  /** The deciding parameter, whose value is unknown. */
  readonly open?: string;
  /** Permissions that together remove the doubt; empty when no permission can. */
  readonly settledBy?: readonly string[];
  readonly afterSuccess?: AfterSuccess;
}

/** Returns the doubt that a caveat raises. It makes an allowed call conditional. */
export function doubt(caveat: Caveat, details: DoubtDetails = {}): LayerResult {
  const { comment, open, settledBy = [], afterSuccess = afterSuccessOf(caveat) } = details;
  const evidence = [{ ...caveatEvidence(caveat, comment), ...(open === undefined ? {} : { open }) }];
  return { ...refuse(layerOf(caveat), "conditional", evidence, { afterSuccess }), caveat, settledBy };
}

/** Returns the layer that would refuse a call because of a caveat. */
export function layerOf({ kind, permissions }: Caveat): Layer {
  switch (kind) {
    case "all-divisions":
      return "division";
    case "current-user":
      return "context";
    case "depends-on-request":
    case "depends-on-object":
      return permissions.length > 0 ? "permission" : "condition";
    case "waived":
    case "reduces":
      return "permission";
    default:
      return "condition";
  }
}

/**
 * Returns whether a successful call settles the doubt of a caveat. It does unless the doubt depends on the request:
 * another request may still be refused.
 */
function afterSuccessOf({ kind }: Caveat): AfterSuccess {
  return kind === "depends-on-request" ? "open" : "settled";
}
