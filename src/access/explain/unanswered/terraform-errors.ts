import type { KnownError } from "./known-error.ts";

const NOT_THE_PLATFORM = "Terraform itself refused it, not the platform";

/** Errors from Terraform and from the provider's exporter that are not API responses. */
export const OF_TERRAFORM: readonly KnownError[] = [
  {
    pattern: /\bError: Duplicate (?:resource|data|module|provider|variable|output|local|required)\b/,
    isAnswer: false,
    layer: "none",
    meaning: `two blocks of the configuration have the same name; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary:
          "rename or delete one of the two blocks, whose files and lines the error names; the name of the object in the organization does not matter here",
      },
    ],
  },
  {
    pattern: /\bError: Cycle: |\bCyclic Dependencies Identified\b(?!: none)/,
    isAnswer: false,
    layer: "none",
    meaning: `the objects that the error lists refer to each other in a circle; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary:
          "remove one of the references between the listed objects; in exported files, that is often a `depends_on` in each direction",
      },
    ],
  },
  {
    pattern:
      /\bError: Reference to undeclared (?:resource|module|output value|input variable|local value)\b|\bhas not been declared in the root module\b/,
    isAnswer: false,
    layer: "none",
    meaning: `the configuration refers to an object that it does not declare; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary:
          "declare the object, read it with a `data` block, or put its id in place of the reference; an export adds the object with `enable_dependency_resolution = true`",
      },
    ],
  },
  {
    pattern:
      /\bError: (?:Unsupported (?:argument|attribute|block type)|Missing required argument|Invalid (?:resource type|data source|value for (?:input )?variable|for_each argument|count argument|dynamic for_each value|index|reference|expression|block definition|character|function argument|template interpolation value|single-argument block definition|multi-line string)|Incorrect attribute value type|Argument or block definition required|Unclosed configuration block|Insufficient [\w"-]{2,40} blocks|Too many [\w"-]{2,40} blocks|Attribute redefined|Conflicting configuration arguments|Call to unknown function|Error in function call|Module not installed|Inconsistent conditional result types|Missing resource instance key|Missing newline after argument)\b|\bexpected (?!(?:aws_)?region\b)[\w.]{1,80} to be (?:one of|in the range|at least|at most|between)\b/,
    isAnswer: false,
    layer: "none",
    meaning: `the configuration does not match the provider's schema or Terraform's rules; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary:
          "correct the line that the error names, then run `terraform validate`; an argument that the documentation lists can be missing in an older version of the provider",
      },
    ],
  },
  {
    pattern:
      /\bFailed to query available provider packages\b|\bCould not retrieve the list of available versions for provider\b|\bdoes not have a provider named\b|\bInconsistent dependency lock file\b|\bFailed to (?:install provider|load plugin schemas|instantiate provider|resolve provider packages)\b|\bIncompatible provider version\b|\bRequired plugins are not installed\b|\bUnsupported Terraform Core version\b|\bno available releases match the given constraints\b/,
    isAnswer: false,
    layer: "none",
    meaning:
      "Terraform could not install or start the provider, so it sent no call to the platform and nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "name `mypurecloud/genesyscloud` as the source in `required_providers` of every module, allow a version that is available for this machine's platform, then run `terraform init -upgrade`",
      },
    ],
  },
  {
    pattern: /\bError: (?:No value for required variable|Value for undeclared variable)\b/,
    isAnswer: false,
    layer: "none",
    meaning: `the run has no value for a variable of the configuration, or a value for a variable that the configuration does not declare; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary:
          "pass the variable that the error names, with `-var-file=FILE` or as `TF_VAR_NAME` in the environment, or declare it",
      },
    ],
  },
  {
    pattern: /\bResource already managed by Terraform\b/,
    isAnswer: false,
    layer: "none",
    meaning:
      "the state already has an object at this address, so there is nothing to import; no call was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "import another object to another address; to replace the object in the state, run `terraform state rm ADDRESS` first",
      },
    ],
  },
  {
    pattern:
      /\b[Ii]nvalid import (?:ID|id|identifier)\b|\b(?:[Uu]nexpected|[Ii]nvalid) format (?:of|for) (?:the )?(?:import )?ID\b|\bimport ID\b[^\n]{0,40}\b(?:must|should|expected)\b/,
    isAnswer: false,
    layer: "none",
    meaning: `the id given to \`terraform import\` does not have the form that this resource type expects; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary:
          "pass the id in the form that the error or the resource's documentation shows; some types take the ids of two objects",
      },
    ],
  },
  {
    pattern: /\bObjects have changed outside of Terraform\b/,
    isAnswer: false,
    layer: "none",
    meaning:
      "the plan found objects that were changed or deleted without Terraform since its last run; no call was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "compare the objects in the organization with the configuration; a deleted object is created again by the next `terraform apply`, unless its block is removed too",
      },
    ],
  },
  {
    pattern: /\bError: Instance cannot be destroyed\b/,
    isAnswer: false,
    layer: "none",
    meaning: `the plan would delete an object that \`prevent_destroy\` protects; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary:
          "find the argument that forces the replacement in the plan and revert that change, or remove `prevent_destroy` if the object may go",
      },
    ],
  },
  {
    pattern:
      /\bError: (?:Backend (?:initialization|configuration) (?:required|changed)|Saved plan is stale|Provider configuration not present|Configuration for import target does not exist|Failed to (?:load|read|save|persist|get existing) (?:the )?(?:state|workspaces)\b|Error (?:loading|refreshing|saving) state|Unsupported state file format|Import block target does not exist)|\bstate data in S3 does not have the expected content\b|\bstate snapshot was created by Terraform v/,
    isAnswer: false,
    layer: "none",
    meaning: "Terraform could not use its own state, plan or backend; no call to the platform was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "do what the error says: run `terraform init` for the backend, make a new plan, or restore the state and the provider block that it names",
      },
    ],
  },
  {
    pattern:
      /\bresources were not exported due to timeouts\b|\bTimed out (?:pre-filling client pool|adding clients to pool)\b|\b(?:time-?out|timed out|deadline exceeded)\b[^\n]{0,40}\bwaiting for available client\b|\bfailed to acquire client after\b|\breceived nil client from the pool\b/,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "the provider ran out of time while it waited for one of its own pooled clients; the text does not show whether the platform also slowed it down",
    remedies: [
      {
        kind: "none",
        summary:
          "raise the provider's `token_pool_size` or `token_acquire_timeout`, or export fewer resource types at a time",
      },
    ],
  },
  {
    pattern: /\bresources encountered non-timeout errors during export\b/,
    isAnswer: false,
    layer: "unknown",
    meaning: "the export left out some resources, and this line does not show why",
    remedies: [
      {
        kind: "none",
        summary: "read the export's log, which contains each resource's error, and paste one of the errors",
      },
    ],
  },
  {
    pattern:
      /\bFailed to create (?:tfvars )?file path\b|\bError (?:opening|creating|opening\/creating|writing|closing) file\b/,
    needs: /genesyscloud|terraform|tf_export/i,
    isAnswer: false,
    layer: "none",
    meaning: "the export could not write its files on this computer; no call was refused",
    remedies: [
      {
        kind: "none",
        summary: "check that `directory` exists, is writable for this user, and has free space",
      },
    ],
  },
  {
    pattern:
      /\bNo valid resource types to export\b|(?=is not being)(?<!\bINFO\b[^\n]{0,200})\bis not being exported\b(?! because)|\bInvalid excluded_attribute\b/,
    isAnswer: false,
    layer: "none",
    meaning: `the block \`genesyscloud_tf_export\` names resource types or attributes that do not exist; ${NOT_THE_PLATFORM}`,
    remedies: [
      {
        kind: "none",
        summary: "compare the names in the block with the resource types of this version of the provider",
      },
    ],
  },
  {
    pattern:
      /\b(?:[Nn]o|[Cc]ould not find|[Uu]nable to (?:find|locate)|[Ff]ailed to find) (?:any )?(?!other\b)[\w -]{2,60}? (?:found )?with (?:the )?(?:name|email|address|number|key|id)\b(?=[\s\S]{0,2000}\bdata[ .]"?genesyscloud_)/,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "the provider found no object that matches the `data` block: the object may not exist in this organization, may have another name, or may be in a division that the token's roles do not cover; no call was refused",
    remedies: [
      {
        kind: "check-live",
        summary: "check that the credentials belong to the object's organization",
        command: "genscope whoami",
      },
      {
        kind: "none",
        summary:
          "compare the name or address letter by letter, and the object's division with the divisions of the OAuth client's roles; if the same configuration creates the object, let the `data` block depend on it",
      },
    ],
  },
];
