import { findTopic, isTopicName, type Topic, topicOperation } from "../../facts/topic.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import type { SourceText } from "../text/source-text.ts";
import { type Judgement, judgement } from "./finding.ts";

/** Matches a quoted string that begins like a topic, with the strings and expressions that are joined to it. */
const JOINED =
  /(["'`])(v2\.(?:(?!\1)[^\\\n])*)\1((?:\s*\+\s*(?:[\w.$()[\]]+|(["'`])(?:(?!\4)[^\\\n])*\4))*)/g;
/** Matches a topic without quotes, as in YAML, shell and configuration files. */
const BARE = /(?<![\w./"'`-])v2(?:\.(?:\$?\{[\w.-]{1,80}\}|[\w<>$*-]{1,80})){2,12}(?![\w"'`/-])/g;
/**
 * Matches a word that represents an id: a placeholder, a variable, or a real id. Any other last word may be a file
 * extension.
 */
const ID_WORD = /^(?:[{<$*]|[0-9a-f]{8}-[0-9a-f-]{27}$)/i;
const PLACEHOLDER = /\$\{[^}]*\}|#\{[^}]*\}|\{[^}]*\}|%[sdv]|<[^>]*>/g;
const ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** Returns whether the text contains anything that may be a topic. */
export function mayHoldTopics(text: string): boolean {
  return /(?<![\w./-])v2\.[a-z]{1,60}\./.test(text);
}

/** Finds the notification topics that the text subscribes to, with placeholders for the ids. */
export function findTopics(
  source: SourceText,
  index: ScanIndex,
): readonly { readonly offset: number; readonly judgement: Judgement }[] {
  const topics = index.catalogue.topics();
  const quoted = Array.from(source.text.matchAll(JOINED), (match) => ({
    offset: match.index,
    name: nameOf(match[2] ?? "", match[3] ?? ""),
  }));
  const { mode } = source.language;
  const bare =
    mode === "code"
      ? []
      : Array.from(source.text.matchAll(BARE), ({ index: offset, 0: name }) => ({ offset, name }));
  return [...quoted, ...bare.filter(({ name }) => endsLike(findTopic(topics, name), name))].flatMap(
    ({ offset, name }) => {
      const topic = isTopicName(name) ? findTopic(topics, name) : null;
      if (topic === null) return [];
      const isComment = mode === "prose" || source.commentAt(offset) !== null;
      return [
        {
          offset,
          judgement: judgement({
            kind: isComment ? "comment" : "topic",
            confidence: isComment ? "low" : "high",
            operation: topicOperation(topic),
            path: topic.topic,
            message: `subscribes to \`${topic.topic}\``,
          }),
        },
      ];
    },
  );
}

/** Returns whether a name ends like the topic: when the topic ends with an id, the last word must represent an id. */
function endsLike(topic: Topic | null, name: string): boolean {
  return topic?.topic.endsWith("{id}") !== true || ID_WORD.test(name.slice(name.lastIndexOf(".") + 1));
}

/** Joins the parts of a topic; an expression between two strings is an id. */
function nameOf(first: string, rest: string): string {
  const parts = [...rest.matchAll(/\+\s*(?:(["'`])(.*?)\1|[\w.$()[\]]+)/g)].map(([, quote, text]) =>
    quote === undefined ? "{id}" : (text ?? ""),
  );
  return [first, ...parts].join("").replace(PLACEHOLDER, "{id}").replace(ID, "{id}");
}
