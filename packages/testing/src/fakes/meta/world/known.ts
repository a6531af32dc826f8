/** What must exist for the test to make sense. */
export function known<Found>(found: Found | undefined, what: string, id: string): Found {
  if (found === undefined) throw new Error(`the fake Meta has no ${what} ${id}: add it first`);
  return found;
}
