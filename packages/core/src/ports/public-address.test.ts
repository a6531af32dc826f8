import { expect, it } from "vitest";
import { readPublicUrl } from "../requests/read-options.ts";
import { addressBelow } from "./public-address.ts";

it.each([
  ["https://chat.example.com", "https://chat.example.com/in"],
  ["https://chat.example.com/", "https://chat.example.com/in"],
  ["https://Me:p%40@Chat.Example.com:443/App//?a=b?c", "https://Me:p%40@Chat.Example.com:443/App/in?a=b?c"],
  [" https://bücher.example ", "https://bücher.example/in"],
])("a path below %s is told as %s", (publicUrl, told) => {
  expect(addressBelow(readPublicUrl(publicUrl).publicAddress ?? "", "/in")).toBe(told);
});

it.each([
  ["https://chat.example.com/webhooks/whatsapp/inbound", "https://chat.example.com"],
  ["https://chat.example.com/app/webhooks/whatsapp/inbound/", "https://chat.example.com/app"],
  ["https://chat.example.com/webhooks/whatsapp/inbound/12345?key=secret", "https://chat.example.com"],
  ["https://chat.example.com/whatsapp/inbound", "https://chat.example.com"],
])("%s is a webhook's address, and the refusal says what to write: %s", (publicUrl, remedy) => {
  const paths = ["/whatsapp/inbound", "/whatsapp/inbound/:app"] as const;
  expect(() => readPublicUrl(publicUrl, paths)).toThrow(`write "${remedy}"`);
  expect(() => readPublicUrl(remedy, paths)).not.toThrow();
  expect(() => readPublicUrl("https://chat.example.com/whatsapp", paths)).not.toThrow();
});

it.each(["chat.example.com", "ftp://chat.example.com", "https://", "https:chat.example.com", "https://chat.example.com#rc=5"])(
  "%s is no public URL",
  (publicUrl) => {
    expect(() => readPublicUrl(publicUrl)).toThrow(expect.objectContaining({ code: "configuration_invalid" }));
  },
);
