import { COLUMNS_MAX, RECORD_CHARS_MAX, ROWS_MAX } from "../files/table.ts";
import { TEXT_BYTES_MAX } from "../files/text.ts";

const AZURE = "region,vm_size,usd_per_hour";
const azure = (...rows: readonly string[]): string => [AZURE, ...rows].join("\n");
const price = (text: string): string => azure(`eastus,Standard_ND96isr_H100_v5,${text}`);

const AWS =
  "region,instance_type,price_per_hour,currency,accelerator_count,accelerator_name,accelerator_manufacturer,accelerator_memory_mib,vcpus,memory_mib";
const aws = (row: string): string => `${AWS}\n${row}`;

const CW = "plan_name,accelerator,accelerator_count,price_text,usd_per_hour,spot_usd_per_hour_na";
const coreweave = (row: string): string => `${CW}\n${row}`;

const NEBIUS =
  "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,TotalGpuMemoryInMiB,SpotPrice";

const GCP = "region,price_kind,machine_type,usd_per_hour";

/** Lists that are refused as a whole: what they are, their text or bytes, the code. */
export const BAD_FILES: readonly (readonly [string, string | Uint8Array, string])[] = [
  ["nothing", "", "empty_file"],
  ["blanks only", "  \n \r\n", "empty_file"],
  ["a byte order mark only", "\uFEFF", "empty_file"],
  ["NUL inside", `${AZURE}\neastus,Standard_\0,1`, "not_text"],
  ["bytes that are not UTF-8", Uint8Array.from([0x72, 0xff, 0xfe, 0x0a]), "not_text"],
  [
    "UTF-16",
    Uint8Array.from([0xff, 0xfe, ...AZURE.split("").flatMap((letter) => [letter.charCodeAt(0), 0])]),
    "not_text",
  ],
  ["a ZIP archive", Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), "not_text"],
  ["a gzip archive", Uint8Array.from([0x1f, 0x8b, 8, 0]), "not_text"],
  ["more bytes than a list may have", "x".repeat(TEXT_BYTES_MAX + 1), "file_too_large"],
  ["one endless field", azure(`eastus,${"x".repeat(RECORD_CHARS_MAX + 1)},1`), "record_too_long"],
  ["a quote that never ends", azure('eastus,"Standard_ND96isr_H100_v5,98.32'), "malformed_csv"],
  ["text behind a closing quote", azure('eastus,"Standard"x,98.32'), "malformed_csv"],
  ["a quote inside a bare value", azure('eastus,Stan"dard,98.32'), "malformed_csv"],
  [
    "too many columns",
    Array.from({ length: COLUMNS_MAX + 1 }, (_, index) => `c${index}`).join(","),
    "too_many_columns",
  ],
  ["too many rows", `${AZURE}\n${"a,b,1\n".repeat(ROWS_MAX + 1)}`, "too_many_rows"],
  ["a column named twice", "region,vm_size,usd_per_hour,region\n", "duplicate_column"],
  ["a header of another list", "sku,price\nA,1", "unknown_price_list"],
  ["a price per month", "region,vm_size,usd_per_month\neastus,Standard_NC6s_v3,1", "unknown_price_list"],
  ["a price in euros per hour", "region,vm_size,eur_per_hour\neastus,Standard_NC6s_v3,1", "unknown_price_list"],
  ["one column too many", `${AZURE},note\neastus,Standard_NC6s_v3,1,x`, "unknown_price_list"],
  ["one column too few", "region,vm_size\neastus,Standard_NC6s_v3", "unknown_price_list"],
  ["no header at all", "eastus,Standard_ND96isr_H100_v5,98.32", "unknown_price_list"],
  ["tabs instead of commas", AZURE.replace(/,/g, "\t"), "unknown_price_list"],
  ["another case of the columns", AZURE.toUpperCase(), "unknown_price_list"],
  ["the names of an object's prototype as columns", "__proto__,constructor,toString\n1,2,3", "unknown_price_list"],
  ["JSON", '{"region": "eastus"}', "malformed_csv"],
  ["HTML", "<!doctype html><html></html>", "unknown_price_list"],
  [
    "a list of regions",
    "region_or_zone,super_region,location,access_type,gpu_instances_listed\n",
    "unknown_price_list",
  ],
];

