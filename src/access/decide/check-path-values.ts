import { describeWordForId, findWordForId } from "../../catalogue/lookup/word-for-id.ts";
import { type LayerResult, pass, refuse } from "../verdict/layer-result.ts";
import type { RequestValues } from "./request-values.ts";

/**
 * Raises a doubt about a path that has a word where an id belongs. The platform reads any word as an id. For a path
 * that does not exist, it may therefore require the permission of a different operation.
 * @param caution the reason for the doubt, from the lookup of the name; null if the lookup raised none
 */
export function checkPathValues({ path }: RequestValues, caution: string | null): LayerResult {
  const word = findWordForId(path);
  const summary =
    caution ?? (word === null ? null : `${describeWordForId(word)}, although it looks like a word`);
  if (summary === null) return pass("path");
  return refuse("path", "conditional", [{ kind: "note", summary, word: word?.value ?? null }]);
}
