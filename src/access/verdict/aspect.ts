/** One aspect in which two principals can differ. */
export type Aspect =
  | "token"
  | "region"
  | "organization"
  | "grant"
  | "client"
  | "client state"
  | "scopes"
  | "scopes bind"
  | "roles"
  | "permission"
  | "access policies"
  | "unreadable";
