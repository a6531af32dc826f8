import { medianOf, type Times } from "./race.ts";

/** One line of the report. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean | undefined;
  /** Whether a miss fails the run; times in milliseconds depend on the machine too much for that. */
  readonly binding: boolean;
  /** Told beside the verdict. */
  readonly note?: string;
}

/** A ratio that must not go above `most`; without one it is only told. */
export function ratio(what: string, value: number, most?: number): Figure {
  const target = most === undefined ? "" : most === 1 ? "< 1.00 ×" : `≤ ${most.toFixed(2)} ×`;
  const met = most === undefined ? undefined : most === 1 ? value < most : value <= most;
  return { what, measured: `${value.toFixed(2)} ×`, target, met, binding: most !== undefined };
}

/** A share of the speed of another that must not go below `least`; without one it is only told. */
export function share(what: string, value: number, least?: number): Figure {
  const target = least === undefined ? "" : `≥ ${least.toFixed(2)} ×`;
  const met = least === undefined ? undefined : value >= least;
  return { what, measured: `${value.toFixed(2)} ×`, target, met, binding: least !== undefined };
}

/** A time that should not go above `most` milliseconds. */
export function milliseconds(what: string, value: number, most: number): Figure {
  return { what, measured: `${value.toFixed(1)} ms`, target: `≤ ${most} ms`, met: value <= most, binding: false };
}

/** The median time of each contestant, for the eye; compare ratios, not these. */
export function timesOf(times: Times): string {
  return [...times].map(([name, values]) => `  ${name.padEnd(44)}${medianOf(values).toFixed(2).padStart(8)} µs`).join("\n");
}

/** The figures as a table. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, measured, target, met, note }) => [
    what,
    measured,
    target,
    `${met === undefined ? "" : met ? "met" : "MISSED"}${note === undefined ? "" : ` (${note})`}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = ([what = "", measured = "", target = "", verdict = ""]: string[]): string =>
    `${what.padEnd(widths[0] ?? 0)}  ${measured.padStart(widths[1] ?? 0)}  ${target.padEnd(widths[2] ?? 0)}  ${verdict}`.trimEnd();
  return rows.map(line).join("\n");
}
