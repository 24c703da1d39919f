import { describeWordForId, findWordForId } from "../../catalogue/lookup/word-for-id.ts";
import { type LayerResult, pass, refuse } from "../verdict/layer-result.ts";
import type { RequestValues } from "./request-values.ts";

/**
 * Doubts a path with a word in the place of an id: the platform reads any word as an id, and may answer for a path that
 * does not exist with the permission of another operation.
 * @param caution what the look-up of the name found doubtful; null when it found nothing
 */
export function checkPathValues({ path }: RequestValues, caution: string | null): LayerResult {
  const word = findWordForId(path);
  const summary =
    caution ?? (word === null ? null : `${describeWordForId(word)}, although it looks like a word`);
  return summary === null ? pass("path") : refuse("path", "conditional", [{ kind: "note", summary }]);
}
