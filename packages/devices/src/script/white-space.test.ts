import { describe, expect, it } from "vitest";
import { shortMarkup, shortSheet } from "./white-space.ts";

describe("a template's white space", () => {
  it("is one space where a page draws one, and never none", () => {
    expect(shortMarkup("<b>\n    a  b\n  </b> <i>${")).toBe("<b> a b </b> <i>${");
  });

  it("goes from the end of a tag, where nothing reads it", () => {
    expect(shortMarkup('<a\n  class="a"\n  href="/a"\n>\n  a &gt; b</a>')).toBe('<a class="a" href="/a"> a &gt; b</a>');
  });

  it("goes from both ends of a block, where no line draws it, and stays at those of what stands in a line", () => {
    expect(shortMarkup('<div class="a"> <b> a </b> <i>b</i>\n</div> <p>text </p>')).toBe(
      '<div class="a"><b> a </b> <i>b</i></div> <p>text</p>',
    );
  });

  it("goes from a style sheet where its reader skips it, and stays where it says something", () => {
    const sheet = `
      /* a word */
      .a .b > .c, .a :hover { color: red; margin: 0 auto; }
      .d::before { content: "a ;  b > c"; width: calc(1px + 2px); }
      @media (max-width: 560px) { .e { --x: 1; } }
    `;
    expect(shortSheet(sheet).trim()).toBe(
      '.a .b>.c,.a :hover{color:red;margin:0 auto}.d::before{content:"a ;  b > c";width:calc(1px + 2px)}@media (max-width:560px){.e{--x:1}}',
    );
  });
});
