export { documentText, type Edit, editedText, type Plain, plainOf } from "./document.ts";
