export { LIMITS, type Limits, type Resolver, type SourceFile } from "./limits.ts";
export {
  childOf,
  type ListNode,
  locate,
  locateKey,
  type MapEntry,
  type MapNode,
  nodeAt,
  type Origin,
  type Path,
  pathText,
  plainValue,
  type ScalarNode,
  type SourceNode,
  treeOf,
  withoutEntries,
} from "./node.ts";
export { readSource, type SourceDocument } from "./read.ts";
