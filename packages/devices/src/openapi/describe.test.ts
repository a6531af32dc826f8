import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe as about, expect, it } from "vitest";
import { ROUTES } from "../routes/table.ts";
import { openScreen } from "../testing/open-screen.ts";
import { describe } from "./describe.ts";

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

about("the description of the handler", () => {
  it("has nothing in it that an OpenAPI linter finds", async () => {
    const { ask } = openScreen();
    const source = await (await ask("member", "GET", "/openapi.json")).text();
    const config = await createConfig({ extends: ["recommended-strict"] });
    const found = await lintFromString({ source, config, absoluteRef: "openapi.json" });
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  it("has each row of the table, below the path at which it is mounted", () => {
    const { openapi, paths } = describe(ROUTES, "/api/wadesk") as Document;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    );
    expect(openapi).toBe("3.1.1");
    expect(described.toSorted()).toEqual(ROUTES.map(({ method, path, id }) => `${method} ${path} ${id}`).toSorted());
    expect(describe(ROUTES, "/api/wadesk")).toMatchObject({ servers: [{ url: "/api/wadesk" }] });
  });

  it("is the same schemas by which requests are checked", () => {
    const { components } = describe(ROUTES, "") as Document;
    expect(components.schemas.Rename).toEqual({
      type: "object",
      properties: { label: { type: "string", minLength: 1, maxLength: 200 } },
      required: ["label"],
      additionalProperties: false,
    });
    expect(components.schemas.Link).toMatchObject({ properties: { connection: { $ref: "#/components/schemas/Connection" } } });
  });
});
