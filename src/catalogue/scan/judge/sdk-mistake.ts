import { nameOf } from "../../lookup/operation-lookup.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Judgement, judgement } from "./finding.ts";
import { plainSdkName } from "./sdk-call.ts";

/**
 * Matches a call on an instance that is named after an SDK class: `analyticsApi.postAnalytics…(`. The bounds
 * keep the stack of the regular expression small.
 */
const CALL =
  /(?<!\w)([A-Za-z]\w{0,200}?)_?[aA][pP][iI]\s{0,200}(?:\(\s{0,200}\))?\s{0,200}\.\s{0,200}((?:[gG]et|[pP]ost|[pP]ut|[pP]atch|[dD]elete)(?:[A-Z]\w{1,500}|(?:_[a-z0-9]{1,99}){1,99}))\s{0,200}\(/g;
const FEWEST_WORDS = 2;
const OWN_MODULE =
  /\bimport\s+(?:\*\s+as\s+)?(\w+)\s+from\s+["']\.|\b(\w+)\s*=\s*(?:await\s+import|require)\(\s*["']\./g;

/**
 * Finds calls of methods that the SDK no longer has or never had: on an instance of one of its classes, with a
 * name from the class's area. Other names may belong to any library.
 */
export function findSdkMistakes(
  source: SourceText,
  index: ScanIndex,
): readonly { readonly offset: number; readonly judgement: Judgement }[] {
  const calls = Array.from(source.text.matchAll(CALL));
  if (calls.length === 0) return [];
  const own = ownModules(source);
  return calls.flatMap((match) => {
    const [whole, area = "", called = ""] = match;
    const name = plainSdkName(called);
    const plain = name.replaceAll("_", "").toLowerCase();
    const words = plain.replace(/^(?:get|post|put|patch|delete)/, "");
    const areaWord = area.replaceAll("_", "").toLowerCase();
    const isOfArea =
      areaWord.length > 3 && words.startsWith(areaWord) && words.length > areaWord.length + FEWEST_WORDS;
    const isKnown = [called, name].some(
      (spelling) => index.operationsNamed(spelling).length > 0 || index.removedNamed(spelling) !== null,
    );
    const offset = match.index + whole.lastIndexOf(called);
    const receiver = /^\w+/.exec(whole)?.[0] ?? "";
    if (
      !isOfArea ||
      isKnown ||
      own.has(receiver) ||
      source.stringAt(offset) !== null ||
      source.commentAt(offset) !== null
    ) {
      return [];
    }
    const lookup = index.lookUpName(name);
    if (lookup.kind !== "unknown") return [];
    const [first] = lookup.closest;
    const meant =
      first === undefined ? "" : `; the closest is \`${first.operationId}\`, \`${nameOf(first)}\``;
    return [
      {
        offset,
        judgement: judgement({
          kind: "wrong-path",
          confidence: "medium",
          closest: lookup.closest,
          message: `\`${called}\` is not the SDK method of any current operation${meant}`,
        }),
      },
    ];
  });
}

/** Returns the project's own modules that the file imports as a namespace; their functions may have any name. */
function ownModules({ text }: SourceText): ReadonlySet<string> {
  return new Set(
    Array.from(text.matchAll(OWN_MODULE), ([, imported, required]) => imported ?? required ?? ""),
  );
}
