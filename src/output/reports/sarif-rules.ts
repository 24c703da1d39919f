/** What a rule says on its page in a code scanner. */
interface RuleDescription {
  readonly name?: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string };
}

/** Each layer that can refuse a call: what it means, and who can do something about it. */
const LAYER_RULES: Readonly<Record<string, readonly [short: string, help: string]>> = {
  token: ["The token is not accepted", "Log in again, or have the OAuth client enabled."],
  ip: ["The address is not allowed", "An administrator allows the address of the machine that calls."],
  scope: ["The OAuth client lacks a scope", "Add the scope to the OAuth client, then log in again."],
  context: [
    "The operation is for another kind of token",
    "Use a user's token, or a client's, as the operation wants.",
  ],
  permission: [
    "A permission is missing",
    "Assign a role that holds the permission; the message names the smallest one.",
  ],
  division: [
    "A permission is not held in the division",
    "Give the role in the division of the object as well.",
  ],
  condition: [
    "A permission is held under a condition only",
    "Check the role's condition against the objects that are needed.",
  ],
  policy: ["An access policy may refuse the call", "Check the access policy; a DENY wins over every role."],
  product: [
    "The organization may not own the product",
    "No role helps where the product or feature is not owned.",
  ],
};

const OTHER_RULE = [
  "Something needed to decide could not be read",
  "The message says what, and which permission lets it be read.",
] as const;

/** Layers by their meaning, kinds of findings by their words: `no-such-path`. */
export function describeRule(rule: string): RuleDescription {
  const layer = LAYER_RULES[rule];
  if (layer === undefined && rule !== "unknown") {
    const words = rule.replaceAll("-", " ");
    return { shortDescription: { text: words }, help: { text: "The message says what to do." } };
  }
  const [short, help] = layer ?? OTHER_RULE;
  return { shortDescription: { text: short }, help: { text: help } };
}
