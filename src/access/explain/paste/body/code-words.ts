/**
 * Words that distinguish refusal codes from the names of events and files. Every refusal code contains one of
 * them.
 */
const REFUSING =
  "missing|required|not|no|cannot|bad|invalid|unsupported|too|exceeded|limit|denied|forbidden|unauthorized|authorized|authentication|credentials|permissions?|failed|failure|error|unavailable|timeout|conflict|exists?|duplicate|taken|use|expired|locked|validation|violation";

/**
 * Pattern source for fields that describe an error in logs and traces, such as `error.type`. They look like refusal
 * codes.
 */
const FIELD_OF_ERROR = "error\\.(?:type|code|name|kind|id|message|msg|stack|reason|details?|class)\\b";

/** Pattern source for a refusal code made of words, such as `missing.any.permissions`. Has no capturing groups. */
export const REFUSAL_CODE = `(?!${FIELD_OF_ERROR})(?=[a-z.]{0,80}\\b(?:${REFUSING})\\b)[a-z]{2,30}(?:\\.(?:a|[a-z]{2,30})){1,8}(?![\\w/]|\\.\\w)(?<!\\.(?:html?|json|php|xml|txt|com|net|org|cloud|dev|app|js|ts|py|go|io|ie|de|jp|au|uk|eu))`;

/**
 * Pattern source for a code in capitals, such as `INVALID_VALUE` in the message of a field error. It contains an
 * underscore, unlike the names of system errors such as `ECONNRESET`. Has no capturing groups.
 */
export const CAPITAL_CODE = "[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5}(?![\\w-]|\\.\\w)";
