import type { Operation } from "../../../catalogue/facts/operation.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { NamedInMessage } from "../../verdict/refusal-facts.ts";
import { allOf, anyOf, asClause, originOf } from "../../verdict/wording.ts";
import type { Claim } from "../finding.ts";
import type { ExplainKnowledge } from "../knowledge.ts";
import { SOURCES, sourceOf } from "./source.ts";

/**
 * Compares the names in a refusal with what the operation requires according to the catalog. Reports names that it does
 * not require, and requirements that the refusal does not name. The service's list is only a hint, because wrong and
 * incomplete lists have been reported.
 * @param message the message of the refusal, which can name alternatives
 */
export function compareWithRequirement(
  operation: Operation | null,
  named: NamedInMessage,
  knowledge: Pick<ExplainKnowledge, "classifyName">,
  message: string | null = null,
): readonly Claim[] {
  return [
    ...(operation === null
      ? []
      : comparePermissions(operation, named.permissions, ANY_OF.test(message ?? ""))),
    ...(operation === null ? [] : compareScopes(operation, named.scopes)),
    ...(operation === null ? [] : stateGrantRule(operation)),
    ...named.permissions.flatMap((permission) => judgeExistence(permission, operation, knowledge)),
  ];
}

/** Matches a message that requires only one of the permissions it names. */
const ANY_OF = /\bat least one of\b|\bany of\b/i;

function comparePermissions(
  operation: Operation,
  named: readonly string[],
  areAlternatives: boolean,
): readonly Claim[] {
  const listNamed = areAlternatives ? anyOf : allOf;
  if (named.length === 0) return [stateRequirement(operation), ...stateCases(operation)];
  if (operation.permissionMode === "UNKNOWN") {
    return [
      {
        text: `\`${nameOf(operation)}\` needs ${listNamed(named)}`,
        verdict: "unknown",
        truth: "the permissions of this operation are not published yet",
        source: sourceOf(operation),
      },
    ];
  }
  const { permissions, conditionalPermissions, permissionMode } = operation;
  const source = sourceOf(operation);
  const isListed = (permission: string): boolean => permissions.some((own) => sameName(own, permission));
  const foreign = named.filter((permission) => !isListed(permission));
  const isConditional = (permission: string): boolean =>
    conditionalPermissions.some((own) => sameName(own, permission));
  const conditional = foreign.filter(isConditional);
  const strange = foreign.filter((permission) => !isConditional(permission));
  const unnamed = permissions.filter((permission) => !named.some((own) => sameName(own, permission)));
  const claims: Claim[] = [];
  if (foreign.length < named.length) {
    const listed = named.filter(isListed);
    claims.push({
      text: `\`${nameOf(operation)}\` needs ${permissionMode === "ANY" ? anyOf(listed) : allOf(listed)}`,
      verdict: "true",
      truth:
        permissionMode === "ANY" && permissions.length > 1
          ? `any one of ${someOf(permissions)} suffices`
          : null,
      source,
    });
  }
  if (conditional.length > 0) {
    claims.push({
      text: `\`${nameOf(operation)}\` needs ${listNamed(conditional)}`,
      verdict: "true",
      truth: "only some requests need it, depending on their content",
      source,
    });
  }
  if (strange.length > 0) {
    claims.push({
      text: `\`${nameOf(operation)}\` needs ${listNamed(strange)}`,
      verdict: "misleading",
      truth: `the message and the catalog disagree: the catalog lists ${listOf(operation)}; check both, because names in messages can be wrong`,
      source,
    });
  }
  if (permissionMode === "ALL" && unnamed.length > 0 && strange.length < named.length) {
    claims.push({
      text: `${allOf(named)} ${named.length === 1 ? "is" : "are"} sufficient`,
      verdict: "false",
      truth: `the operation needs all of ${allOf(permissions)}; the message may name only the first that is missing`,
      source,
    });
  }
  return claims;
}

/** States that only one kind of token can call an operation. A bare 400 does not reveal this. */
function stateGrantRule(operation: Operation): readonly Claim[] {
  const { grantRule } = operation;
  if (grantRule === null) return [];
  return [
    {
      text:
        grantRule === "not-client-credentials"
          ? `\`${nameOf(operation)}\` needs a user's token`
          : `\`${nameOf(operation)}\` needs a client's token`,
      verdict: "true",
      truth:
        grantRule === "not-client-credentials"
          ? "client credentials get 400 `not.a.user`, whatever their roles"
          : "a user's token gets 400 `not.a.client`, whatever the roles",
      source: sourceOf(operation),
    },
  ];
}

