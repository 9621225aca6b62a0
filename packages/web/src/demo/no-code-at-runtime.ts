import { config } from "zod";

// zod tries whether it may write functions at runtime; the policy of the pages says no, and browsers report each try.
config({ jitless: true });
