import { describeWordForId, findWordForId } from "../../catalogue/lookup/word-for-id.ts";
import { type LayerResult, pass, refuse } from "../verdict/layer-result.ts";
import type { RequestValues } from "./request-values.ts";

/**
 * Raises a doubt for a path with a word in place of an id. The platform reads any word as an id, so for a
 * nonexistent path it may ask for the permission of another operation.
 * @param caution the doubt from the lookup of the name; null if absent
 */
export function checkPathValues({ path }: RequestValues, caution: string | null): LayerResult {
  const word = findWordForId(path);
  const summary =
    caution ?? (word === null ? null : `${describeWordForId(word)}, although it looks like a word`);
  if (summary === null) return pass("path");
  return refuse("path", "conditional", [{ kind: "note", summary, word: word?.value ?? null }]);
}
