import { describe, expect, it } from "vitest";
import { shortMarkup, shortSheet } from "./white-space.ts";

describe("a template's white space", () => {
  it("is one space where a page draws one, and never none", () => {
    expect(shortMarkup("<p>\n    a  b\n  </p> <i>${")).toBe("<p> a b </p> <i>${");
  });

  it("goes from a style sheet where its reader skips it, and stays where it says something", () => {
    const sheet = `
      /* a word */
      .a .b > .c, .a :hover { color: red; margin: 0 auto; }
      .d::before { content: "a ;  b"; width: calc(1px + 2px); }
      @media (max-width: 560px) { .e { --x: 1; } }
    `;
    expect(shortSheet(sheet).trim()).toBe(
      '.a .b > .c,.a :hover{color:red;margin:0 auto}.d::before{content:"a ;  b";width:calc(1px + 2px)}@media (max-width:560px){.e{--x:1}}',
    );
  });
});
