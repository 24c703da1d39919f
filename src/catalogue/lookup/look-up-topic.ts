import { closest } from "../../core/closest.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import { findTopic, topicOperation } from "../facts/topic.ts";
import { CLOSEST_LIMIT, isIdSegment } from "./closest-operations.ts";
import { fieldWords, likeness } from "./field-words.ts";
import type { OperationLookup } from "./operation-lookup.ts";

/** Maximum edit distance of a suggestion. Names that differ more have too little in common. */
const FARTHEST = 12;
/** Minimum similarity of two words for their topics to be related. */
const RELATED = 0.6;

/** Looks up a notification topic. The name may contain real ids. */
export function lookUpTopic(catalogue: Catalogue, name: string): OperationLookup {
  const topics = catalogue.topics();
  const topic = findTopic(topics, name);
  if (topic === null) {
    const names = topics.map((each) => each.topic);
    const words = wordsOf(name);
    const related = names.filter((each) =>
      wordsOf(each).some((word) => words.some((given) => likeness(given, word) >= RELATED)),
    );
    const near = closest(name.toLowerCase(), related, CLOSEST_LIMIT, FARTHEST);
    return {
      kind: "unknown",
      closest: near
        .flatMap((each) => topics.filter(({ topic: known }) => known === each))
        .map(topicOperation),
      correction: `not among the notification topics of ${topics[0]?.provenance.date ?? catalogue.date}`,
      isCertain: false,
      removed: null,
    };
  }
  const words = name.split(".");
  const pathArguments = topic.topic.split(".").flatMap((part, index) => {
    const value = words[index] ?? "";
    return part === "{id}" && /^[\w-]+$/.test(value) ? [{ name: "id", value }] : [];
  });
  return { kind: "found", operation: topicOperation(topic), pathArguments, caution: null };
}

/** Returns the stems of the words in a topic's name, without the version and ids. */
function wordsOf(name: string): readonly string[] {
  return fieldWords(
    name
      .split(".")
      .slice(1)
      .filter((part) => !isIdSegment(part)),
  );
}
