import type { Remedy } from "../../verdict/verdict.ts";
import { INTEGRATION_MENU } from "../menu-path.ts";

/** A cause of errors from another service, with the remedy. */
interface ForeignCause {
  /** Matches the error code or message that the service sends. */
  readonly words: RegExp;
  readonly remedy: Remedy;
}

/** Sign-in errors of Microsoft Entra ID, by code, and errors from AWS and Google. The first match wins. */
const CAUSES: readonly ForeignCause[] = [
  {
    words: /\bAADSTS(?:50011|500113|900971)\b/,
    remedy: {
      kind: "none",
      summary:
        "register the redirect URI that the message names for the application in Microsoft Entra; for single sign-on that is the reply URL `https://login.<domain>/saml` of the organization's region",
    },
  },
  {
    words: /\bAADSTS50105\b/,
    remedy: {
      kind: "none",
      summary:
        "assign the user, or one of the user's groups, to the enterprise application in Microsoft Entra that the message names",
    },
  },
  {
    words: /\bAADSTS(?:700016|70001|90002|650056|500011)\b/,
    remedy: {
      kind: "none",
      summary:
        "compare the application id, identifier and tenant in the request with the application in Microsoft Entra: the tenant does not know it",
    },
  },
  {
    words: /\bAADSTS70002\d{2}\b|\bAADSTS7000012\b/,
    remedy: {
      kind: "fix-credentials",
      summary:
        "use the value, not the id, of a current client secret of the application in Microsoft Entra: the one in use is wrong or has expired",
    },
  },
  {
    words: /\bAADSTS(?:65001|65004|90094|650051)\b/,
    remedy: {
      kind: "none",
      summary: "have an administrator of the Microsoft Entra tenant consent to the application",
    },
  },
  {
    words: /\bAADSTS(?:50020|50034|51004|90072)\b/,
    remedy: {
      kind: "none",
      summary:
        "sign in with an account in the application's Microsoft Entra tenant, or add the account to that tenant",
    },
  },
  {
    words: /\bAADSTS(?:53\d{3}|5007[69]|50158)\b/,
    remedy: {
      kind: "none",
      summary:
        "read the sign-in log of Microsoft Entra: it names the conditional access policy or the second factor that stopped the sign-in",
    },
  },
  {
    words: /\bError acquiring the state lock\b|\bConditionalCheckFailedException\b/,
    remedy: {
      kind: "wait",
      summary:
        "wait for the Terraform run that holds the state lock, and release the lock with `terraform force-unlock ID` only if that run has ended",
    },
  },
  {
    words: /\bnot authorized to perform:? sts:\w/i,
    remedy: {
      kind: "none",
      summary:
        "in AWS, allow the caller that the message names in the trust policy of the role; compare the external id, and the role's ARN in the credentials of the integration",
    },
  },
  {
    words: /\bis not authorized to perform: [a-z0-9-]+:\w/,
    remedy: {
      kind: "none",
      summary:
        "in AWS, allow the action that the message names, for the caller and on the resource that it names",
    },
  },
  {
    words: /\bUser is not assigned to (?:this|the client) application\b/,
    remedy: {
      kind: "none",
      summary: "assign the user, or one of the user's groups, to the Genesys Cloud application in Okta",
    },
  },
  {
    words: /\bMSIS7042\b/,
    remedy: {
      kind: "none",
      summary:
        "stop the loop between AD FS and the login page: compare the certificate, issuer and clock of AD FS with the organization's single sign-on settings, which do not accept its sign-in",
    },
  },
  {
    words: /\bFunction not found\b|\bResourceNotFoundException\b/,
    remedy: {
      kind: "none",
      summary:
        "compare the account, region and name in the message with AWS: nothing with that name exists there, or it no longer exists",
    },
  },
  {
    words: /\bResource not accessible by integration\b/,
    remedy: {
      kind: "none",
      summary:
        "grant the workflow's token the access that the step needs, under `permissions:` in the workflow",
    },
  },
  {
    words:
      /\bredirect_uri_mismatch\b|\bredirect_uri must match configuration\b|\bredirect_uri' parameter must be\b/,
    remedy: {
      kind: "none",
      summary:
        "add the request's `redirect_uri`, unchanged, to the application's callback URLs in that product",
    },
  },
  {
    words: /\bIAM permission '[\w.]{3,80}'/,
    remedy: {
      kind: "none",
      summary:
        "in Google Cloud, grant a role with the IAM permission that the message names, on the resource that it names, to the account whose key the integration uses",
    },
  },
  {
    words: /\bSignature (?:expired|not yet current)\b|\bRequestTimeTooSkewed\b|\bRequestExpired\b/,
    remedy: {
      kind: "none",
      summary:
        "correct the clock of the machine that signs the request: AWS accepts a signature for only a few minutes, and the message shows both times",
    },
  },
  {
    words: /\bSignatureDoesNotMatch\b|\bInvalidSignatureException\b|\brequest signature we calculated\b/,
    remedy: {
      kind: "fix-credentials",
      summary:
        "sign the request with Signature Version 4, for that host, region and time: AWS did not accept its signature",
    },
  },
  {
    words: /\bInvalid JWT\b|\bJWT signature\b/i,
    remedy: {
      kind: "fix-credentials",
      summary:
        "sign with a current private key and its key id, and configure both in the integration or the program: the called service does not accept the signature",
      menuPath: INTEGRATION_MENU,
    },
  },
  {
    words: /\bUser is not authorized to access this resource\b/,
    remedy: {
      kind: "none",
      summary:
        "read the log of the gateway's authorizer: its policy decides, and the message does not name the reason",
    },
  },
];

