import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./public-address.ts";

describe("an address on the internet", () => {
  it.each([
    "8.8.8.8",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "223.255.255.255",
    "192.0.1.1",
    "198.20.0.1",
  ])("is %s", (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(["2606:4700:4700::1111", "2a00:1450:4001:800::200e", "2001:200::1", "2001:4860:4860::8888", "3fff:1000::1"])("is %s", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

describe("no address on the internet", () => {
  it.each([
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    // where clouds tell a machine its secrets
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "255.255.255.255",
  ])("is %s", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each([
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456:789a::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::10.0.0.1",
    "2001:0:1::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff:fff::1",
  ])("is %s", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(["", "localhost", "8.8.8", "8.8.8.8.8", "256.1.1.1", "08.8.8.8x", "2001::1::1", ":"])("is %j, which is no address", (address) =>
    expect(isPublicAddress(address)).toBe(false),
  );
});
