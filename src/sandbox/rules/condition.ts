import type { ConditionNode } from "../state/organization.ts";

/** The variables of a condition, which are attributes of the object in the path and of the request. */
export type Attributes = ReadonlyMap<string, string>;

/**
 * Returns whether the condition of a role or an access policy holds. A variable without a value fails every
 * comparison, because only a proven condition holds.
 */
export function conditionHolds(node: ConditionNode, attributes: Attributes): boolean {
  if (node.terms !== undefined && node.terms.length > 0) {
    return node.conjunction === "OR"
      ? node.terms.some((term) => conditionHolds(term, attributes))
      : node.terms.every((term) => conditionHolds(term, attributes));
  }
  const actual = attributes.get(node.variableName ?? "");
  const expected = (node.operands ?? []).map((operand) =>
    operand.type === "VARIABLE" ? attributes.get(operand.value) : operand.value,
  );
  if (actual === undefined) return false;
  const [first] = expected;
  if (node.operator === "IN") return expected.includes(actual);
  if (first === undefined) return false;
  const order = compare(actual, first);
  switch (node.operator) {
    case "GE":
      return order >= 0;
    case "GT":
      return order > 0;
    case "LE":
      return order <= 0;
    case "LT":
      return order < 0;
    default:
      return order === 0;
  }
}

/** Compares two numbers by size, and any other values as strings. */
function compare(left: string, right: string): number {
  const difference = Number(left) - Number(right);
  if (left !== "" && right !== "" && !Number.isNaN(difference)) return Math.sign(difference);
  return left === right ? 0 : left < right ? -1 : 1;
}
