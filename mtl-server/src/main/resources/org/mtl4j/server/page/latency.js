// What a version's histogram says of the last minute: the server's counts only rise, so that two
// looks at them tell of the time between.

const WINDOW = 60_000;

export class Latencies {
  #looks = new Map();

  /** Keeps a look at a version, and says what there was since the oldest kept one. */
  add(version, now, requests, buckets) {
    let looks = this.#looks.get(version) ?? [];
    if (looks.length > 0 && looks[looks.length - 1].requests > requests) {
      looks = []; // Another server, or the same one started again.
    }
    looks.push({ now, requests, buckets: new Map(buckets) });
    while (looks.length > 2 && now - looks[1].now >= WINDOW) {
      looks.shift();
    }
    this.#looks.set(version, looks);
    return since(looks[0], looks[looks.length - 1]);
  }
}

function since(from, to) {
  const seconds = (to.now - from.now) / 1000;
  const requests = to.requests - from.requests;
  if (seconds <= 0) {
    return {};
  }
  const rate = requests / seconds;
  if (requests === 0) {
    return { rate };
  }
  const counts = [...to.buckets].map(([limit, count]) => [limit, count - (from.buckets.get(limit) ?? 0)]);
  return { rate, p50: quantile(counts, requests, 0.5), p99: quantile(counts, requests, 0.99) };
}

/** As if requests were spread evenly within their bucket, which is how Prometheus reads them. */
function quantile(counts, requests, share) {
  const wanted = share * requests;
  let lower = 0;
  let below = 0;
  for (const [limit, count] of counts) {
    if (count >= wanted) {
      return lower + ((limit - lower) * (wanted - below)) / (count - below);
    }
    lower = limit;
    below = count;
  }
  return Infinity; // Longer than the last bucket.
}

/** Seconds as a person reads them. */
export function time(seconds) {
  if (seconds === undefined) {
    return "–";
  }
  if (!Number.isFinite(seconds)) {
    return "> 30 s";
  }
  return seconds < 1 ? `${digits(seconds * 1000)} ms` : `${digits(seconds)} s`;
}

/** Requests a second. */
export const rate = (value) => (value === undefined ? "–" : digits(value));

function digits(value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
