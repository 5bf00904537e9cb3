package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.experiment.run.Run;

/** A tuning's trials as tables. */
public final class TuningTables {
  private static final String NOTHING = "-";

  private TuningTables() {}

  /**
   * The trials, the best first: values, objective, a figure a task on validation rows, epochs,
   * seconds.
   *
   * @param most how many at most
   */
  public static Table trials(Tuning tuning, int most) {
    List<String> keys = List.copyOf(tuning.entries().get(0).trial().values().keySet());
    List<String> figures = new ArrayList<>(figures(tuning));
    List<String> head = new ArrayList<>(List.of("trial"));
    keys.forEach(key -> head.add(lastName(key, keys)));
    head.add(tuning.objective().words());
    head.addAll(figures);
    head.addAll(List.of("epochs", "seconds", "status"));
    List<List<Cell>> rows =
        tuning.ranked().stream()
            .limit(most)
            .map(entry -> row(tuning, entry, keys, figures))
            .toList();
    return new Table(head, rows);
  }

  /** The winner's figures on validation rows and on test rows, a row a figure. */
  public static Table winner(Tuning tuning) {
    Tuning.Entry best = tuning.entry(tuning.winner().orElseThrow());
    Map<String, Map<String, Double>> test = tuning.test();
    List<List<Cell>> rows = new ArrayList<>();
    best.outcome()
        .orElseThrow()
        .validation()
        .forEach(
            (output, metrics) ->
                metrics.forEach(
                    (metric, value) ->
                        rows.add(
                            Table.row(
                                output + "/" + metric,
                                spelt(value),
                                spelt(test.getOrDefault(output, Map.of()).get(metric))))));
    return new Table(List.of("figure", "validation", "test"), rows);
  }

  private static String spelt(Double value) {
    return spelt(value == null ? OptionalDouble.empty() : OptionalDouble.of(value));
  }

  private static List<Cell> row(
      Tuning tuning, Tuning.Entry entry, List<String> keys, List<String> figures) {
    boolean wins = tuning.winner().equals(Optional.of(entry.trial().number()));
    Cell.Mark mark = wins ? Cell.Mark.BEST : Cell.Mark.NONE;
    List<Cell> row = new ArrayList<>();
    row.add(new Cell(Integer.toString(entry.trial().number()), mark));
    keys.forEach(key -> row.add(Cell.of(entry.trial().spelt(key))));
    row.add(new Cell(spelt(entry.value()), mark));
    figures.forEach(key -> row.add(Cell.of(spelt(figure(entry, key)))));
    row.add(Cell.of(entry.outcome().map(o -> "" + o.epochs()).orElse(NOTHING)));
    row.add(Cell.of(seconds(tuning, entry)));
    row.add(Cell.of(entry.outcome().map(o -> o.status().word()).orElse("not begun")));
    return row;
  }

  /** What a table has room for: the key's last name, where no other key has it. */
  static String lastName(String key, List<String> keys) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    long alike = keys.stream().filter(k -> k.equals(last) || k.endsWith("." + last)).count();
    return alike == 1 ? last : key;
  }

  /** Keys of a figure an output, but for what the objective says by itself. */
  private static Set<String> figures(Tuning tuning) {
    Set<String> keys = new LinkedHashSet<>();
    tuning.judge().tasks().forEach(goal -> keys.add(goal.key()));
    keys.remove(tuning.objective().words());
    return keys;
  }

  /** A figure of a trial; empty where it has none. */
  static OptionalDouble figure(Tuning.Entry entry, String key) {
    int slash = key.indexOf('/');
    Double value =
        entry
            .outcome()
            .map(TrialOutcome::validation)
            .orElse(Map.of())
            .getOrDefault(key.substring(0, slash), Map.of())
            .get(key.substring(slash + 1));
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static String seconds(Tuning tuning, Tuning.Entry entry) {
    return entry.outcome().isEmpty()
        ? NOTHING
        : String.format(
            Locale.ROOT,
            "%.1f",
            new Run(tuning.files().run(entry.trial()), Run.Status.INTERRUPTED).timing().seconds());
  }

  static String spelt(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : NOTHING;
  }
}
