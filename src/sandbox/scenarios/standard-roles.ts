/** Roles of the default organization. Each has a different number of permissions that the scenarios do not need. */
export const STANDARD_ROLES = {
  reportingBase: {
    name: "Reporting Base",
    permissions: [
      "analytics:conversationAggregate:view",
      "analytics:queueObservation:view",
      "authorization:grant:view",
      "authorization:policy:view",
      "authorization:role:view",
      "directory:user:view",
      "routing:queue:view",
    ],
  },
  conversationReader: {
    name: "Conversation Detail Reader",
    permissions: ["analytics:conversationDetail:view"],
  },
  reportingReader: {
    name: "Reporting Reader",
    permissions: ["analytics:*:view", "routing:queue:view", "directory:user:view"],
  },
  supervisor: {
    name: "Supervisor",
    permissions: [
      "analytics:conversationDetail:view",
      "analytics:userObservation:view",
      "conversation:communication:view",
      "conversation:communication:disconnect",
      "quality:evaluation:view",
      "quality:evaluation:add",
      "recording:recording:view",
      "routing:queue:view",
      "routing:queue:edit",
    ],
  },
  agent: { name: "Agent", permissions: ["conversation:communication:view", "directory:user:view"] },
  administrator: { name: "Administrator", permissions: ["*:*:*"] },
} as const;

export type RoleName = keyof typeof STANDARD_ROLES;

/** Scopes of the app that users log in to. They include no analytics scope. */
export const WORKBENCH_SCOPES = [
  "authorization:readonly",
  "conversations:readonly",
  "organization:readonly",
  "routing:readonly",
  "user-basic-info",
  "users:readonly",
];
