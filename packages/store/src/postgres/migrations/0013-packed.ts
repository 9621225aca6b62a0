import type { Migration } from "./migration.ts";

const SQL = `
-- Rows of feeds and objects are packed already: compressing them again takes longer than writing them, as with the log (step 6). Most then fit
-- into a page, and are read with it.
alter table feeds alter column told set storage external;
alter table feeds set (toast_tuple_target = 8160);
alter table feed_objects alter column body set storage external;
alter table feed_objects set (toast_tuple_target = 8160);
`;

export const packed: Migration = { version: 13, name: "packed", sql: SQL };
