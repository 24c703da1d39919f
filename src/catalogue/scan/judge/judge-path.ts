import type { Operation } from "../../facts/operation.ts";
import { describeAbsence } from "../../lookup/absence.ts";
import { nameOf } from "../../lookup/operation-lookup.ts";
import { type Confidence, type Judgement, judgement, weaker } from "./finding.ts";
import { kindOfUse, type PathCase, placeConfidence } from "./path-case.ts";
import { judgeUnknown } from "./unknown-path.ts";
import { judgeUnseen, namesWord } from "./unseen-path.ts";

/** Maximum number of segments in a path. No operation has nearly as many, so longer text was not a single path. */
const MOST_SEGMENTS = 24;

/** Classifies a path in source text: the operations that it calls or may call, or the mistake in it. */
export function judgePath(given: PathCase): readonly Judgement[] {
  const { site, evidence, index } = given;
  if (site.path.split("/").length > MOST_SEGMENTS) return [];
  const operations = index.catalogue.findByPath(site.path);
  if (operations.length === 0) return judgeMiswritten(given) ?? judgeUnseen(given) ?? judgeUnknown(given);
  if (namesWord(site.path, operations[0]?.path ?? "")) {
    const unseen = judgeUnseen(given);
    if (unseen !== null) return unseen;
  }
  const lookup = index.lookUp(site.path, evidence?.methods[0] ?? null);
  if (lookup.kind === "unknown" && lookup.removed !== null) return judgeUnknown(given);
  const sample = lookup.kind === "found" ? lookup : index.lookUp(site.path, operations[0]?.method ?? null);
  const caution = sample.kind === "found" ? sample.caution : null;
  return judgeKnown(given, operations).map((judged) =>
    caution === null
      ? judged
      : { ...judged, confidence: "low" as const, message: `${judged.message}; ${caution}` },
  );
}

/** Classifies a path in capitals. The service may ignore case, but no operation's path is in capitals. */
function judgeMiswritten(given: PathCase): readonly Judgement[] | null {
  const path = given.site.path.replace(/(?<=\/)[^/{]+/g, (word) => word.toLowerCase());
  const operations = path === given.site.path ? [] : given.index.catalogue.findByPath(path);
  if (operations.length === 0) return null;
  return judgeKnown(given, operations).map((judged) => ({
    ...judged,
    confidence: weaker(judged.confidence, "medium"),
    message: `${judged.message}; paths are written in lower case`,
  }));
}

function judgeKnown(given: PathCase, operations: readonly Operation[]): readonly Judgement[] {
  const { site, evidence, index } = given;
  const place = placeConfidence(given, true);
  if (place === null) return [];
  const template = operations[0]?.path ?? site.path;
  const methods = operations.map(({ method }) => method).join(", ");
  const named = evidence?.methods ?? [];
  const called = operations.filter(({ method }) => named.includes(method));
  if (called.length > 0) return called.map((operation) => judgeCall(given, operation, place));
  if (evidence?.isCertain === true) {
    return [
      judgement({
        kind: site.isComment ? "comment" : "wrong-method",
        confidence: site.isComment ? "low" : weaker(place, "medium"),
        path: site.path,
        closest: operations,
        message: `\`${named.join(" or ")} ${template}\` is ${describeAbsence(index.catalogue)} (method from ${evidence.because}); the path has only ${methods}`,
      }),
    ];
  }
  const [only, ...others] = operations;
  // The HTTP method that the code probably sends is stronger evidence than a path that has only one method.
  const isContrary = evidence !== null && !evidence.isSupposed;
  if (only !== undefined && others.length === 0 && !isContrary) return [judgeCall(given, only, place)];
  const message = isContrary
    ? `\`${template}\` has only ${methods}, and the code seems to send ${named.join(" or ")} (${evidence.because})`
    : `the method of \`${template}\` is not visible here: ${methods}`;
  return [
    judgement({
      ...kindOfUse(given, weaker(place, "medium")),
      candidates: operations,
      path: site.path,
      message,
    }),
  ];
}

function judgeCall(given: PathCase, operation: Operation, place: Confidence): Judgement {
  const { site, evidence } = given;
  const isNamed = evidence?.methods.includes(operation.method) === true;
  const sure = isNamed && !evidence.isCertain ? weaker(place, "medium") : place;
  return judgement({
    ...kindOfUse(given, site.isOpenEnded ? weaker(sure, "medium") : sure),
    operation,
    path: site.path,
    message: `\`${nameOf(operation)}\`: ${isNamed ? `method from ${evidence.because}` : "the only operation of this path"}`,
  });
}
