import { isDeclaration } from "../../../assertion/declaration.ts";
import { isApiPath, type RequestSeen } from "../../failure.ts";
import { findMentions, isUnharmed } from "../../request/mentions.ts";
import { isNamed, OF_CODE, type Sighting, succeeded, unanswered } from "../../sighting.ts";
import { saysSuccess } from "../success-words.ts";

/** Returns the calls in a record without a failure, which succeeded or whose outcome the record does not show. */
export function readCalls(words: string, first: RequestSeen, tags: readonly string[]): readonly Sighting[] {
  const mentions = findMentions(words).filter((mention) => !isUnharmed(mention, words));
  const others = mentions.map(({ request }) => request).filter(({ path }) => path !== first.path);
  const requests = [first, ...others];
  if (saysSuccess(words, mentions)) return requests.map((request) => succeeded(request, tags));
  const isCode = others.some(({ path }) => isApiPath(path)) && words.split("\n").some(isDeclaration);
  const marks = isCode ? [...tags, OF_CODE] : tags;
  return requests.filter(isNamed).map((request) => unanswered(request, marks));
}