/**
 * States the permissions that only some calls of an operation need, for an operation that otherwise requires
 * none.
 */
function stateCases({ permissions, caveats }: Operation): readonly Claim[] {
  if (permissions.length > 0) return [];
  return caveats
    .filter(
      (caveat) =>
        caveat.isConfirmed &&
        caveat.effect === "allowed-becomes-conditional" &&
        caveat.permissions.length > 0,
    )
    .map((caveat) => ({
      text: `some calls to this operation need ${anyOf(caveat.permissions)}`,
      verdict: "true",
      truth: asClause(caveat.statement),
      source: originOf(caveat.provenance),
    }));
}

/** States what a known operation requires, for a response that does not name any requirements. */
export function stateRequirement(operation: Operation): Claim {
  const { permissionMode, permissions, scopes } = operation;
  if (permissionMode === "UNKNOWN") {
    return {
      text: `\`${nameOf(operation)}\` needs a permission`,
      verdict: "unknown",
      truth: "the permissions of this operation are not published yet",
      source: sourceOf(operation),
    };
  }
  const needsScope =
    scopes === null || scopes.length === 0 ? "" : `; a user's token needs scope ${anyOf(scopes)}`;
  const kind = permissionMode === "ALL" && permissions.length > 1 ? "permissions" : "permission";
  return {
    // The API definition lists no permission, but that does not prove that every call passes without one.
    text:
      permissions.length === 0
        ? `the API definition lists no permission for \`${nameOf(operation)}\`${needsScope}`
        : `\`${nameOf(operation)}\` needs ${kind} ${listOf(operation)}${needsScope}`,
    verdict: "true",
    truth: null,
    source: sourceOf(operation),
  };
}

function listOf({ permissionMode, permissions }: Operation): string {
  if (permissions.length === 0) return "no permission";
  return permissionMode === "ANY" ? someOf(permissions) : allOf(permissions);
}

/** Maximum number of alternatives to list. Some operations have more than 70. */
const MOST_ALTERNATIVES = 8;

/** Joins alternatives; replaces the end of a long list with a count. */
function someOf(names: readonly string[]): string {
  if (names.length <= MOST_ALTERNATIVES) return anyOf(names);
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  return `${shown.join(", ")} or ${names.length - shown.length} other permissions`;
}

function compareScopes(operation: Operation, named: readonly string[]): readonly Claim[] {
  if (named.length === 0 || operation.scopes === null) return [];
  const strange = named.filter((scope) => !operation.scopes?.includes(scope));
  const needed = operation.scopes.length === 0 ? "no scope" : anyOf(operation.scopes);
  const isAgreed = strange.length === 0;
  return [
    {
      text: `\`${nameOf(operation)}\` needs scope ${anyOf(named)}`,
      verdict: isAgreed ? "true" : "misleading",
      truth: isAgreed
        ? "one of them suffices, and only user tokens need it"
        : `the message and the catalog disagree: the catalog lists ${needed}`,
      source: sourceOf(operation),
    },
  ];
}

/**
 * Flags a permission that no operation in the catalog needs. It often belongs to a product that the organization
 * does not have.
 */
function judgeExistence(
  permission: string,
  operation: Operation | null,
  { classifyName }: Pick<ExplainKnowledge, "classifyName">,
): readonly Claim[] {
  if (operation?.permissions.some((own) => sameName(own, permission)) === true || permission.includes("*")) {
    return [];
  }
  const match = classifyName(permission);
  if (match.kind !== "invented") return [];
  const closest = match.closestPermissions.slice(0, 3);
  return [
    {
      text: `\`${permission}\` can be assigned`,
      verdict: "unknown",
      truth: `no operation in the catalog needs it${closest.length === 0 ? "" : `; closest: ${anyOf(closest)}`}; if the role editor does not show it either, it belongs to a product or beta that the organization does not have`,
      source: SOURCES.definition,
    },
  ];
}

/** Compares names case-insensitively, because messages do not always use the case of the definition. */
function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
