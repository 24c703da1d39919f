/** Matches messages in which the platform reports that the web service of a data action failed. */
export const CALLED_SERVICE =
  /Rest call failed\.? ?\[status|\[status:\s{0,2}[1-5]\d\d,\s{0,2}body:|\bREST call for (?:Integration|action execute)\b[^\n{]{0,80}\bfailed\b|\b(?:Invoked function|Function execution) failed\b|\bACTION\.REMOTE_ENDPOINT\b|\bRequest to backend service failed\b|\bResponse from web service: |\bWEB_SERVICE_ERROR\b|\bFailed to (?:execute|call) (?:the )?(?:remote|external) (?:web )?service\b|\bEXTERNAL_SERVICE_\w{3,30}\b|\b(?:request|call) to (?:the )?(?:external|remote|backend) (?:web )?service (?:timed out|failed)\b/i;

/** Matches messages about a web service that did not respond at all. */
export const CALLED_TOO_SLOW =
  /\b(?:request|call) to (?:the )?(?:external|remote|backend) (?:web )?service timed out\b|\bEXTERNAL_SERVICE_TIMEOUT\b|Rest call failed[^\n]{0,200}\b(?:Read timed out|SocketTimeoutException|timeout)\b/i;
