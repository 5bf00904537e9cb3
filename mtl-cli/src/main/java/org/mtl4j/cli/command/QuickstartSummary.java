package org.mtl4j.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.MetricTable;
import org.mtl4j.cli.console.Shell;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.experiment.quickstart.QuickstartResult;
import org.mtl4j.experiment.run.MetricMaps;
import org.mtl4j.experiment.run.Run;

/** What the quickstart found: models beside each other and the truth, recommendations, commands. */
final class QuickstartSummary {
  private static final String TEST = "test";
  private static final String TRUTH = "truth";
  private static final String SINGLE = "single_";
  private static final String SINGLE_TASK = "single_task";

  private final QuickstartResult result;
  private final QuickstartResult.Comparison comparison;

  QuickstartSummary(QuickstartResult result, QuickstartResult.Comparison comparison) {
    this.result = result;
    this.comparison = comparison;
  }

  Answer answer() {
    return Answer.of(json(), text());
  }

  /** Test metrics by model, those of the single-task models as one, and of the truth. */
  private Map<String, Map<String, Map<String, Double>>> models() {
    Map<String, Map<String, Map<String, Double>>> models = new LinkedHashMap<>();
    comparison
        .runs()
        .forEach(
            (name, run) ->
                models
                    .computeIfAbsent(
                        name.startsWith(SINGLE) ? SINGLE_TASK : name, n -> new LinkedHashMap<>())
                    .putAll(run.metrics().get(TEST)));
    models.put(TRUTH, MetricMaps.of(comparison.truth()));
    return models;
  }

  /** Metrics of who buys of all that were shown something, by predictor. */
  private Map<String, Map<String, Double>> funnel() {
    Map<String, Map<String, Double>> funnel = new LinkedHashMap<>();
    comparison
        .funnel()
        .forEach(
            (name, report) -> funnel.put(name, MetricMaps.of(report).values().iterator().next()));
    return funnel;
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", result.files().folder().toString());
    json.put("status", "finished");
    json.put(TEST, models());
    json.put("through_purchase", funnel());
    page().ifPresent(page -> json.put("report", page.toString()));
    json.put("user", result.user());
    json.put("recommendations", result.recommendations());
    return json;
  }

  private List<String> text() {
    List<String> text = new ArrayList<>();
    text.add("Test metrics; \"truth\" knows the probabilities that the log was drawn from:");
    text.addAll(table(models()));
    text.add("");
    text.add("Who clicks, puts into the cart and purchases, of all rows:");
    text.addAll(MetricTable.lines("predictor", funnel()));
    text.add("");
    page()
        .ifPresent(
            page -> {
              text.add("Who is better in what, how sure that is and what it costs, as a page:");
              text.add("report  " + page);
              text.add("");
            });
    text.add(
        "The items that user "
            + result.user().values().iterator().next()
            + " would most"
            + " likely click, by the exported MMoE:");
    text.addAll(RecommendationTable.lines(result.recommendations()));
    text.add("");
    text.add("Try next:");
    text.addAll(next());
    return text;
  }

  private Optional<Path> page() {
    return Optional.of(result.files().comparison()).filter(Files::exists);
  }

  private static List<String> table(Map<String, Map<String, Map<String, Double>>> models) {
    List<String> heads = new ArrayList<>(List.of("output", "metric"));
    heads.addAll(models.keySet());
    TextTable table = new TextTable(heads);
    models
        .get(TRUTH)
        .forEach(
            (output, metrics) ->
                metrics.keySet().stream()
                    .filter(QuickstartSummary::isHeadline)
                    .forEach(metric -> table.row(row(output, metric, models))));
    return table.lines();
  }

  private static boolean isHeadline(String metric) {
    return metric.equals("auc")
        || metric.equals("rmse")
        || metric.startsWith("ndcg@")
        || metric.startsWith("precision@");
  }

  private static List<String> row(
      String output, String metric, Map<String, Map<String, Map<String, Double>>> models) {
    List<String> row = new ArrayList<>(List.of(output, metric));
    models
        .values()
        .forEach(
            outputs -> {
              Double value = outputs.getOrDefault(output, Map.of()).get(metric);
              row.add(value == null ? "-" : String.format(Locale.ROOT, "%.4f", value));
            });
    return row;
  }

  private List<String> next() {
    Run mmoe = comparison.runs().get("mmoe");
    String run = mmoe.files().folder().toString();
    String user = result.files().user().toString();
    String items = result.files().items().toString();
    String experiment = result.files().experiment().toString();
    return List.of(
        command("recommend", "--run", run, "--user", user, "--items", items, "--by", "purchase"),
        command("train", experiment, "--set", "model.experts=4", "--output", "runs/mine"),
        command("describe", items),
        command("models"),
        "and look at " + mmoe.files().report());
  }

  private static String command(String... words) {
    List<String> all = new ArrayList<>(List.of("mtl"));
    all.addAll(List.of(words));
    return "  " + Shell.line(all);
  }
}
