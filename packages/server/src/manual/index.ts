export { type ProviderTask, ProviderTasks, type TaskLine, type TasksOptions } from "./tasks.ts";
