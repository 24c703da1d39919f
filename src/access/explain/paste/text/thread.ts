import { speakerOf, speakersOf } from "./speakers.ts";

/**
 * Matches the first line of a reply: `--- reply ---`, `RE: the subject`, `**name** commented`,
 * `Accepted answer`, `Solution:`.
 */
const REPLY_HEAD =
  /^[\s*#_=•-]{0,8}(?:(?:\d{1,3}[.)] {1,3})?RE: \S|(?:reply|replies|(?:accepted |best |top )?answer|response from|comments?|cause|solution|resolution|suggestion|antwort|respuesta)\b(?: (?:\d{1,3}|by|from|of)\b[^\n]{0,40})?[\s*:_=-]{0,8}$|(?:a\d?|answer|comment|reply)(?: \([\w ]{1,30}\))?: \S|[*@]{0,2}[\w.-]{2,40}(?: [\w.-]{1,30}){0,3}[*]{0,2} (?:\([\w ]{1,30}\) )?(?:commented|replied|answered|responded)\b[^\n]{0,40}$)/i;
/** Matches the line before an earlier message in an email that puts the latest message first. */
const EARLIER_MESSAGE = /^[\s>-]{0,8}Original Message[\s:-]{0,8}$|^On [^\n]{4,120} wrote:$/i;
const QUOTE = /^\s{0,4}(?:>|↳|\|-|[▲△⬆])/;
/** Matches a command after a shell prompt (`> `). Such a line is not a quotation. */
const PROMPT = /^> (?:gc|curl(?:\.exe)?|terraform|tofu|npm|node|python3?|java|dotnet|go) \S/;
/** Matches lines of `curl -v`, which also begin with `>` but are not quotations. */
const TRANSCRIPT = /^[<>] ?(?:[A-Z]{3,7} \/|HTTP\/\d|[\w-]{2,40}: )/m;
/** Matches the first words of a paragraph that gives advice to the original poster. */
const ADVICE =
  /^(?:(?:hi|hello|hey)\b[^\n]{0,30}[,!] )?(?:(?:you(?:'ll| will| may| might)? (?:need|have|want|should|must|can(?:'t|not)?|could|might)\b|have you (?:tried|checked|verified|looked)|did you (?:try|check|verify)|you(?:'re| are) (?:likely|probably|most likely|missing|hitting|mixing|confusing)\b|are you (?:sure|on|using|hitting|sending|passing|calling)\b|tl;? ?dr\b|(?:please |just |also |first,? |instead,? )?(?:make sure|double[- ]check|check (?:the|your|that|if|whether|for)|verify (?:the|your|that)|ensure|try (?:to|the|adding|using|setting|switching|splitting)|consider|look (?:at|into))|the (?:easiest|best|simplest|quickest|usual|correct|right) (?:way|fix|approach|solution)\b|(?:the )?(?:docs|documentation)(?: actually| clearly)? (?:says?|states?|mentions?|notes?)|it depends\b|(?:it(?:'s| is) )?worth (?:\w{2,12}ing|a look)\b|the way (?:i|we) (?:solved?|fix(?:ed)?|do|did)\b|i (?:normally|usually|always|typically) (?:fix|solve|do|check)\b|(?:the|a) (?:most )?(?:likely|probable|root) (?:cause|reason|culprit)\b|my (?:usual|guess)\b|i(?:'d| would)(?: also)? (?:suggest|recommend|check|start|look|say|guess)|if i (?:remember|recall)\b|from what i know\b|i (?:think|believe|guess) (?:you|that|it|the)\b|i'm (?:pretty|fairly|quite) sure\b|afaik\b|iirc\b|i suspect\b|in my experience\b|as far as i know\b|(?:(?:this|that|it) is |(?:(?:this|that|it) )?(?:sounds|looks|seems) (?:like )?)(?:almost certainly|most likely|probably|usually|actually a known|a (?:common|classic|known|typical))|(?:this|the)(?: \w{1,20}){0,2} usually (?:means|happens|comes)|(?:(?:this|that|the|a|an) )?[\w.]{2,40}(?: \w{1,20}){0,2} (?:usually|typically|generally|mostly|normally|almost always|often) (?:means|indicates|stems from|points to|boils down)\b|stop \w{2,20}ing\b))/i;
