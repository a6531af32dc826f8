/** A state that is folded by a pure function, and those who look at it. */
export interface Store<State, Event> {
  readonly state: State;
  send(event: Event): void;
  /** Calls back after each change, until what it answers is called. */
  subscribe(changed: () => void): () => void;
}

/** Makes one. */
export function createStore<State, Event>(reduce: (state: State, event: Event) => State, first: State): Store<State, Event> {
  const watchers = new Set<() => void>();
  let state = first;
  return {
    get state() {
      return state;
    },
    send(event) {
      const next = reduce(state, event);
      if (next === state) return;
      state = next;
      for (const changed of watchers) changed();
    },
    subscribe(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
  };
}
