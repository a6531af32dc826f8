ALTER TABLE "wadesk_inbox" ADD COLUMN "deaths" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wadesk_inbox_queues" ADD COLUMN "workspace_id" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "wadesk_inbox_queues" ADD COLUMN "connection_id" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "wadesk_inbox_queues" ADD COLUMN "lane" bigint GENERATED ALWAYS AS (hashtextextended(workspace_id, 0)) STORED;--> statement-breakpoint
ALTER TABLE "wadesk_inbox_queues" ADD COLUMN "line" bigint GENERATED ALWAYS AS (hashtextextended(connection_id, 0)) STORED;--> statement-breakpoint
ALTER TABLE "wadesk_inbox_queues" ADD COLUMN "turn" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wadesk_inbox_queues" ADD COLUMN "alone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "wadesk_inbox_queues_ready" ON "wadesk_inbox_queues" USING btree ("lane","line","turn") WHERE "wadesk_inbox_queues"."due_at" = 0;--> statement-breakpoint
CREATE INDEX "wadesk_inbox_queues_turn" ON "wadesk_inbox_queues" USING btree ("turn") WHERE "wadesk_inbox_queues"."due_at" = 0;--> statement-breakpoint
CREATE INDEX "wadesk_inbox_queues_held" ON "wadesk_inbox_queues" USING btree ("due_at") WHERE "wadesk_inbox_queues"."token" is not null;--> statement-breakpoint
UPDATE "wadesk_inbox_queues" SET "workspace_id" = "waits"."workspace_id", "connection_id" = "waits"."connection_id" FROM "wadesk_inbox" AS "waits"
	WHERE "waits"."order_key" = "wadesk_inbox_queues"."order_key" AND "waits"."state" IN ('waiting', 'running');
