import { posix } from "node:path";
import { importsOf } from "./imports-of.ts";
import { isForTests, type SourceFile } from "./source-files.ts";

/** A folder whose folders and files are rooms on floors, the ground floor first. */
export interface House {
  readonly path: string;
  readonly floors: readonly (readonly string[])[];
}

/** The houses as the section "Floors" of a paper draws them: a row for each, with an arrow from each floor to the one above it. */
export function housesOf({ text }: SourceFile): readonly House[] {
  const [, section = ""] = /^## Floors$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(text) ?? [];
  return [...section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, path = "", picture = ""]) => ({
    path,
    floors: picture.split(" → ").map((floor) => floor.split(", ")),
  }));
}

/** Where a room imports from one that is not below it, types included, and where the picture is not of what is there. */
export function floorFaults(files: readonly SourceFile[], houses: readonly House[]): readonly string[] {
  const drawn = new Set(houses.map(({ path }) => path));
  const sources = new Set(files.map(({ path }) => path.split("/").slice(0, 3).join("/")));
  const undrawn = [...sources].filter((path) => !drawn.has(path)).map((path) => `${path} has no floors in AGENTS.md`);
  return [...undrawn, ...houses.flatMap((house) => faultsOfHouse(files, house))];
}

function faultsOfHouse(files: readonly SourceFile[], { path: house, floors }: House): readonly string[] {
  const inside = files.filter(({ path }) => path.startsWith(`${house}/`) && !isForTests(path));
  const there = new Set(inside.map(({ path }) => roomOf(house, path)));
  const drawn = floors.flat();
  return [
    ...[...there].filter((room) => !drawn.includes(room)).map((room) => `${house}/${room} has no floor in AGENTS.md`),
    ...drawn.filter((room) => !there.has(room)).map((room) => `${house}/${room} has a floor in AGENTS.md and is not there`),
    ...drawn.filter((room, index) => drawn.indexOf(room) < index).map((room) => `${house}/${room} has two floors in AGENTS.md`),
    ...inside.flatMap((file) => upwardArrows(file, house, floors)),
  ];
}

function upwardArrows(file: SourceFile, house: string, floors: House["floors"]): readonly string[] {
  const from = roomOf(house, file.path);
  const floorOf = (room: string): number => floors.findIndex((floor) => floor.includes(room));
  if (floorOf(from) < 0) return [];
  return importsOf(file).flatMap(({ specifier }) => {
    const target = posix.join(posix.dirname(file.path), specifier);
    if (!specifier.startsWith(".") || !target.startsWith(`${house}/`) || isForTests(target)) return [];
    const to = roomOf(house, target);
    return to === from || floorOf(to) < floorOf(from) ? [] : [`${file.path} imports ${specifier}, and ${to} is not below ${from}`];
  });
}

function roomOf(house: string, path: string): string {
  const [room = ""] = path.slice(house.length + 1).split("/");
  return room.replace(/\.[a-z]+$/, "");
}
