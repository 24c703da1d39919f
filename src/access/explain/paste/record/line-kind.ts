/** How a line relates to the one before it. */
export type LineKind =
  /** Begins a record: a time, a log level, an exception, a command or a list item. */
  | "head"
  /** Continues the record: an indented line, a closing bracket or the next part of an exception. */
  | "continuation"
  | "plain"
  | "blank";

const TIME =
  /^[[(<"]{0,2}(?:\d{4}[-/]\d\d[-/]\d\d|\d{1,2}[/.-](?:\d\d|[A-Z][a-z]{2})[/.-]\d{4}|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{8} \d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3} |\d{10,13}\b)/;
const LEVEL =
  /^[[(<"]{0,2}(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:O|OR)?|FATAL|CRIT(?:ICAL)?|trce|dbug|info|warn|fail|crit|[VDIWE]\/[\w.]{1,40}:)(?=[\s\]):[|/-]|$)|^(?:level|time|ts|lvl)=/;
/** Matches an exception with its message, or the first line of an error. */
const EXCEPTION =
  /^(?:[\w$.\\]{0,200}(?:Exception|Error|Fault)(?:\$\w{1,60})?\b(?=[:\s(]|$)|Exception when calling|Exception in |Traceback|Uncaught|Unhandled|There was a failure|Response \{|Invoke-\w{3,20}\s?:|PHP |HTTP request failed|Error\b)/;
const COMMAND = /^(?:[$%#]\s|PS [A-Z]:|C:\\[^>]{0,80}>|curl(?:\.exe)?\s(?!:)|gc\s[a-z]|###|===|---\s|~~~\s)/;
const ITEM =
  /^(?:\[(?:\.{3}|…)\]|[-*•–]\s|\d{1,3}[.)]\s|[✓✔√✗✘×✕✖❌✅→]\s?|(?:not )?ok\s|fail(?:ed)?\s|pass(?:ed)?\s|(?:-->|<--|==>|<==|>>>|<<<)\s)/i;
/** Matches a log level followed by a field of the failure in the previous line: `ERROR: status: 403`. */
const FIELD =
  /^\[?(?:ERROR|ERR|WARN|FATAL|error)[\]:]{1,2}\s{1,3}(?:status|code|message|body|response|correlation[-_ ]?id|context[-_ ]?id)\s?[:=]/i;
const CONTINUATION =
  /^(?:[}\])]|at\s|\.{3}\s?\d|Caused by\b|Suppressed:|Reason:|HTTP response|\+\s|~|\^|File "|body[:=]|data[:=]|For more information|During handling|#\d)/i;

/** Classifies a line of masked text. */
export function kindOf(line: string): LineKind {
  const text = line.trimStart();
  if (text === "") return "blank";
  if (ITEM.test(text)) return "head";
  if (text.length < line.length || CONTINUATION.test(text) || FIELD.test(text)) return "continuation";
  return TIME.test(text) || LEVEL.test(text) || EXCEPTION.test(text) || COMMAND.test(text) ? "head" : "plain";
}

/** Names of the properties of a failed call, in lower case and without separators. */
const PROPERTIES: ReadonlySet<string> = new Set(
  "status statuscode statusdescription httpstatus httpstatuscode errorcode code message errormessage error reason reasonphrase headers responseheaders body responsebody responsetext content errorcontent text url uri requesturi requesturl endpoint method httpmethod verb request response path correlationid contextid".split(
    " ",
  ),
);
const PROPERTY = /^\s{0,8}([A-Za-z][\w.-]{2,30}(?: [A-Za-z]\w{1,20}){0,2})\s{0,30}[:=](?=\s|$)/;

/** Returns the property of a failed call that a line of a printed object shows: `Status code: 403`. */
export function propertyOf(line: string): string | null {
  const [, name = ""] = PROPERTY.exec(line) ?? [];
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  return PROPERTIES.has(plain) ? plain : null;
}