/** Lists of one price that is dropped: what it is, the list, the code. */
export const BAD_PRICES: readonly (readonly [string, string, string])[] = [
  ["a blank price", price(""), "missing_price"],
  ["blanks as a price", price("   "), "missing_price"],
  ["NaN", price("NaN"), "bad_price"],
  ["Infinity", price("Infinity"), "bad_price"],
  ["an exponent past all floats", price("1e999"), "bad_price"],
  ["a small exponent", price("1e1"), "bad_price"],
  ["hexadecimal", price("0x10"), "bad_price"],
  ["a sign", price("+5"), "bad_price"],
  ["a currency sign", price("$98.32"), "bad_price"],
  ["a decimal comma", price('"98,32"'), "bad_price"],
  ["grouping marks", price('"1,098.32"'), "bad_price"],
  ["two points", price("9.8.32"), "bad_price"],
  ["no digit before the point", price(".5"), "bad_price"],
  ["no digit behind the point", price("5."), "bad_price"],
  ["a fraction", price("98/3"), "bad_price"],
  ["digits of another script", price("٩٨"), "bad_price"],
  ["cents", price("9832c"), "bad_price"],
  ["more decimals than any list has", price(`1.${"1".repeat(31)}`), "bad_price"],
  ["a price per month in the cell", price("98.32/month"), "bad_price"],
  ["below zero", price("-1"), "negative_price"],
  ["far below zero", price("-99999999999999999999"), "negative_price"],
  ["zero", price("0"), "zero_price"],
  ["zero with decimals", price("0.000000"), "zero_price"],
  ["above a million an hour", price("1000001"), "price_out_of_range"],
  ["past 64 bits", price("99999999999999999999999999"), "price_out_of_range"],
  ["words for a price on request", price("Contact sales"), "price_on_request"],
  ["another region than any", azure("atlantis,Standard_ND96isr_H100_v5,1"), "unknown_region"],
  ["no region", azure(",Standard_ND96isr_H100_v5,1"), "unknown_region"],
  ["a size that nobody documents", azure("eastus,Standard_ND96_H900_v9,1"), "unknown_instance_type"],
  ["no size", azure("eastus,,1"), "unknown_instance_type"],
  ["a formula as a size", azure("eastus,=1+1,1"), "unknown_instance_type"],
  ["a part of an accelerator", azure("eastus,Standard_NV6ads_A10_v5,1"), "fractional_accelerator"],
  ["an FPGA", azure("eastus,Standard_NP10s,1"), "not_an_accelerator"],
  ["a size without a known count", azure("eastus,Standard_NC8ads_A10_v4,1"), "unknown_accelerator_count"],
  ["a value too few", azure("eastus,Standard_ND96isr_H100_v5"), "column_count"],
  ["a value too many", azure("eastus,Standard_ND96isr_H100_v5,1,2"), "column_count"],
  ["no count", aws("us-east-1,p3.2xlarge,3.06,USD,,,,,,"), "missing_accelerator_count"],
  ["a count of zero", aws("us-east-1,g6f.large,0.2,USD,0,l4,nvidia,2861,2,8192"), "fractional_accelerator"],
  ["a count below zero", aws("us-east-1,p5.48xlarge,55,USD,-8,h100,nvidia,81920,192,2097152"), "bad_accelerator_count"],
  [
    "half an accelerator",
    aws("us-east-1,p5.48xlarge,55,USD,0.5,h100,nvidia,81920,192,2097152"),
    "bad_accelerator_count",
  ],
  [
    "a count past all nodes",
    aws("us-east-1,p5.48xlarge,55,USD,99999,h100,nvidia,81920,192,2097152"),
    "bad_accelerator_count",
  ],
  [
    "a count in words",
    aws("us-east-1,p5.48xlarge,55,USD,eight,h100,nvidia,81920,192,2097152"),
    "bad_accelerator_count",
  ],
  [
    "an accelerator nobody knows",
    aws("us-east-1,p9.48xlarge,55,USD,8,z900,nvidia,81920,192,2097152"),
    "unknown_accelerator",
  ],
  ["no accelerator", aws("us-east-1,p5.48xlarge,55,USD,8,,nvidia,81920,192,2097152"), "accelerator_missing"],
  [
    "an endless name",
    aws(`us-east-1,p5.48xlarge,55,USD,8,${"h".repeat(200)},nvidia,,192,1`),
    "accelerator_name_too_long",
  ],
  ["a memory that no H100 has", aws("us-east-1,p5.48xlarge,55,USD,8,h100,nvidia,8192,192,2097152"), "no_such_variant"],
  ["no currency", aws("us-east-1,p5.48xlarge,55,,8,h100,nvidia,81920,192,2097152"), "bad_currency"],
  ["a currency sign as a currency", aws("us-east-1,p5.48xlarge,55,$,8,h100,nvidia,81920,192,2097152"), "bad_currency"],
  ["a currency in lower case", aws("us-east-1,p5.48xlarge,55,usd,8,h100,nvidia,81920,192,2097152"), "bad_currency"],
  ["two accelerators in one row", coreweave("GB300 or B300,GB300|B300,4,$4.00,4.0,"), "several_accelerators"],
  ["a price quoted differently twice", coreweave("HGX H100,H100,8,$49.24,94.24,"), "price_mismatch"],
  ["a price quoted that is no number", coreweave("HGX H100,H100,8,$ask,49.24,"), "price_mismatch"],
  ["a quoted price without its number", coreweave("HGX H100,H100,8,$49.24,,"), "missing_price"],
  ["a kind that is neither on demand nor spot", `${GCP}\nus-east1,reserved,a3-highgpu-8g,1`, "bad_price_kind"],
  ["a node of another provider", `${NEBIUS}\nBM.GPU.H100.8,H100,8,1,1,80,eu-north1,655360,`, "unknown_instance_type"],
];
