/** Deployment and pipeline tools with their own logins, and words that only their errors contain. */
const TOOLS: readonly { readonly name: string; readonly words: RegExp }[] = [
  { name: "Kubernetes", words: /\bError from server \(\w{3,30}\)|\bis forbidden: User "/ },
  {
    name: "Azure",
    words:
      /\bpermission on key vault\b|\bAKV\d{5}\b|\bazure\.core\.exceptions\.\w|\bAdlsGen2OperationFailed\b|\bAuthorizationPermissionMismatch\b|\bnot authorized to perform this operation using this permission\b|\bdoes not have authorization to perform action '|\bCaller is not authorized to perform action on resource\b/,
  },
  {
    name: "AWS",
    words:
      /\boperation error [\w ]{2,40}: \w{3,60}, https response error\b|\bAn error occurred \(\w{3,60}\) when calling the \w{3,60} operation\b/,
  },
  {
    name: "the package registry",
    words:
      /\bnpm (?:ERR!|error) (?:code E)?[45]\d\d\b|\bNuGet\.Protocol\.\w|\bCould not transfer artifact\b|\bHTTP error [45]\d\d while getting\b/,
  },
  {
    name: "the container registry",
    words: /\bpull access denied for\b|\brequested access to the resource is denied\b/,
  },
  {
    name: "the Git server",
    words:
      /\bfatal: (?:Authentication failed for|unable to access) '|\bremote: (?:HTTP Basic: Access denied|Permission to \S{1,200} denied)/,
  },
  { name: "HashiCorp Vault", words: /\bError making API request\.[\s\S]{0,400}\bCode: [45]\d\d\. Errors:/ },
  { name: "Snowflake", words: /\bsnowflake\.connector\.errors\.\w|\bnet\.snowflake\.client\.\w/ },
  {
    name: "the database",
    words:
      /\bAccess denied for user '[^'\n]{0,100}'@|\bpassword authentication failed for user\b|\bSQLServerException: Login failed\b/,
  },
  { name: "the mail server", words: /\bSMTPAuthenticationError\b|\bAuthenticationFailedException: 5\d\d\b/ },
  {
    name: "Kafka",
    words: /\b(?:Topic|Group|Cluster)AuthorizationException\b|\bSaslAuthenticationException\b/,
  },
  { name: "OpenAI", words: /\bopenai\.\w{3,40}Error\b|\binsufficient_quota\b/ },
  { name: "Elasticsearch", words: /\bsecurity_exception\b/ },
];

/** Returns the tool whose error the text quotes; null if none exists. */
export function findTool(text: string): string | null {
  return TOOLS.find(({ words }) => words.test(text))?.name ?? null;
}
