ALTER TABLE "wadesk_messages" ADD COLUMN "waiting" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "wadesk_inbox_queues" ADD COLUMN "behind" text collate "C";--> statement-breakpoint
CREATE INDEX "wadesk_inbox_queues_behind" ON "wadesk_inbox_queues" USING btree ("behind") WHERE "wadesk_inbox_queues"."behind" is not null;--> statement-breakpoint
ALTER TABLE "wadesk_records" ADD COLUMN "name" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "wadesk_records" SET "name" = replace("place"::json ->> 1, '\', '\005c') WHERE "place" NOT LIKE '%\\u%';
