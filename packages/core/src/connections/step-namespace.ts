/** The namespace of a connection's steps. */
export function stepNamespace(connectionId: string): string {
  return `steps/${connectionId}/`;
}
