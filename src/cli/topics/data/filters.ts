import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

const FORMS: readonly HelpRow[] = [
  ["mediaType=voice", "the dimension has this value"],
  ["mediaType in voice,chat", "the dimension has one of these values"],
  ['queueId in "Sales, EU",Support', "a value with a comma is in double quotes"],
  ["conversationEnd=*", "the dimension is present"],
  ["conversationEnd!=", "the dimension is absent"],
  ["tHandle>60000", "the metric exceeds the number; also <, >= and <="],
  ["queueId=Support", "the object's name works in place of an id, as explained below"],
];

export function filtersPage(): TopicPage {
  return {
    sections: [
      "Filters of `query` and `export`. `--filter` is repeatable, and all filters must match.",
      FORMS,
      "Instead of an id, give the name of a queue, user, wrap-up code, skill, language, division, team, flow, campaign or contact list. A value that the dimension cannot have is refused, and the error suggests the nearest one.",
      "The platform can negate a filter only to find absent dimensions (`conversationEnd!=`). A filter such as mediaType!=voice is therefore refused: list the values to include instead. `genscope query NAME --describe` lists the dimensions, metrics and values of a query. For any other condition, pass the whole request with `--body FILE`.",
    ],
    examples: [
      [
        "genscope query conversations details --interval yesterday --filter mediaType=voice",
        "one day's voice calls",
      ],
      ["genscope query conversations details --describe", "what can be filtered"],
    ],
  };
}