/** Matches the subject of a reply. It repeats words of the question. */
const SUBJECT = /^[^\n]{0,16}\bRE: [^\n]{0,300}/;
/** Minimum number of characters in a line of advice. A shorter line is a heading or a label. */
const SHORTEST_ADVICE = 20;
/** Matches the beginning of a later post by the original poster. */
const RETURNS = /^(?:\*\*)?(?:update|edit(?:ed)?|thanks|thank you|thx|hi again)\b/i;
/** Matches phrases with which people report their own failure, or with which the original poster adds something. */
const OWN_REPORT =
  /\b(?:same (?:here|issue|problem|error|thing)|me too|\+1|(?:I|we)(?: also| still| now| just| both)?(?: am|'m| are|'re)? (?:get|got|see|saw|getting|seeing|receive|received|tried|hit)|here(?:'s| is| are| it is)|update|edit(?:ed)?:|(?:full|complete|whole) (?:body|response|answer|error))\b/i;
/** Matches the beginning of a post by a person who joins in. The original poster would not begin like this. */
const JOINS =
  /^[\s*_-]{0,8}(?:same (?:here|for me|for us|with us)|me too|\+1|(?:we|I)(?:'m| am|'re| are)? (?:also )?(?:have|having|see|seeing|get|getting|facing) (?:exactly )?the same)\b/i;
/** Matches a reply that only joins in, without reporting a call of its own: `same here, with 429`. */
const JOINS_IN =
  /^[\s>*_-]{0,8}(?:@?[\w.-]{2,40}[:,] )?(?:same (?:here|issue|problem|error|thing)|me too|\+1|(?:we|I) (?:have|see|get) the same)\b[^\n]{0,160}$/i;
/**
 * Matches text that only the platform and its tools write: a correlation id, an error body, even a truncated one, or the
 * message before a list of permissions.
 */
const PLATFORM_WORDS =
  /"status"\s{0,3}:\s{0,3}[45]\d\d,\s{0,20}"code"\s{0,3}:\s{0,3}"[a-z]{2,30}(?:\.[a-z]{2,30}){1,6}"|"code"\s{0,3}:\s{0,3}"[a-z]{2,30}(?:\.[a-z]{2,30}){1,6}",\s{0,20}"status"\s{0,3}:\s{0,3}[45]\d\d\b|"messageWithPar|\bAPI Error: [45]\d\d\b|following permission\(s\)|\b(?:contextId|(?:inin|genesys)-correlation-id|correlation[- _]?id)\b[^\n]{0,20}?[0-9a-f]{8}-[0-9a-f]{4}-/i;
const LONGEST_THREAD = 60_000;

/**
 * Removes the posts of a thread in which other people guess or advise. Keeps posts in which someone reports
 * their own failure. Returns any other text unchanged.
 */
export function withoutReplies(text: string): string {
  if (text.length > LONGEST_THREAD) return text;
  const posts = splitPosts(text);
  return posts.some(isAdvice) && posts.some((post) => !isAdvice(post))
    ? posts
        .filter((post) => !isAdvice(post))
        .map(({ lines }) => lines.join("\n"))
        .join("\n\n")
    : text;
}

/** Whether an unmarked line begins a reply, because it gives advice or joins in. */
function opensReply(line: string): boolean {
  return JOINS.test(line) || (line.length >= SHORTEST_ADVICE && ADVICE.test(line.trim()));
}

interface Post {
  readonly isReply: boolean;
  readonly lines: string[];
}

function hasWords({ lines }: Post): boolean {
  return lines.some((line) => line.trim() !== "");
}

function isAdvice({ isReply, lines }: Post): boolean {
  const words = lines.join("\n").replace(SUBJECT, "");
  if (!isReply || PLATFORM_WORDS.test(words)) return false;
  const joinsIn = JOINS_IN.test(words.trim()) && !/\/api\/|[{"]/.test(words);
  return joinsIn || !OWN_REPORT.test(words);
}

function splitPosts(text: string): readonly Post[] {
  const lines = text.split("\n");
  const isReversed = lines.some((line) => EARLIER_MESSAGE.test(line));
  const isTranscript = TRANSCRIPT.test(text);
  const speakers = speakersOf(lines);
  const posts: Post[] = [{ isReply: isReversed, lines: [] }];
  let author: string | null = null;
  /** Whether lines outside quotations currently belong to a reply. */
  let isReply = isReversed;
  let isQuoted = false;
  let isAfterGap = false;
  const open = (next: boolean): void => {
    posts.push({ isReply: next, lines: [] });
  };
  for (const line of lines) {
    const quotes = !isTranscript && !isReversed && QUOTE.test(line) && !PROMPT.test(line);
    const name = speakerOf(line, speakers);
    if (EARLIER_MESSAGE.test(line)) {
      isReply = false;
      open(isReply);
    } else if (name !== null) {
      // Text before the first named message was written by another, unnamed author.
      author ??= posts.some(hasWords) ? "" : name;
      isReply = name !== author;
      open(isReply);
    } else if (!isReversed && REPLY_HEAD.test(line)) {
      isReply = true;
      open(isReply);
    } else if (quotes !== isQuoted || (quotes && isAfterGap)) {
      open(quotes || isReply);
    } else if (isReply && !isReversed && author === null && RETURNS.test(line)) {
      isReply = false;
      open(isReply);
    } else if (!isReply && !quotes && posts.some(hasWords) && opensReply(line)) {
      isReply = true;
      open(isReply);
    }
    isQuoted = quotes;
    isAfterGap = line.trim() === "";
    posts.at(-1)?.lines.push(line);
  }
  return posts;
}
