import type { Account } from "../directory/account.ts";
import { numberJid } from "../directory/directory.ts";
import { type Answer, type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, childOf, childrenOf, node, textOf } from "../wire/node.ts";

interface Shop {
  readonly profile: Map<string, BinaryNode[]>;
  readonly products: Map<string, BinaryNode>;
}

/** The room of what businesses show: their profile, their catalogue, orders; and of what a client asks beside it that has no answer here. */
export function business(world: World): Room {
  const shops = new Map<Account, Shop>();
  const shopOf = (account: Account): Shop => {
    const shop = shops.get(account) ?? { profile: new Map<string, BinaryNode[]>(), products: new Map<string, BinaryNode>() };
    shops.set(account, shop);
    return shop;
  };
  const productsOf = (jid: string | undefined, limit: BinaryNode | undefined): readonly BinaryNode[] => {
    const account = world.directory.find(jid)?.account;
    return account === undefined ? [] : [...shopOf(account).products.values()].slice(0, Number(textOf(limit)) || undefined);
  };
  /** A product as it is shown, with the number it has and the state it is in. */
  const shown = (id: string, { attrs, content }: BinaryNode): BinaryNode => {
    const parts = childrenOf({ tag: "product", attrs, ...(content !== undefined && { content }) }).filter(
      ({ tag }) => tag !== "id" && tag !== "media",
    );
    const images = childrenOf(childOf({ tag: "product", attrs, ...(content !== undefined && { content }) }, "media"), "image");
    const media = node(
      "media",
      {},
      images.map((image) => imageNode(childOf(image, "url"))),
    );
    return node("product", attrs, [node("id", {}, id), media, node("status_info", {}, [node("status", {}, "APPROVED")]), ...parts]);
  };

  return {
    requests: {
      "w:biz:get:business_profile": ({ child }): Answer => {
        const profiles = childrenOf(child, "profile").map(({ attrs: { jid } }) => {
          const account = world.directory.find(jid)?.account;
          if (account?.business === undefined && !shops.has(account as Account)) return undefined;
          return node("profile", { jid }, [...shopOf(account as Account).profile.values()].flat());
        });
        return [node("business_profile", { v: child?.attrs.v }, profiles)];
      },
      "w:biz:set:business_profile": ({ child }, { account }) => {
        const fields = childrenOf(child);
        for (const tag of new Set(fields.map((field) => field.tag))) {
          shopOf(account).profile.set(
            tag,
            fields.filter((field) => field.tag === tag),
          );
        }
        return undefined;
      },
      "w:biz:catalog:get:product_catalog": ({ child }) => [
        node("product_catalog", {}, productsOf(child?.attrs.jid, childOf(child, "limit"))),
      ],
      "w:biz:catalog:get:collections": ({ child }) => {
        const products = productsOf(child?.attrs.biz_jid, childOf(child, "item_limit"));
        const status = node("status_info", {}, [node("status", {}, "APPROVED"), node("can_appeal", {}, "false")]);
        const one = node("collection", {}, [node("id", {}, "all"), node("name", {}, "All"), ...products, status]);
        return [node("collections", {}, products.length === 0 ? [] : [one])];
      },
      "w:biz:catalog:set:product_catalog_add": ({ child }, { account }) => {
        const id = world.nextId();
        const product = shown(id, childOf(child, "product") ?? node("product"));
        shopOf(account).products.set(id, product);
        return [node("product_catalog_add", {}, [product])];
      },
      "w:biz:catalog:set:product_catalog_edit": ({ child }, { account }) => {
        const changed = childOf(child, "product");
        const id = textOf(childOf(changed, "id"));
        if (changed === undefined || !shopOf(account).products.has(id)) return refuse(404, "item-not-found");
        const product = shown(id, changed);
        shopOf(account).products.set(id, product);
        return [node("product_catalog_edit", {}, [product])];
      },
      "w:biz:catalog:set:product_catalog_delete": ({ child }, { account }) => {
        const ids = childrenOf(child, "product").map((product) => textOf(childOf(product, "id")));
        return [node("product_catalog_delete", { deleted_count: ids.filter((id) => shopOf(account).products.delete(id)).length })];
      },
      // an order holds what its sender's catalogue holds: nobody checks out here
      "fb:thrift_iq:get:order": ({ child }, { account }) => {
        const products = [...shopOf(account).products.values()].map((product) =>
          node("product", {}, [
            ...childrenOf(product).filter(({ tag }) => ["id", "name", "price", "currency"].includes(tag)),
            node("image"),
            node("quantity", {}, "1"),
          ]),
        );
        const price = node("price", {}, [node("total", {}, "0"), node("currency", {}, "USD")]);
        return [node("order", { id: child?.attrs.id, jid: numberJid(account) }, [...products, price])];
      },
      "bot:get:bot": () => [node("bot", { v: "2" }, [node("section", { type: "all" })])],
      // how a client counts itself; Baileys 7.0.0-rc14 forgets the type of the request
      "w:stats::add": () => undefined,
      "w:stats:set:add": () => undefined,
    },
  };
}

function imageNode(url: BinaryNode | undefined): BinaryNode {
  return node("image", {}, [node("request_image_url", {}, textOf(url)), node("original_image_url", {}, textOf(url))]);
}
