import type { Caveat } from "../../catalogue/facts/caveat.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import { type CaveatQuestion, findCase, isHeld, isRequestWith, needsTeams } from "./caveat-question.ts";
import { doubt, mention } from "./caveat-result.ts";
import { checkCurrentUser } from "./check-current-user.ts";

/**
 * Applies caveats of an operation that go beyond its list of permissions. They come from reviewed documentation
 * and only weaken a verdict. Caveats that waive a permission are applied in `waivePermissions`.
 */
export function checkCaveats(question: CaveatQuestion): readonly LayerResult[] {
  return question.operation.caveats.flatMap((caveat) => checkCaveat(caveat, question) ?? []);
}

function checkCaveat(caveat: Caveat, question: CaveatQuestion): LayerResult | null {
  switch (caveat.effect) {
    case "allowed-only-if-held-in-all-divisions":
      return isHeld(question, caveat.permissions, [null])
        ? null
        : doubt(caveat, { settledBy: caveat.permissions });
    case "allowed-becomes-conditional":
      return checkCondition(caveat, question);
    case "allowed-but-partial":
      return caveat.permissions.length > 0 && isHeld(question, caveat.permissions) ? null : mention(caveat);
    case "client-refused":
    case "client-doubtful":
      return checkCurrentUser(caveat, question);
    case "note":
    case "starts-query":
    case "not-harmless":
      return caveat.kind === "reading-post" ? null : mention(caveat);
    case "denied-becomes-conditional":
    case "harmless":
    case "harmless-probably":
      return null;
  }
}

/**
 * Checks a caveat with a condition on the request, the object or the grant. Null when the condition does not
 * apply or the token satisfies it.
 */
function checkCondition(caveat: Caveat, question: CaveatQuestion): LayerResult | null {
  if (caveat.condition?.grant === "team-limited") return needsTeams(question) ? mention(caveat) : null;
  if (!isRequestWith(caveat, question)) return null;
  if (question.isSubmitter && isAboutSubmitter(caveat)) return null;
  if (caveat.kind === "own-403" && isExplained(question)) return null;
  if (caveat.cases.some(({ when }) => "in" in when)) return checkCases(caveat, question);
  if (!caveat.isClearedByPermissions) return doubt(caveat);
  return isHeld(question, caveat.permissions) ? null : doubt(caveat, { settledBy: caveat.permissions });
}

/** Checks a caveat whose required permission depends on a value in the path or query. */
function checkCases(caveat: Caveat, question: CaveatQuestion): LayerResult | null {
  const found = findCase(caveat, question);
  switch (found.kind) {
    case "not-asked":
      return null;
    case "open":
      if (found.isInPath) {
        return doubt(caveat, { comment: `; \`${found.name}\` is not given`, open: found.name });
      }
      return isHeld(question, caveat.permissions) ? null : doubt(caveat, { settledBy: caveat.permissions });
    case "unlisted":
      return doubt(caveat, { comment: `; the permission that \`${found.value}\` needs is not published` });
    case "listed": {
      const { permissions, isConfirmed, divisions } = found;
      if (isConfirmed && isHeld(question, permissions, divisions)) return null;
      const comment = `; \`${found.value}\` ${isConfirmed ? "needs" : "probably needs"} ${permissions.map((name) => `\`${name}\``).join(" and ")}`;
      return doubt(caveat, {
        comment,
        settledBy: isConfirmed ? permissions : [],
        // The value is part of the call, so a successful call settles this doubt.
        afterSuccess: "settled",
      });
    }
  }
}

/**
 * Whether the call satisfies another caveat that explains a refusal which the documentation mentions without a reason.
 */
function isExplained(question: CaveatQuestion): boolean {
  return question.operation.caveats.some(
    (caveat) =>
      (question.isSubmitter && isAboutSubmitter(caveat)) ||
      (caveat.cases.some(({ when }) => "in" in when && when.in === "path") &&
        checkCases(caveat, question) === null),
  );
}

function isAboutSubmitter({ condition }: Caveat): boolean {
  return condition?.callerIs === "submitter";
}
