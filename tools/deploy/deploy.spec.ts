import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { ROOT } from "../sources.ts";
import { parseTemplate, render, type Templates } from "./templates.ts";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const readYaml = (path: string) => parse(read(path));

describe("the chart", () => {
  const folder = "deploy/helm/offtake";
  const chart = readYaml(`${folder}/Chart.yaml`);
  const values = readYaml(`${folder}/values.yaml`);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(read(`${folder}/values.schema.json`)));

  test("has the version of the product", () => {
    expect(chart.appVersion).toBe(JSON.parse(read("package.json")).version);
  });

  test("accepts its own values, and no others", () => {
    expect(problemsOf(values)).toEqual([]);
    expect(validate({ ...values, replicas: 3 })).toBe(false);
    expect(validate({ ...values, publicUrl: "offtake.example" })).toBe(false);
    expect(validate({ ...values, ingress: { enabled: true, host: "" } })).toBe(false);
  });

  function problemsOf(given: unknown): readonly unknown[] {
    validate(given);
    return validate.errors ?? [];
  }

  const plain = rendered(values);
  const everything = rendered({
    ...values,
    publicUrl: "https://offtake.example",
    readOnly: true,
    environmentSecret: "offtake-mail",
    imagePullSecrets: [{ name: "registry" }],
    podAnnotations: { team: "platform" },
    nodeSelector: { "kubernetes.io/arch": "amd64" },
    tolerations: [{ key: "dedicated", operator: "Exists" }],
    affinity: { nodeAffinity: {} },
    service: { ...values.service, annotations: { a: "b" } },
    serviceAccount: { create: true, name: "broker", annotations: { role: "x" } },
    ingress: { enabled: true, className: "nginx", host: "offtake.example", tlsSecret: "tls", annotations: { c: "d" } },
    serviceMonitor: { enabled: true, interval: "15s" },
  });

  test("renders to objects with names and the labels of Kubernetes, plain and with everything on", () => {
    expect(new Set(plain.map((one) => one.kind))).toEqual(
      new Set(["Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount"]),
    );
    expect(everything.map((one) => one.kind)).toEqual(expect.arrayContaining(["Ingress", "ServiceMonitor"]));
    for (const one of [...plain, ...everything]) {
      expect(one.metadata.name).toMatch(/^[a-z][a-z0-9-]{0,62}$/);
      expect(one.metadata.labels).toMatchObject({
        "app.kubernetes.io/name": "offtake",
        "app.kubernetes.io/instance": "books",
        "app.kubernetes.io/managed-by": "Helm",
      });
    }
  });

  test("selects its own pods, gives no root and no writable disk, and takes the database's address from a secret", () => {
    for (const objects of [plain, everything]) {
      const { spec } = deploymentOf(objects);
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
      const service = objects.find((one) => one.kind === "Service");
      expect(spec.template.metadata.labels).toMatchObject(service?.spec.selector);
      const pod = spec.template.spec;
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001 });
      const [container] = pod.containers;
      expect(container.securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
      });
      expect(container.env[0]).toEqual({
        name: "DATABASE_URL",
        valueFrom: { secretKeyRef: { name: "offtake-database", key: "url" } },
      });
      expect(container.image).toBe("offtake:0.1.0");
    }
  });

  test("calls the command with options that it has", () => {
    const args = deploymentOf(everything).spec.template.spec.containers[0].args;
    expect(optionsOf(args)).toEqual(["--listen", "--log", "--public-url", "--read-only"]);
    expect(unknownOptions(args)).toEqual([]);
  });

  function rendered(given: unknown) {
    const templates: Templates = new Map();
    parseTemplate(read(`${folder}/templates/_helpers.tpl`), templates);
    const dot = {
      Values: given,
      Chart: { Name: chart.name, Version: chart.version, AppVersion: chart.appVersion },
      Release: { Name: "books", Namespace: "default", Service: "Helm" },
    };
    const files = readdirSync(join(ROOT, folder, "templates")).filter((name) => !name.startsWith("_"));
    return files.flatMap((name) => {
      const text = render(parseTemplate(read(`${folder}/templates/${name}`), templates), dot, templates);
      if (name === "NOTES.txt") return [];
      return parseAllDocuments(text).flatMap((document) => {
        expect(document.errors.map((error) => `${name}: ${error.message}`)).toEqual([]);
        return document.toJS() ?? [];
      });
    });
  }
});

