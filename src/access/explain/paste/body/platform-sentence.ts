/** Matches a message from the platform up to the end of its line. */
export const PLATFORM_SENTENCE =
  /(?:Unable to perform the requested action\.|You are missing the following permission|You must have at least one of the following permissions|App not authorized to use scope|You are not authorized to perform|Requests originating from this IP|This request requires a (?:non-)?user context|Rate limit exceeded|Invalid login credentials|No authentication bearer token|The supplied credentials|Authentication request timeout|rate limit exceeded;)[^\n]{0,1500}/i;
