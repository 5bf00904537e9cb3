package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.server.bench.LoadFigures;
import org.mtl4j.server.bench.Outcome;
import org.mtl4j.server.bench.Overloading;
import org.mtl4j.server.bench.SideBySide;
import org.mtl4j.server.bench.Starting;
import org.mtl4j.server.bench.Swapping;
import org.mtl4j.server.bench.Turns;

/** What {@code mtl bench serve} prints of what it measured. */
final class ServeBenchView {
  private static final double MIB = 1 << 20;

  private final Map<String, Object> json = new LinkedHashMap<>();
  private final List<String> text = new ArrayList<>();

  Map<String, Object> json() {
    return json;
  }

  List<String> text() {
    return text;
  }

  void start(Starting.Result result) {
    json.put(
        "start",
        Map.of(
            "model_bytes", result.modelBytes(),
            "seconds", result.seconds(),
            "median_seconds", result.median()));
    line(
        "start: ready after %.2f s (median of %d), a model of %.0f MiB",
        result.median(), result.seconds().size(), result.modelBytes() / MIB);
  }

  void protocols(String scenario, Turns turns) {
    Map<String, Object> figures = sides(scenario, turns);
    for (String side : List.of(SideBySide.GRPC, SideBySide.REST)) {
      double longer =
          turns.medianRatio(side, SideBySide.IN_PROCESS, figure -> figure.answered().p50());
      double asMuch = turns.medianRatio(side, SideBySide.IN_PROCESS, LoadFigures::perSecond);
      figures.put(side + " p50 over in-process", longer);
      figures.put(side + " throughput over in-process", asMuch);
      line(
          "%s: %s: p50 %.2f times in-process, throughput %.0f %% of it",
          scenario, side, longer, 100 * asMuch);
    }
  }

  void clients(Turns turns) {
    Map<String, Object> figures = sides("clients", turns);
    double gain =
        turns.medianRatio(SideBySide.BATCHES, SideBySide.NO_BATCHES, LoadFigures::perSecond);
    figures.put("gain", gain);
    line("clients: batches give %.2f times the throughput", gain);
  }

  private Map<String, Object> sides(String scenario, Turns turns) {
    Map<String, Object> figures = new LinkedHashMap<>();
    turns
        .sides()
        .forEach(
            (side, rounds) -> {
              figures.put(side, rounds.stream().map(ServeBenchView::load).toList());
              line(
                  "%s: %-10s %8.1f requests a second, p50 %.2f ms, p99 %.2f ms",
                  scenario,
                  side,
                  turns.median(side, LoadFigures::perSecond),
                  turns.median(side, figure -> figure.answered().p50()),
                  turns.median(side, figure -> figure.answered().p99()));
            });
    figures.put("failed", turns.failed());
    if (turns.failed() > 0) {
      line("%s: %d requests failed", scenario, turns.failed());
    }
    json.put(scenario, figures);
    return figures;
  }

  void overload(Overloading.Result result) {
    line("overload: --queue-time %d ms", result.queueMillis());
    List<Map<String, Object>> all = new ArrayList<>();
    for (Overloading.Round round : result.rounds()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("capacity", round.capacity());
      figures.put("unloaded", load(round.unloaded()));
      figures.put("overloaded", load(round.overloaded()));
      figures.put("p99_ratio", round.ratio());
      all.add(figures);
      line(
          "overload: capacity %.0f a second; of %.0f a second %.0f are answered, p99 %.1f ms, which is %.2f"
              + " times that unloaded; %d refused, p50 %.2f ms, p99 %.2f ms; %d failed",
          round.capacity(),
          sent(round.overloaded()) / round.overloaded().seconds(),
          round.overloaded().perSecond(),
          round.overloaded().answered().p99(),
          round.ratio(),
          round.overloaded().count(Outcome.REFUSED),
          round.overloaded().refused().p50(),
          round.overloaded().refused().p99(),
          round.overloaded().count(Outcome.FAILED));
    }
    json.put("overload", Map.of("queue_ms", result.queueMillis(), "rounds", all));
  }

  private static double sent(LoadFigures load) {
    return load.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  void swap(Swapping.Result result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("requests_per_second", result.perSecond());
    figures.put("before", load(result.loads().before()));
    figures.put("during", load(result.loads().during()));
    figures.put("stopping", load(result.loads().stopping()));
    figures.put("p99_ratio", result.ratio());
    figures.put("lost", result.lost());
    figures.put("resident_bytes", result.memory());
    figures.put("exit_code", result.exitCode());
    json.put("swap", figures);
    line(
        "swap: %.0f requests a second, p99 %.2f ms before, %.2f ms during the swaps (%.2f times)",
        result.perSecond(),
        result.loads().before().answered().p99(),
        result.loads().during().answered().p99(),
        result.ratio());
    line(
        "swap: %d answered during swaps, %d around SIGTERM, %d lost; exit code %d",
        result.loads().during().count(Outcome.ANSWERED),
        result.loads().stopping().count(Outcome.ANSWERED),
        result.lost(),
        result.exitCode());
    if (!result.memory().isEmpty()) {
      line(
          "swap: resident memory %.0f MiB after the first swap, %.0f MiB after the last",
          result.memory().get(0) / MIB, result.memory().get(result.memory().size() - 1) / MIB);
    }
  }

  private static Map<String, Object> load(LoadFigures load) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seconds", load.seconds());
    load.counts()
        .forEach((outcome, count) -> figures.put(outcome.name().toLowerCase(Locale.ROOT), count));
    figures.put("per_second", load.perSecond());
    figures.put("answered_ms", latency(load.answered()));
    figures.put("refused_ms", latency(load.refused()));
    return figures;
  }

  private static Map<String, Object> latency(LoadFigures.Latency latency) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("p50", latency.p50());
    figures.put("p90", latency.p90());
    figures.put("p99", latency.p99());
    figures.put("p999", latency.p999());
    figures.put("max", latency.max());
    return figures;
  }

  private void line(String format, Object... values) {
    text.add(String.format(Locale.ROOT, format, values));
  }
}
