package org.mtl4j.experiment.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.experiment.run.Run;

/**
 * A tuning, as far as it has come.
 *
 * @param files where it is
 * @param judge what trials are compared by
 * @param rungs how long they are trained
 * @param entries of all trials, by number
 * @param winner the number of the best one; empty as long as trials are to be trained, or if all
 *     failed
 */
public record Tuning(
    TuningFiles files, Judge judge, Rungs rungs, List<Entry> entries, Optional<Integer> winner) {
  /** Copies the list. */
  public Tuning {
    entries = List.copyOf(entries);
  }

  /**
   * What trials are compared by.
   *
   * @param objective what decides
   * @param tasks a metric an output, to be seen beside each other
   */
  public record Judge(Objective objective, List<Objective.Term> tasks) {
    /** Copies the list. */
    public Judge {
      tasks = List.copyOf(tasks);
    }
  }

  /** What decides which trial is the best. */
  public Objective objective() {
    return judge.objective();
  }

  /**
   * A trial and what came of it.
   *
   * @param trial its values
   * @param outcome empty if it has not been trained yet
   * @param value of the objective; empty where it is not defined
   */
  public record Entry(Trial trial, Optional<TrialOutcome> outcome, OptionalDouble value) {}

  /** Whether all trials came to their end, well or not. */
  public boolean isFinished() {
    return entries.stream()
        .allMatch(
            entry ->
                entry
                    .outcome()
                    .filter(outcome -> outcome.status() != TrialOutcome.Status.WAITING)
                    .isPresent());
  }

  /**
   * The winner's run.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public Run best() {
    return Run.open(files.run(entry(winner.orElseThrow()).trial()).folder());
  }

  /**
   * The winner's figures on test rows, which had no say in its choice, by output and metric; empty
   * if there are no test rows.
   *
   * @throws java.util.NoSuchElementException if there is no winner
   */
  public Map<String, Map<String, Double>> test() {
    return best().metrics().getOrDefault("test", Map.of());
  }

  /** The entry of a trial. */
  public Entry entry(int trial) {
    return entries.get(trial - 1);
  }

  /**
   * All entries, the winner first, then by how far they were trained and by their objective; those
   * without one come last.
   */
  public List<Entry> ranked() {
    Comparator<Entry> byValue =
        (a, b) ->
            a.value().isPresent() && b.value().isPresent()
                ? objective().compare(a.value().getAsDouble(), b.value().getAsDouble())
                : Boolean.compare(a.value().isEmpty(), b.value().isEmpty());
    return entries.stream()
        .sorted(
            Comparator.comparing((Entry entry) -> !isWinner(entry))
                .thenComparing(entry -> !isFinished(entry))
                .thenComparing(byValue)
                .thenComparing(entry -> entry.trial().number()))
        .toList();
  }

  private boolean isWinner(Entry entry) {
    return winner.isPresent() && winner.get() == entry.trial().number();
  }

  private static boolean isFinished(Entry entry) {
    return entry
        .outcome()
        .filter(outcome -> outcome.status() == TrialOutcome.Status.FINISHED)
        .isPresent();
  }
}
