import { reports } from "../assertion/asserted.ts";
import { OPENS_API } from "../claims/misconceptions/product-misconceptions.ts";
import { stateTopics } from "../claims/topic-claims.ts";
import { type Finding, NOTHING_REFUSED } from "../finding.ts";
import type { ExplainKnowledge } from "../knowledge.ts";

/** Maximum number of characters to search. */
const LONGEST_TEXT = 40_000;
const ABOUT_CHANNELS =
  /\/notifications\/channels\b|\bnotification (?:channel|service|topic)s?\b|\bstreaming\.[\w.-]{4,60}|\bchannel\.metadata\b|\bsubscri(?:be|bed|ption)\w{0,3}\b[\s\S]{0,400}\b(?:web ?socket|topic|channel)|\b(?:web ?socket|topic|channel)s?\b[\s\S]{0,400}\bsubscri(?:be|bed|ption)|\bEventBridge\b/i;
const SILENT =
  /\b(?:\w{2,6}n['’]t|(?:do|does|did) not|no|any|without|never|not|only|zero|stop(?:s|ped)?|hardly)\b(?! errors?\b)[^.,\n]{0,50}\b(?:events?|notifications?|messages?|updates?|heartbeats?)\b[^.\n]{0,40}|\b(?:events?|notifications?)\b[^.,\n]{0,40}\b(?:stop(?:s|ped)?|never|missing|do(?:es)? ?n['o’]t|not)\b(?! an? )[^.\n]{0,30}\b(?:arriv\w{1,4}|com(?:e|ing)|receiv\w{1,4}|fir(?:e|ed|ing)|sent)?/i;
const ARRIVES =
  /\b(?:receiv\w{1,4}|arriv\w{1,4}|get(?:ting)?|got|com(?:e|es|ing)|see(?:ing)?|fir(?:e|ed|es|ing)|deliver\w{0,3}|heartbeats?|events? stop)\b/i;

/**
 * Explains a subscription that was accepted but receives no events. No call was refused, so no response shows a
 * cause. Null for any other text.
 */
export function explainSilence(
  words: string,
  knowledge: Pick<ExplainKnowledge, "findTopic">,
): Finding | null {
  const text = words.slice(0, LONGEST_TEXT);
  // A socket at an address of the API cannot receive events.
  if (!ABOUT_CHANNELS.test(text) || new RegExp(OPENS_API, "i").test(text)) return null;
  if (!reports(SILENT, text) || !ARRIVES.test(text)) return null;
  const { found, claims } = stateTopics(text, knowledge);
  const [topic] = found;
  return {
    ...NOTHING_REFUSED,
    layer: "none",
    topics: found.map(({ path }) => path),
    summary:
      "no call was refused: an accepted subscription sends an event the next time its object changes, and only on the socket of the channel that it belongs to",
    claims,
    remedies: [
      {
        kind: "none",
        summary:
          "list the subscriptions of the channel (`GET /api/v2/notifications/channels/{channelId}/subscriptions`) and compare the channel's id with the id in the socket's `connectUri`; `PUT` replaces the whole list, `POST` adds to it",
      },
      {
        kind: "none",
        summary:
          "compare the ids in the topics with the object that changes, and make a change while the socket is open",
      },
      {
        kind: "none",
        summary:
          "create a new channel after a day or a lost socket, and subscribe again: channels expire after 24 hours",
      },
      ...(topic === undefined
        ? []
        : [
            {
              kind: "check-live" as const,
              summary: "check what the topic requires",
              command: `genscope check-scopes "${topic.path}"`,
            },
          ]),
    ],
  };
}
