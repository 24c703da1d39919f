import { findTopic, isTopicName, topicOperation } from "../../facts/topic.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Judgement, judgement } from "./finding.ts";

/** A quoted text that begins like a topic, with the texts and expressions that are joined to it. */
const JOINED =
  /(["'`])(v2\.(?:(?!\1)[^\\\n])*)\1((?:\s*\+\s*(?:[\w.$()[\]]+|(["'`])(?:(?!\4)[^\\\n])*\4))*)/g;
const PLACEHOLDER = /\$\{[^}]*\}|#\{[^}]*\}|\{[^}]*\}|%[sdv]|<[^>]*>/g;
const ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** Whether a text contains anything that may be a topic. */
export function mayHoldTopics(text: string): boolean {
  return /["'`]v2\.[a-z]+\./.test(text);
}

/** Finds the notification topics that a text subscribes to, with placeholders for the ids. */
export function findTopics(
  source: SourceText,
  index: ScanIndex,
): readonly { readonly offset: number; readonly judgement: Judgement }[] {
  const topics = index.catalogue.topics();
  return [...source.text.matchAll(JOINED)].flatMap((match) => {
    const name = nameOf(match[2] ?? "", match[3] ?? "");
    const topic = isTopicName(name) ? findTopic(topics, name) : null;
    if (topic === null) return [];
    const isComment = source.commentAt(match.index) !== null;
    return [
      {
        offset: match.index,
        judgement: judgement({
          kind: isComment ? "comment" : "topic",
          confidence: isComment ? "low" : "high",
          operation: topicOperation(topic),
          path: topic.topic,
          message: `subscribes to \`${topic.topic}\``,
        }),
      },
    ];
  });
}

/** Joins the parts of a topic; an expression between two texts is an id. */
function nameOf(first: string, rest: string): string {
  const parts = [...rest.matchAll(/\+\s*(?:(["'`])(.*?)\1|[\w.$()[\]]+)/g)].map(([, quote, text]) =>
    quote === undefined ? "{id}" : (text ?? ""),
  );
  return [first, ...parts].join("").replace(PLACEHOLDER, "{id}").replace(ID, "{id}");
}
