package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.experiment.drift.DriftFinding;
import org.mtl4j.experiment.online.Decision;
import org.mtl4j.experiment.online.GateFigure;
import org.mtl4j.experiment.online.Verdict;
import org.mtl4j.experiment.run.Run;

/** What became of an update. */
final class UpdateSummary {
  private UpdateSummary() {}

  static Answer of(Run run, Decision decision) {
    int exit = decision.verdict() == Verdict.ACCEPTED ? ExitCode.DONE : ExitCode.REFUSED;
    return new Answer(json(run, decision), text(run, decision), exit);
  }

  static Map<String, Object> json(Run run, Decision decision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.files().folder().toString());
    json.put("update", decision.number());
    json.put("status", decision.verdict().toString());
    json.put("reasons", decision.reasons());
    json.put("rows", decision.evidence().rows());
    json.put("holdout", decision.evidence().holdout());
    json.put("drift", decision.evidence().drift().stream().map(UpdateSummary::json).toList());
    json.put("gate", decision.evidence().gate().stream().map(UpdateSummary::json).toList());
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    decision
        .evidence()
        .vocabulary()
        .forEach((table, tokens) -> vocabulary.put(table, json(tokens)));
    json.put("vocabulary", vocabulary);
    json.put("export", run.export().toString());
    return json;
  }

  private static Map<String, Object> json(DriftFinding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", finding.what());
    json.put("measure", finding.measure());
    json.put("value", finding.value());
    json.put("limit", finding.limit());
    json.put("evidence", finding.evidence());
    return json;
  }

  private static Map<String, Object> json(GateFigure figure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("figure", figure.figure());
    json.put("before", defined(figure.before()));
    json.put("now", defined(figure.now()));
    json.put("worse", defined(figure.worse().value()));
    json.put("low", defined(figure.worse().low()));
    json.put("high", defined(figure.worse().high()));
    json.put("margin", defined(figure.margin()));
    return json;
  }

  private static Map<String, Object> json(Decision.Tokens tokens) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("before", tokens.before());
    json.put("added", tokens.added());
    json.put("forgotten", tokens.forgotten());
    return json;
  }

  private static Double defined(double number) {
    return Double.isNaN(number) ? null : number;
  }

  private static List<String> text(Run run, Decision decision) {
    List<String> text = new ArrayList<>();
    text.add(
        "Update %d of %s: %s".formatted(decision.number(), run.files().folder(), words(decision)));
    decision.reasons().forEach(reason -> text.add("  " + reason));
    text.addAll(figures(decision.evidence().gate()));
    decision
        .evidence()
        .vocabulary()
        .forEach(
            (table, tokens) ->
                text.add(
                    "%s: %,d tokens, %,d added, %,d forgotten"
                        .formatted(table, tokens.before(), tokens.added(), tokens.forgotten())));
    text.add("export  " + run.export());
    return text;
  }

  private static String words(Decision decision) {
    String rows =
        "%,d rows, %,d held out"
            .formatted(decision.evidence().rows(), decision.evidence().holdout());
    return switch (decision.verdict()) {
      case ACCEPTED -> "accepted (%s), exported as version %d".formatted(rows, decision.export());
      case HELD -> "held back (%s): its rows are not like those before".formatted(rows);
      case REFUSED -> "refused (%s): the model would be worse".formatted(rows);
      case UNDECIDED ->
          "not accepted (%s): too few rows to tell whether the model would be worse"
              .formatted(rows);
    };
  }

  private static List<String> figures(List<GateFigure> figures) {
    if (figures.isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable(List.of("figure", "before", "now", "worse by", "95 % interval", "allowed"));
    figures.forEach(
        f ->
            table.row(
                List.of(
                    f.figure(),
                    number(f.before()),
                    number(f.now()),
                    number(f.worse().value()),
                    number(f.worse().low()) + " to " + number(f.worse().high()),
                    number(f.margin()))));
    return table.lines();
  }

  private static String number(double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.6f", number);
  }
}
