CREATE TYPE "public"."wadesk_message_status" AS ENUM('queued', 'sent', 'failed', 'delivered', 'read', 'played');--> statement-breakpoint
CREATE SEQUENCE "public"."wadesk_counter" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "wadesk_connections" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"channel" text collate "C" NOT NULL,
	"route" text collate "C" NOT NULL,
	"account" text collate "C",
	"region" text collate "C",
	"state" text NOT NULL,
	"since" bigint NOT NULL,
	"last_seen_at" bigint,
	"created_at" bigint NOT NULL,
	"epoch" integer NOT NULL,
	"version" integer NOT NULL,
	"primary" boolean NOT NULL,
	"row" text NOT NULL,
	CONSTRAINT "wadesk_connections_route_unique" UNIQUE("route")
);
--> statement-breakpoint
CREATE TABLE "wadesk_inbox" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"connection_id" text collate "C" NOT NULL,
	"order_key" text collate "C" NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"attempt" integer NOT NULL,
	"ended_at" bigint,
	"reason" text,
	"event" text
);
--> statement-breakpoint
CREATE TABLE "wadesk_leases" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"token" bigint NOT NULL,
	"owner" text NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wadesk_messages" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace_id" text collate "C" NOT NULL,
	"connection_id" text collate "C" NOT NULL,
	"idempotency_key" text collate "C",
	"created_at" bigint NOT NULL,
	"row" text NOT NULL,
	"receipt" text,
	CONSTRAINT "wadesk_messages_workspace_id_idempotency_key_unique" UNIQUE("workspace_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "wadesk_inbox_queues" (
	"order_key" text collate "C" PRIMARY KEY NOT NULL,
	"due_at" bigint NOT NULL,
	"token" bigint
);
--> statement-breakpoint
CREATE TABLE "wadesk_records" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"place" text NOT NULL,
	"namespace" text NOT NULL,
	"value" "bytea" NOT NULL,
	"expires_at" bigint
);
--> statement-breakpoint
CREATE TABLE "wadesk_standings" (
	"connection_id" text collate "C" NOT NULL,
	"provider_id" text collate "C" NOT NULL,
	"message_id" text collate "C",
	"status" "wadesk_message_status" NOT NULL,
	"at" bigint NOT NULL,
	"failure" text,
	CONSTRAINT "wadesk_standings_connection_id_provider_id_pk" PRIMARY KEY("connection_id","provider_id")
);
--> statement-breakpoint
ALTER TABLE "wadesk_standings" ADD CONSTRAINT "wadesk_standings_message_id_wadesk_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."wadesk_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "wadesk_connections_workspace_id_created_at_id_index" ON "wadesk_connections" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "wadesk_connections_account_index" ON "wadesk_connections" USING btree ("account");--> statement-breakpoint
CREATE INDEX "wadesk_connections_silence" ON "wadesk_connections" USING btree ("channel",coalesce("last_seen_at", "since")) WHERE "wadesk_connections"."state" = 'connected';--> statement-breakpoint
CREATE UNIQUE INDEX "wadesk_connections_workspace_id_channel_index" ON "wadesk_connections" USING btree ("workspace_id","channel") WHERE "wadesk_connections"."primary";--> statement-breakpoint
CREATE INDEX "wadesk_inbox_order_key_position_index" ON "wadesk_inbox" USING btree ("order_key","position") WHERE "wadesk_inbox"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "wadesk_inbox_workspace_id_position_index" ON "wadesk_inbox" USING btree ("workspace_id","position");--> statement-breakpoint
CREATE INDEX "wadesk_inbox_state_ended_at_index" ON "wadesk_inbox" USING btree ("state","ended_at");--> statement-breakpoint
CREATE INDEX "wadesk_messages_workspace_id_created_at_id_index" ON "wadesk_messages" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "wadesk_messages_created_at_index" ON "wadesk_messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "wadesk_inbox_queues_due_at_index" ON "wadesk_inbox_queues" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "wadesk_records_namespace" ON "wadesk_records" USING btree (left("namespace", 100) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "wadesk_records_expires_at_index" ON "wadesk_records" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "wadesk_standings_message_id_index" ON "wadesk_standings" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "wadesk_standings_at_index" ON "wadesk_standings" USING btree ("at") WHERE "wadesk_standings"."message_id" is null;