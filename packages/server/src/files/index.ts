export {
  FILE_MAX,
  FileStore,
  MEDIA_TYPES,
  type MediaType,
  type NewFile,
  type StoredFile,
} from "./file-store.ts";
export { FileProblem, type FileProblemCode } from "./problem.ts";
export { isReferenceOf } from "./reference.ts";
