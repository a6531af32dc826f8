import { it } from "vitest";
import { watched } from "../watched.ts";

it("prints a message", () => {
  watched.words("Meet me at noon");
  console.log("received", { text: "Meet me at noon" });
});
