export { CalendarFeeds } from "./calendar-feed.ts";
