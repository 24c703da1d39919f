import { CALLED_SERVICE } from "../paste/called-service.ts";
import type { ForeignSign } from "./foreign-sign.ts";
import { GATEWAY_SIGNS } from "./gateway-signs.ts";
import { PRODUCT_SIGNS } from "./product-signs.ts";

/**
 * Matches a statement about the user's own server, such as `our Lambda returns 403`, or a line of its access log
 * without a platform path.
 */
const OWN_SYSTEM =
  /\b(?:our|my|the customer's) (?:own )?(?:[\w.-]{2,20} ){0,2}(?:Lambda|webhook|endpoint|server|backend|listener|receiver|middleware|nginx|API Gateway|authorizer)(?: function)?\b(?: (?:at )?["'`(]?https?:\/\/[^\s"'`)]{4,200}["'`)]?)?(?: \w{2,20}){0,2}? (?:always |then |just |only )?(?:returns?|returned|answers?|answered|responds?|responded|replies|replied|rejects?|rejected|sends?)\b[^.\n]{0,30}\b[45]\d\d\b|\bthe (?:called |external |remote )?web service (?:of|behind) (?:our|my|the) [^.\n]{0,60}\b(?:returns?|returned|answers?|answered|responds?|responded)\b[^.\n]{0,20}\b[45]\d\d\b|^\S{3,60} \S{1,40} \S{1,40} \[[^\]\n]{10,40}\] "(?:GET|POST|PUT|PATCH|DELETE|HEAD) \/(?!api\/v\d|oauth|platform)\S{0,300} HTTP\/[\d.]{1,4}" [45]\d\d\b|"GenesysCloud-Webhook\//im;

/** Services whose responses appear in pastes about the platform. The first match wins. */
export const FOREIGN_SIGNS: readonly ForeignSign[] = [
  {
    name: "the data action's web service",
    kind: "called",
    host: null,
    words: CALLED_SERVICE,
  },
  {
    name: "Salesforce",
    kind: "caller",
    host: null,
    words: /System\.CalloutException|Remote site settings/i,
  },
  ...PRODUCT_SIGNS,
  {
    name: "a system of your own",
    kind: "own",
    host: null,
    words: OWN_SYSTEM,
  },
  {
    name: "NICE CXone",
    kind: "product",
    host: /(?:^|\.)(?:(?:nice-?)?incontact|(?:nice)?cxone)\.com$/,
    words: /\b(?:niceincontact|cxone)\.com\b/,
  },
  {
    name: "Five9",
    kind: "product",
    host: /(?:^|\.)five9\.(?:com|eu)$/,
    words: /\bfive9\.com\b|\bcom\.five9\.\w/,
  },
  {
    name: "Talkdesk",
    kind: "product",
    host: /(?:^|\.)talkdesk(?:app|id)?\.com$/,
    words: /\btalkdeskapp\.com\b/,
  },
  {
    name: "Amazon Connect",
    kind: "product",
    host: /(?:^|\.)(?:connect\.aws|awsapps\.com)$/,
    words: /\bto perform: connect:\w/,
  },
  {
    name: "AWS",
    kind: "product",
    // These hosts of AWS belong to its customers: API gateways, load balancers and buckets.
    host: /^(?!.{0,200}\.(?:execute-api|elb|s3)\.)(?:[\w-]{1,63}\.){0,6}(?:amazonaws|aws\.amazon)\.com$/,
    words:
      /\bSignature expired: \d{8}T|\bAn error occurred \(\w{3,60}\) when calling the \w{3,60} operation\b|\b[Ss]tatus ?[Cc]ode: \d{3}, (?:request id|RequestID): |"__type"\s{0,3}:\s{0,3}"[\w.#]{0,80}\w|\bn8n-nodes-base\.aws\w|<Code>(?:AccessDenied|SignatureDoesNotMatch|ExpiredToken|InvalidAccessKeyId)<\/Code>|\b[Nn]ot authorized to perform:? (?:sts:\w|[a-z0-9-]+:[A-Z])|\bis not authorized to perform: [a-z0-9-]+:\w|\b[45]\d\d\b(?: \w{2,20}){0,3} from (?:AWS|(?:Amazon )?S3)\b(?! (?:tokens?|Lambda|integration|connector|action)\b)|\b(?:UnrecognizedClientException|AccessDeniedException|InvalidSignatureException)\b/,
  },
  ...GATEWAY_SIGNS,
];
