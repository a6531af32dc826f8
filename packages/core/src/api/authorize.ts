/** Who a request is from, by the host's own session. */
export interface Authorized {
  /** The tenant whose side of the client the request may use. */
  readonly workspaceId: string;
  /** The host's id of the person, opaque to WaDesk. */
  readonly userId: string;
  /** What the person is in the workspace, in the host's words. No role of a workspace gives the platform's settings. */
  readonly role: string;
  /** Whether the person may change what holds for the whole platform. */
  readonly platform?: boolean;
}

/**
 * The host's word on who a request is from: by its own session, never by what the browser says of itself. Nothing for whoever is not signed in, or may not do
 * this. There is no default that lets anybody in.
 */
export type Authorize = (request: Request) => Authorized | undefined | Promise<Authorized | undefined>;