describe("templates", () => {
  const show = (text: string, dot: unknown) => {
    const templates: Templates = new Map();
    return render(parseTemplate(text, templates), dot, templates);
  };

  test("are rendered as Helm does it", () => {
    expect(show("a:\n  {{- with .x }}\n  b: {{ . }}\n  {{- end }}\nc", { x: 1 })).toBe("a:\n  b: 1\nc");
    expect(show("{{ if .x }}yes{{ else }}no{{ end }}", { x: "" })).toBe("no");
    expect(
      show('{{ printf "%s-%s" .a (default "c" .b) | trunc 4 | trimSuffix "-" | quote }}', { a: "abc", b: "" }),
    ).toBe('"abc"');
    expect(show('{{- define "t" -}}k: {{ .v }}{{- end -}}\nm:\n  {{- include "t" . | nindent 2 }}', { v: 2 })).toBe(
      "m:\n  k: 2",
    );
  });

  test("with anything that is not understood do not pass", () => {
    expect(() => show("{{ .y }}", { x: 1 })).toThrow(".y is not there");
    expect(() => show("{{ range .x }}{{ end }}", { x: [] })).toThrow("without a beginning");
    expect(() => show("{{ if .x }}", { x: 1 })).toThrow("not ended");
    expect(() => show("{{ end }}", {})).toThrow("without a beginning");
    expect(() => show("{{ .x | shout }}", { x: 1 })).toThrow("shout");
  });
});

describe("the compose file", () => {
  const { services, volumes } = readYaml("compose.yaml");

  test("runs the broker without rights, on a root that it cannot write, after its database", () => {
    expect(services.broker).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
    expect(services.broker.depends_on.database.condition).toBe("service_healthy");
    expect(services.broker.ports).toEqual(["127.0.0.1:8400:8400"]);
    expect(unknownOptions(services.broker.command)).toEqual([]);
  });

  test("names only volumes that it has, and keeps no password", () => {
    for (const mount of services.database.volumes) expect(Object.keys(volumes)).toContain(mount.split(":")[0]);
    expect(services.database.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  });
});

describe("the image", () => {
  const lines = read("Dockerfile")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

  test("has pinned bases, ends as a user without rights, and starts the command as its first process", () => {
    const bases = lines.filter((line) => line.startsWith("FROM "));
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/ node:\$\{NODE_VERSION\}-bookworm-slim/);
    expect(lines[0]).toMatch(/^ARG NODE_VERSION=20\.\d+\.\d+$/);
    const last = lines.slice(lines.indexOf(bases[1] ?? ""));
    expect(last.filter((line) => line.startsWith("USER "))).toEqual(["USER 10001:10001"]);
    const entry = JSON.parse(last.find((line) => line.startsWith("ENTRYPOINT "))?.slice(11) ?? "null");
    expect(entry).toEqual(["node", "/opt/offtake/bin/offtake.mjs"]);
    expect(unknownOptions(JSON.parse(last.find((line) => line.startsWith("CMD "))?.slice(4) ?? "null"))).toEqual([]);
    const known = /^(ARG|FROM|WORKDIR|COPY|RUN|LABEL|ENV|USER|EXPOSE|HEALTHCHECK|STOPSIGNAL|ENTRYPOINT|CMD) /;
    for (const line of lines) expect(line).toMatch(known);
  });

  test("holds the built command and the built console before it drops what builds them", () => {
    const made = lines.find((line) => line.startsWith("RUN ") && line.includes("npm prune")) ?? "";
    const order = ["node bin/offtake.mjs --version", "node packages/web/build.mjs", "npm prune --omit=dev"];
    expect(order.map((step) => made.indexOf(step)).toSorted((a, b) => a - b)).toEqual(
      order.map((step) => made.indexOf(step)),
    );
    expect(made.indexOf("node bin/offtake.mjs --version")).toBeGreaterThan(0);
  });

  test("leaves out what is no part of it", () => {
    const ignored = read(".dockerignore").split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".git", "node_modules", ".offtake"]));
  });
});

describe("the unit", () => {
  const path = "deploy/systemd/offtake.service";

  test("calls the command with options that it has", () => {
    const start = /^ExecStart=(.*)$/m.exec(read(path))?.[1] ?? "";
    expect(unknownOptions(start.split(" ").slice(2))).toEqual([]);
  });

  test.skipIf(!existsSync("/usr/bin/systemd-analyze"))("is one that systemd understands", () => {
    // The same unit with a program that is here: systemd looks whether it can be started.
    const scratch = mkdtempSync(join(tmpdir(), "offtake-unit-"));
    try {
      const unit = join(scratch, "offtake.service");
      writeFileSync(unit, read(path).replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
      const told = execFileSync("systemd-analyze", ["verify", "--man=no", unit], { encoding: "utf8", stdio: "pipe" });
      expect(told).toBe("");
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

const optionsOf = (args: readonly string[]): string[] => args.filter((arg) => arg.startsWith("--"));

/** Options of a started command that its reference does not have; the command itself where it is none of ours. */
function unknownOptions(args: readonly string[]): readonly string[] {
  const [command = ""] = args;
  const section = read("docs/reference/commands.md")
    .split(/^## /m)
    .find((part) => part.startsWith(`offtake ${command}\n`));
  return section === undefined ? [command] : optionsOf(args).filter((option) => !section.includes(option));
}

function deploymentOf(objects: readonly ReturnType<typeof parse>[]) {
  const found = objects.find((one) => one.kind === "Deployment");
  if (found === undefined) throw new Error("the chart renders no deployment");
  return found;
}
