import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type PublicPackage, tarballName } from "../public-packages.ts";
import { readTarball } from "../tarball.ts";

/** Serves the tarballs as npm's registry would once they are published, so that a page's `npm install` is typed in as it stands. */
export async function localRegistry(packages: readonly PublicPackage[], workshop: string): Promise<{ url: string; close(): void }> {
  const tarballs = new Map<string, Buffer>();
  const manifests = new Map<string, object>();
  for (const each of packages) {
    const file = tarballName(each);
    tarballs.set(`/${file}`, await readFile(join(workshop, file)));
    manifests.set(`/${each.name}`, JSON.parse((await readTarball(join(workshop, file))).get("package.json") ?? "{}") as object);
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    const [found, tarball] = [packages.find(({ name }) => path === `/${name}`), tarballs.get(path)];
    if (tarball !== undefined) return void response.end(tarball);
    if (found === undefined) return void response.writeHead(404).end();
    const file = tarballName(found);
    const integrity = `sha512-${createHash("sha512")
      .update(tarballs.get(`/${file}`) ?? "")
      .digest("base64")}`;
    const version = { ...manifests.get(path), dist: { tarball: `${url}/${file}`, integrity } };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name: found.name, "dist-tags": { latest: found.version }, versions: { [found.version]: version } }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
