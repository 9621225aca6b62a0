export { type ProviderTask, ProviderTasks, TASK_STATUSES, type TaskLine, type TasksOptions } from "./tasks.ts";
