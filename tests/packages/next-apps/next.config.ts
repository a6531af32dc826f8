// in place of the example's own: a host whose vendor calls another path than that of the route file
export default {
  serverExternalPackages: ["@wadesk/unofficial", "@wadesk/testing", "@whiskeysockets/baileys"],
  rewrites: async () => [{ source: "/outside/:path*", destination: "/hooks/:path*" }],
};
