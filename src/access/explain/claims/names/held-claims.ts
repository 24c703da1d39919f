import type { Operation } from "../../../../catalogue/facts/operation.ts";
import { nameOf } from "../../../../catalogue/lookup/operation-lookup.ts";
import { allOf, anyOf } from "../../../verdict/wording.ts";
import { wordsAround } from "../../assertion/clause.ts";
import { isOfOthers } from "../../assertion/doubt.ts";
import type { Claim } from "../../finding.ts";
import type { ExplainKnowledge } from "../../knowledge.ts";
import { isAboutHolding, sentencesOf } from "../../paste/text/sentences.ts";
import { sourceOf } from "../source.ts";

const COLONS = /(?<![\w:./-])[a-z]\w{1,40}:[a-z]\w{1,60}:[a-z]\w{1,40}(?![\w:])/gi;
/** Matches a permission as the role editor shows it: `Analytics > Agent Conversation Detail > View`. */
const LEVELS =
  /([A-Z]\w{1,30}(?: [A-Z]\w{1,30}){0,2}) ?[>›→] ?([A-Z]\w{1,30}(?: \w{1,30}){0,4}) ?[>›→] ?([A-Z]\w{1,30})/g;

/**
 * Checks whether the permissions that a role holds according to the text suffice for a refused operation. Empty when
 * the text names none.
 */
export function findHeldClaims(
  story: string,
  operation: Operation | null,
  { isNameKnown, classifyName }: Pick<ExplainKnowledge, "isNameKnown" | "classifyName">,
): readonly Claim[] {
  if (operation === null || operation.permissions.length === 0) return [];
  const { permissions, permissionMode } = operation;
  if (permissionMode === "UNKNOWN") return [];
  const names = sentencesOf(story)
    .filter(
      (sentence) =>
        isAboutHolding(sentence) && !isOfOthers(wordsAround(sentence, sentence.length, sentence.length)),
    )
    .flatMap(namesIn)
    .filter(isNameKnown);
  const held = [
    ...new Set(names.map(classifyName).flatMap((found) => (found.kind === "permission" ? [found.name] : []))),
  ];
  if (held.length === 0) return [];
  const fitting = permissions.filter((permission) => held.includes(permission));
  const isEnough = permissionMode === "ANY" ? fitting.length > 0 : fitting.length === permissions.length;
  const needed = permissionMode === "ANY" ? anyOf(permissions) : allOf(permissions);
  return [
    {
      text: `${allOf(isEnough ? fitting : held)} ${(isEnough ? fitting : held).length === 1 ? "is" : "are"} enough for \`${nameOf(operation)}\``,
      verdict: isEnough ? "true" : "false",
      truth: isEnough
        ? "if the token's own user or client holds it in the division of the object"
        : `the operation needs ${needed}`,
      source: sourceOf(operation),
    },
  ];
}

function namesIn(sentence: string): readonly string[] {
  return [
    ...Array.from(sentence.matchAll(COLONS), ([name]) => name),
    ...Array.from(sentence.matchAll(LEVELS), (match) =>
      match
        .slice(1)
        .map((level) => level.replace(/\s/g, ""))
        .join(":"),
    ),
  ];
}
