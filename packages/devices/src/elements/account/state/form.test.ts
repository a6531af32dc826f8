import { describe, expect, it } from "vitest";
import type { WireFailure } from "../../../wire/problem.ts";
import { fieldsOf } from "./fields.ts";
import { type FormEvent, type FormState, firstWrong, inputOf, openForm, reduceForm } from "./form.ts";

const FIELDS = fieldsOf({
  properties: {
    number: { type: "string" },
    token: { type: "string", writeOnly: true },
    business: { type: "string", pattern: "^\\d*$" },
    override: { type: "boolean" },
    age: { type: "number" },
  },
  required: ["number", "token"],
});

const after = (...events: readonly FormEvent[]): FormState => events.reduce(reduceForm, openForm(FIELDS, { number: "+1", token: "old" }));
const failure = (issues: WireFailure["issues"] = []): WireFailure => ({
  code: "input_invalid",
  remedy: "change-request",
  message: "no",
  issues,
});

describe("a form", () => {
  it("begins with what is known and is no secret", () => expect(after().values).toEqual({ number: "+1" }));

  it("says nothing of a field that is left as it was found, and that it is missing once it was emptied", () => {
    expect(after({ type: "left", name: "token" }).issues).toEqual({});
    const emptied = after(
      { type: "typed", name: "token", value: "x" },
      { type: "typed", name: "token", value: "" },
      { type: "left", name: "token" },
    );
    expect(emptied.issues).toEqual({ token: { code: "required" } });
  });

  it("says what is wrong with a field once it is left, and no longer once it is typed in", () => {
    const left = after({ type: "typed", name: "business", value: "x1" }, { type: "left", name: "business" });
    expect(left.issues).toEqual({ business: { code: "wrong_form" } });
    expect(reduceForm(left, { type: "typed", name: "business", value: "1" }).issues).toEqual({});
  });

  it("that is looked through says everything, and what is wrong first comes first", () => {
    const state = after({ type: "typed", name: "number", value: "  " }, { type: "looked-through" });
    expect(state.issues).toEqual({ number: { code: "required" }, token: { code: "required" } });
    expect(firstWrong(state)).toBe("number");
  });

  it("that is refused keeps all but its secrets, with the channel's words at the fields", () => {
    const state = after(
      { type: "typed", name: "token", value: "secret-token" },
      {
        type: "refused",
        failure: failure([
          { field: "token.0", code: "bearer_prefix", message: "paste it alone" },
          { field: "token", code: "white_space", message: "later" },
          { field: "elsewhere", code: "x", message: "y" },
        ]),
      },
    );
    expect(JSON.stringify(state)).not.toContain("secret-token");
    expect(state.values).toEqual({ number: "+1" });
    expect(state.issues).toEqual({ token: { code: "bearer_prefix", message: "paste it alone" } });
    expect(state.failure?.code).toBe("input_invalid");
    expect(reduceForm(state, { type: "looked-through" }).failure).toBeUndefined();
  });

  it("gives the channel what is filled in: no blanks, no unticked box, numbers as numbers", () => {
    const state = after(
      { type: "typed", name: "business", value: " " },
      { type: "typed", name: "override", value: false },
      { type: "typed", name: "age", value: "7" },
    );
    expect(inputOf(state)).toEqual({ number: "+1", age: 7 });
    expect(inputOf(reduceForm(state, { type: "typed", name: "override", value: true }))).toMatchObject({ override: true });
  });
});
