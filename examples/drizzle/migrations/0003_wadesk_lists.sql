CREATE TABLE "wadesk_change_counts" (
	"workspace_id" text collate "C" PRIMARY KEY NOT NULL,
	"last" bigint NOT NULL,
	"removals" bigint NOT NULL,
	"forgotten" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wadesk_connection_changes" (
	"workspace_id" text collate "C" NOT NULL,
	"connection_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"change" bigint NOT NULL,
	"removal" bigint NOT NULL,
	CONSTRAINT "wadesk_connection_changes_workspace_id_connection_id_pk" PRIMARY KEY("workspace_id","connection_id")
);
--> statement-breakpoint
ALTER TABLE "wadesk_connections" ADD COLUMN "searched" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "wadesk_connection_changes_workspace_id_change_index" ON "wadesk_connection_changes" USING btree ("workspace_id","change");--> statement-breakpoint
INSERT INTO "wadesk_change_counts" ("workspace_id", "last", "removals", "forgotten")
	SELECT "workspace_id", "began" + "rows", 0, "began" FROM (
		SELECT "workspace_id", count(*) AS "rows", cast(extract(epoch from clock_timestamp()) * 1000 as bigint) AS "began"
		FROM "wadesk_connections" GROUP BY "workspace_id"
	) AS "had";--> statement-breakpoint
INSERT INTO "wadesk_connection_changes" ("workspace_id", "connection_id", "name", "change", "removal")
	SELECT "own"."workspace_id", "own"."id", to_json("own"."id")::text,
		"told"."forgotten" + row_number() OVER (PARTITION BY "own"."workspace_id" ORDER BY "own"."created_at", "own"."id"), 0
	FROM "wadesk_connections" AS "own" JOIN "wadesk_change_counts" AS "told" ON "told"."workspace_id" = "own"."workspace_id";
