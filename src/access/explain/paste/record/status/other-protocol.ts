/** Matches protocols whose codes look like HTTP statuses: SIP, STUN and ISDN. */
const OTHER_PROTOCOL =
  /\b(?:SIP|STUN|TURN|ISDN)\b|(?<![a-z])(?:[sS]ip|[sS]tun)(?=[A-Z])|(?<=[a-z])(?:Sip|Stun)(?=[A-Z])/;
const HTTP = /https?:|\bHTTP\b|\/api\/v2\//;

/** Whether the text is only about a protocol whose codes are not HTTP statuses. */
export function isOtherProtocol(text: string): boolean {
  return OTHER_PROTOCOL.test(text) && !HTTP.test(text);
}
