/** Matches a heading that only guides and tutorials have: `What You Will Build`, `Prerequisites, Roles & Licensing`. */
const HEADING =
  /^[ \t]{0,4}(?:#{1,6} |\*\*)?(?:What (?:You(?:['’]ll| Will) (?:Build|Learn|Need)|This (?:Guide|Tutorial|Article) Covers)|Prerequisites(?:,? [A-Z&][\w,& ]{0,40})?|Executive Summary\b[^\n]{0,60}|Authentication Setup|(?:The )?Implementation(?: Deep[- ]Dive| Steps)?|Complete Working Example|Common Errors(?: (?:and|&) [\w ]{3,30})?|Next Steps|Further Reading|Table of Contents)(?:\*\*)?:?[ \t]{0,4}$/gim;
/** Matches the opening of a guide: `This guide details the ...`, `In this tutorial, you will ...`. */
const OPENING =
  /\b(?:this|our) (?:guide|tutorial|masterclass|article|walkthrough) (?:covers|details|demonstrates|describes|explains|shows|provides|walks)\b|\bin this (?:guide|tutorial|article),? (?:you|we)\b/gi;
/** Number of headings and openings that make a guide. A single one can be quoted in a question. */
const FEWEST_SIGNS = 2;

/**
 * Matches a sentence in which a person reports a failure or asks for help. A guide says `we use` and `you receive` but
 * neither of these.
 */
const REPORTED =
  /\b(?:I|we)(?:['’](?:m|re|ve)| am| are| have)? (?:still |now |always |keep |kept |consistently |also |then )?(?:get|got|getting|receive|received|receiving|see|saw|seeing|hit|hitting|tried|trying|ran into|running into|stuck)\b[^.\n]{0,80}(?<![\w.:/-])[45]\d\d\b|\b(?:anyone|anybody|someone|any ideas?|please help|can you help|what am I|thanks in advance|my (?:call|script|code|request|token|job))\b/i;

/**
 * Whether the text is a guide or a tutorial. The statuses and bodies in it are examples and general statements, such as
 * `the most common cause of a 403`, and no call of the reader returned them.
 */
export function isGuide(text: string): boolean {
  const headings = new Set(Array.from(text.matchAll(HEADING), ([heading]) => heading.trim().toLowerCase()));
  const signs = headings.size + (text.match(OPENING)?.length ?? 0);
  return headings.size > 0 && signs >= FEWEST_SIGNS && !REPORTED.test(text);
}
