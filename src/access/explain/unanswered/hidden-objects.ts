import type { KnownError } from "./known-error.ts";

/** Matches a control of the user interface. */
const CONTROL = "(?:button|menu(?: item| entry)?|option|tab|link|icon|page|screen|section|check ?box)s?";
/** Matches a description of a control that the user cannot use or see. */
const WITHHELD =
  "(?:(?:is|are|stays?|became|was) (?:now |suddenly |still |all )?(?:gr[ae]yed(?: |-)?out|disabled|hidden|missing|gone)|gr[ae]yed[- ]out|no longer (?:there|visible|available|shown)|(?:has |have )?(?:disappeared|vanished)|not (?:clickable|visible|available|shown|there))";
/** Matches a change of access. */
const ACCESS =
  "(?:(?:remov|chang|edit|revok|delet|replac|los|tak|assign)\\w{0,3} (?:\\w{1,20} ){0,4}(?:roles?|permissions?)|(?:roles?|permissions?) (?:\\w{1,20} ){0,3}(?:removed|changed|edited|revoked|deleted|replaced|missing|lost))";

/** Missing access that shows in what a person or program sees, without a refused call. */
export const OF_HIDDEN_OBJECTS: readonly KnownError[] = [
  {
    pattern: new RegExp(
      `\\b${CONTROL}\\b[^.\\n{}[\\]]{0,60}\\b${WITHHELD}\\b[^\\n{}]{0,160}\\b${ACCESS}\\b|\\b${ACCESS}\\b[^\\n{}]{0,160}\\b${CONTROL}\\b[^.\\n{}[\\]]{0,60}\\b${WITHHELD}\\b`,
      "i",
    ),
    isAnswer: false,
    layer: "permission",
    meaning: "the user interface hides or disables what the user's roles do not permit",
    remedies: [
      {
        kind: "assign-role",
        summary:
          "compare the user's roles with those of a colleague for whom it works, and look for the permission that only the colleague's roles hold",
        menuPath: "Admin > People & Permissions > People > the user > Roles",
      },
    ],
  },
  {
    pattern:
      /\b(?:integration|OAuth client|client|app|application|script|bot|token|service account|connector)\b(?: \w{1,20}){0,3} (?:can(?:not|['’]t| not)|is(?: not|n['’]t) able to|is unable to|does(?: not|n['’]t)) (?:see|find) (?:any |the |all |our |my |some |those |these )*(?:queues?|users?|agents?|groups?|campaigns?|flows?|skills?|conversations?|divisions?|contact lists?|data ?tables?)\b/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "an integration sees only the objects in divisions that its token's roles cover, and a call for which the roles lack the permission gets a 403; the text does not show which of the two happens",
    remedies: [
      {
        kind: "check-live",
        summary: "check the call that lists the objects, in the division of a missing object",
        command: "genscope check-scopes OPERATION --division NAME",
      },
    ],
  },
];
