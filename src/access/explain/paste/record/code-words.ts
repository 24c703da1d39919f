/** Words of which every refusal code of the platform contains one, but names of events and files do not. */
const REFUSING =
  "missing|required|not|no|cannot|bad|invalid|unsupported|too|exceeded|limit|denied|forbidden|unauthorized|authorized|authentication|credentials|permissions?|failed|failure|error|unavailable|timeout|conflict|exists?|duplicate|taken|use|expired|locked|validation|violation";

/** Fields that describe an error in logs and traces: `error.type`, `error.code`. */
const FIELD_OF_ERROR = "error\\.(?:type|code|name|kind|id|message|msg|stack|reason|details?|class)\\b";

/**
 * Pattern source for a refusal code made of words, such as `missing.any.permissions`. It captures nothing.
 */
export const REFUSAL_CODE = `(?!${FIELD_OF_ERROR})(?=[a-z.]{0,80}\\b(?:${REFUSING})\\b)[a-z]{2,30}(?:\\.(?:a|[a-z]{2,30})){1,8}(?![\\w/]|\\.\\w)(?<!\\.(?:html?|json|php|xml|txt|com|net|org|cloud|dev|app|js|ts|py|go|io|ie|de|jp|au|uk|eu))`;
