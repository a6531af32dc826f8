import { EventEmitter, getEventListeners } from "node:events";

/** Counts the listeners of everything in this process that is still reachable when it is asked. Call it before anything else listens. */
export function countListeners(): () => number {
  const emitters = new Set<WeakRef<EventEmitter>>();
  const targets = new Map<WeakRef<EventTarget>, Set<string>>();
  const typesOf = new WeakMap<EventTarget, Set<string>>();
  const known = new WeakSet<EventEmitter>();
  const { on } = EventEmitter.prototype;
  // `once` and `addListener` come by here too
  const watched: typeof on = function (this: EventEmitter, ...heard) {
    if (!known.has(this)) {
      known.add(this);
      emitters.add(new WeakRef(this));
    }
    return on.apply(this, heard);
  };
  Object.assign(EventEmitter.prototype, { on: watched, addListener: watched });
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...heard) {
    const types = typesOf.get(this) ?? new Set();
    if (!typesOf.has(this)) targets.set(new WeakRef(this), types);
    typesOf.set(this, types.add(heard[0]));
    return addEventListener.apply(this, heard);
  };
  return () => {
    let count = 0;
    for (const ref of emitters) {
      const emitter = ref.deref();
      if (emitter === undefined) emitters.delete(ref);
      else for (const name of emitter.eventNames()) count += emitter.listenerCount(name);
    }
    for (const [ref, types] of targets) {
      const target = ref.deref();
      if (target === undefined) targets.delete(ref);
      else for (const type of types) count += getEventListeners(target, type).length;
    }
    return count;
  };
}
