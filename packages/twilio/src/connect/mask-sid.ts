/** An Account SID for people's eyes: `AC12…cdef`. */
export function maskSid(accountSid: string): string {
  return `${accountSid.slice(0, 4)}…${accountSid.slice(-4)}`;
}
