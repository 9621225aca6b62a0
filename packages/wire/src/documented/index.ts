export {
  type Amount,
  amountOf,
  amountText,
  documented,
  isInstantLike,
  rationalOf,
  rationalText,
} from "./documented.ts";
