/** The words that a channel has of its own, or those of any. */
export function ofChannel<Word>(words: Readonly<Record<string, Word>> & { readonly other: Word }, channel: string): Word {
  return words[channel] ?? words.other;
}
