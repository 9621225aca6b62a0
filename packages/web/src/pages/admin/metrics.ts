export interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: string;
}

export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;

/** Figures in the text format of Prometheus, those of the broker itself: buckets of histograms are left out, their sum and count stay. */
export function metricsOf(text: string): readonly Metric[] {
  const metrics = new Map<string, { help: string; samples: Sample[] }>();
  let current: string | undefined;
  for (const line of text.split("\n")) {
    const help = /^# HELP (\S+) (.*)$/.exec(line);
    if (help !== null) {
      const [, name = "", words = ""] = help;
      current = name;
      metrics.set(name, { help: words, samples: [] });
      continue;
    }
    const sample = line.startsWith("#") ? null : SAMPLE.exec(line);
    if (sample === null) continue;
    const [, name = "", labels = "", value = ""] = sample;
    if (name.endsWith("_bucket")) continue;
    const owner = current !== undefined && name.startsWith(current) ? current : name;
    const metric = metrics.get(owner) ?? { help: "", samples: [] };
    metric.samples.push({ name, labels, value });
    metrics.set(owner, metric);
  }
  return [...metrics]
    .map(([name, { help, samples }]) => ({ name, help, samples }))
    .filter(({ name, samples }) => /^offtake_(?!process_|nodejs_)/.test(name) && samples.length > 0);
}