/** Matches errors about missing permissions. The called service sends them after it has accepted the credentials. */
const RIGHTS =
  /\bAuthorization_RequestDenied\b|\bInsufficient privileges\b|\binsufficient_access\b|\bINSUFFICIENT_ACCESS|\bPERMISSION_DENIED\b|\binsufficient authentication scopes\b|\binsufficientPermissions\b|\bAccessDeniedException\b|\bACL Exception\b|\bsecurity constraints\b/i;
/** Matches error pages of a firewall in front of the called service. */
const FIREWALL =
  /\bused Cloudflare to restrict access\b|\berror code:? 10\d\d\b|\bAttention Required! \||\bIncapsula\b|\bThe requested URL was rejected\b|\bAkamaiGHost\b/i;

/** Matches errors that the code of an invoked function throws or returns. */
const THROWN = /\b(?:Invoked function|Function execution) failed\b/;
const RETURNED = /"statusCode"\s{0,3}:\s{0,3}\d{3}\s{0,3},\s{0,20}"(?:headers|body|isBase64Encoded)"/;

/**
 * Returns the remedy for the cause that an error from another service names; null when it names no known cause.
 */
export function remedyOfForeignCause(quote: string): Remedy | null {
  return CAUSES.find(({ words }) => words.test(quote))?.remedy ?? null;
}

/**
 * Returns the remedy when the web service that a data action calls refuses the request; null for any other
 * cause.
 */
export function remedyOfCalledCause(name: string, quote: string): Remedy | null {
  if (FIREWALL.test(quote)) {
    return {
      kind: "allow-ip",
      summary:
        "ask the called service's owner to allow the IP addresses of the platform's data actions in its firewall",
      command: "genscope query GET /api/v2/ipranges",
    };
  }
  if (THROWN.test(quote)) {
    return {
      kind: "none",
      summary:
        "fix the error that the function throws: the message quotes its type and text, and the function's log shows where it is thrown",
    };
  }
  if (RETURNED.test(quote)) {
    return {
      kind: "none",
      summary:
        "look for this status in the function's own code: the function returned it as a result, so the data action did not fail; to take the flow's failure path, throw an error instead",
    };
  }
  if (/\binvalid_scope\b/.test(quote)) {
    return {
      kind: "fix-credentials",
      summary:
        "enter scopes that the called service knows in the credentials of the integration; they are not platform scopes",
      menuPath: INTEGRATION_MENU,
    };
  }
  if (!RIGHTS.test(quote)) return null;
  return {
    kind: "none",
    summary: `grant the missing permissions in ${name} to the account or app whose credentials the integration uses; ${name} accepted the credentials themselves`,
  };
}
