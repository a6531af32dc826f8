CREATE TABLE "wadesk_session_processes" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"process" text NOT NULL,
	"kinds" text NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wadesk_sessions" (
	"connection_id" text collate "C" PRIMARY KEY NOT NULL,
	"place" text NOT NULL,
	"kind" text collate "C" NOT NULL,
	"wanted" boolean NOT NULL,
	"process" text collate "C",
	"token" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "wadesk_sessions_free" ON "wadesk_sessions" USING btree ("kind","connection_id") WHERE "wadesk_sessions"."process" is null and "wadesk_sessions"."wanted";--> statement-breakpoint
CREATE INDEX "wadesk_sessions_held" ON "wadesk_sessions" USING btree ("process","kind") WHERE "wadesk_sessions"."process" is not null;
