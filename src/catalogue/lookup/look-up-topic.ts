import { closest } from "../../core/closest.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import { findTopic, topicOperation } from "../facts/topic.ts";
import { CLOSEST_LIMIT } from "./closest-operations.ts";
import type { OperationLookup } from "./operation-lookup.ts";

/** Maximum edit distance of a suggestion. Names that differ more have too little in common. */
const FARTHEST = 12;

/** Looks up a notification topic. The name may contain real ids. */
export function lookUpTopic(catalogue: Catalogue, name: string): OperationLookup {
  const topics = catalogue.topics();
  const topic = findTopic(topics, name);
  if (topic === null) {
    const names = topics.map((each) => each.topic);
    const near = closest(name.toLowerCase(), names, CLOSEST_LIMIT, FARTHEST);
    return {
      kind: "unknown",
      closest: topics.filter((each) => near.includes(each.topic)).map(topicOperation),
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
