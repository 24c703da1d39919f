/** The login host and the API host of an organization, which are always used together. */
export interface Region {
  /** AWS id, e.g. `eu-central-1`; null for a gateway or sandbox given by its base URL. */
  readonly id: string | null;
  /** Display name, e.g. `EMEA (Frankfurt)`. */
  readonly label: string;
  /** Domain such as `mypurecloud.de`; host and port for a gateway or sandbox. */
  readonly domain: string;
  /** Base URL of the login host, without a trailing slash. */
  readonly loginUrl: string;
  /** Base URL of the API, without `/api/v2` and without a trailing slash. */
  readonly apiUrl: string;
}
