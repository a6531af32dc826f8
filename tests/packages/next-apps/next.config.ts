// a host whose vendor calls another path than that of the route file
export default { rewrites: async () => [{ source: "/outside/:path*", destination: "/hooks/:path*" }] };
