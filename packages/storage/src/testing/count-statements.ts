import { StatementSync } from "node:sqlite";
import pg from "pg";

/** The statements that this process has a database run, those that begin and end transactions among them. */
export interface StatementCount {
  readonly total: () => number;
  /** Resolves when PostgreSQL has answered all; answers whether it was waited for. */
  answered(): Promise<boolean>;
  /** Counts no more. */
  end(): void;
}

/** Begins to count, on every connection to PostgreSQL and every database of `node:sqlite`. */
export function countStatements(): StatementCount {
  let total = 0;
  let underWay = 0;
  let wake = (): void => {};
  const undo: (() => void)[] = [];
  const count = (on: object, name: string): void => {
    const own: unknown = Reflect.get(on, name);
    if (typeof own !== "function") throw new Error(`there is no ${name} to count`);
    const counted = function (this: unknown, ...values: readonly unknown[]): unknown {
      total += 1;
      const answer: unknown = Reflect.apply(own, this, values);
      if (answer instanceof Promise) {
        underWay += 1;
        const over = (): void => {
          underWay -= 1;
          if (underWay === 0) wake();
        };
        answer.then(over, over);
      }
      return answer;
    };
    Reflect.set(on, name, counted);
    undo.push(() => Reflect.set(on, name, own));
  };
  count(pg.Client.prototype, "query");
  for (const name of ["all", "run", "iterate", "get"]) count(StatementSync.prototype, name);
  return {
    total: () => total,
    async answered() {
      if (underWay === 0) return false;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      return true;
    },
    end() {
      for (const one of undo) one();
    },
  };
}
