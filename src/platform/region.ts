/** Where an organization lives: one login host and one API host, always used together. */
export interface Region {
  /** AWS id, e.g. `eu-central-1`; null for a gateway or sandbox given by its base URL. */
  readonly id: string | null;
  /** For a person, e.g. `EMEA (Frankfurt)`. */
  readonly label: string;
  /** `mypurecloud.de`; for a gateway or sandbox its host and port. */
  readonly domain: string;
  /** Base URL of the login host, without a slash at the end. */
  readonly loginUrl: string;
  /** Base URL of the API, without `/api/v2` and without a slash at the end. */
  readonly apiUrl: string;
}
