/** Whoever has this phone. Throws with a sentence where nobody has. */
export function holderOf<Holder>(people: ReadonlyMap<string, Holder>, phone: string): Holder {
  const holder = people.get(phone);
  if (holder === undefined) throw new Error(`nobody here has the number ${JSON.stringify(phone)}: add a person first`);
  return holder;
}
