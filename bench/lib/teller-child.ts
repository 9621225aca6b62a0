import { Feeds } from "@offtake/server/feeds";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { sha256 } from "./on-database.ts";

/** A node that tells what others append, in a process of its own. */
process.once("disconnect", () => process.exit(0));
const [url = ""] = process.argv.slice(2);
const database = await Database.open({ url });
await Feeds.start({ log: new PostgresStore(database), feeds: new PostgresFeedStore(database), hash: sha256 });
process.send?.("ready");
