import { expect, it } from "vitest";
import { bareMembers, bareMembersOf, publicEntries } from "./public-members.ts";

const entries = publicEntries();

it.each([...entries.keys()])("every member that a user of %s sees has its sentence", (entry) => {
  const file = entries.get(entry);
  expect(file && bareMembersOf(file)).toEqual([]);
});

it.each([
  ["a property", "export interface Key { readonly id: string }", ["Key.id"]],
  ["a method", "export interface Key { open(): void }", ["Key.open"]],
  ["a part of a union", 'export type Key = { readonly type: "a"; readonly id: string } | { readonly type: "b" }', ["Key.id"]],
  ["a part of an intersection", "export type Key = Base & { readonly id: string }", ["Key.id"]],
])("finds %s that lacks it", (_what, text, found) => {
  expect(bareMembers({ path: "key.ts", text }, "Key")).toEqual(found);
});

it("takes one sentence for all overloads, and none for what is a literal", () => {
  const overloads = "export interface Key {\n/** Opens. */\nopen(): void;\nopen(at: number): void }";
  expect(bareMembers({ path: "key.ts", text: overloads }, "Key")).toEqual([]);
  expect(bareMembers({ path: "key.ts", text: 'export interface Key { readonly kind: "key" }' }, "Key")).toEqual([]);
  expect(bareMembers({ path: "key.ts", text: "export interface Other { readonly id: string }" }, "Key")).toEqual([]);
});
