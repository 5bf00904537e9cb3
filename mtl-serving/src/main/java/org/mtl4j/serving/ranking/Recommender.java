package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.feature.RawType;
import org.mtl4j.core.feature.TimeReader;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.task.Columns;

/**
 * Ranks candidates for a user: each candidate's columns beside the user's make a row, the model
 * scores it, and the best k by one output come back with the scores of all. Candidates stream
 * through in blocks; k of them are kept. Equal scores keep the candidates' order.
 */
public final class Recommender {
  private static final int BLOCK = 4096;

  /** A feature group, as a manifest spells it. */
  private static final String ITEM = "item";

  private final ModelManifest manifest;
  private final Predictor predictor;
  private final List<LookupSpec> lookups;

  /**
   * A ranker.
   *
   * @param manifest what the model takes and gives
   * @param predictor the model, which stays the caller's
   */
  public Recommender(ModelManifest manifest, Predictor predictor) {
    this(manifest, predictor, List.of());
  }

  /**
   * A ranker with a model that looks columns up.
   *
   * @param lookups what the predictor gives rows itself that lack it and have the ids
   */
  public Recommender(ModelManifest manifest, Predictor predictor, List<LookupSpec> lookups) {
    this.manifest = manifest;
    this.predictor = predictor;
    this.lookups = List.copyOf(lookups);
  }

  /**
   * The k best candidates, best first.
   *
   * @param user the user's and the moment's columns
   * @param items candidates, a row each; a column that both have is the user's, unless it is read
   *     by features of the group item alone
   * @param by the output to rank by, of width 1
   * @param k how many at most, at least 1
   * @throws IllegalArgumentException if k is below 1
   * @throws MtlException UNKNOWN_NAME if there is no such output; REQUEST_INVALID if columns that
   *     the model needs are in neither; DATA_VALUE for text or an infinite value where it needs a
   *     number
   */
  public List<Recommendation> recommend(Map<String, ?> user, BatchSource items, String by, int k) {
    checkK(k);
    checkOutput(by);
    return best(user, items, Leaders.by(by, k));
  }

  /**
   * As {@link #recommend(Map, BatchSource, String, int)}, by a score out of several outputs. For a
   * sum of ranks all candidates are held until the last is there.
   *
   * @param by outputs of width 1
   */
  public List<Recommendation> recommend(Map<String, ?> user, BatchSource items, Fusion by, int k) {
    checkK(k);
    by.outputs().forEach(this::checkOutput);
    return best(user, items, Leaders.by(by, k));
  }

  private static void checkK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("expected a k of at least 1, found " + k);
    }
  }

  private List<Recommendation> best(Map<String, ?> user, BatchSource items, Leaders best) {
    checkColumns(user, items.columns());
    try (RawCursor users = BatchSource.of(List.of(user)).open();
        RawCursor cursor = items.open()) {
      RawBatch row = users.next(1).orElseThrow();
      checkUser(row);
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        best.add(score(row, block.get()));
      }
    }
    return best.ranked();
  }

  private void checkOutput(String by) {
    List<String> names =
        manifest.outputs().stream()
            .filter(output -> output.classes().isEmpty())
            .map(ModelManifest.Output::name)
            .toList();
    if (!names.contains(by)) {
      throw new MtlException(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              "",
              "There is no output \"" + by + "\" to rank by.",
              Nearest.hint(by, names)));
    }
  }

  private void checkColumns(Map<String, ?> user, Columns items) {
    Set<String> there = new HashSet<>(user.keySet());
    there.addAll(items.names());
    for (LookupSpec lookup : lookups) {
      if (there.contains(lookup.column())) {
        lookup.given().forEach(column -> there.add(column.name()));
      }
    }
    List<String> missing =
        manifest.inputs().stream()
            .filter(input -> !there.contains(input.column()))
            .map(input -> input.column() + input.group().map(" (%s)"::formatted).orElse(""))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.REQUEST_INVALID,
              "",
              "The model needs the columns "
                  + String.join(", ", missing)
                  + ", which neither the user nor the items have.",
              "Add them to the user (also for the moment: hour, device) or to the items;"
                  + " null says that a value is missing."
                  + lookedUp(there)));
    }
  }

  /** Which of them a lookup would give. */
  private String lookedUp(Set<String> there) {
    StringBuilder hints = new StringBuilder();
    for (LookupSpec lookup : manifest.lookups()) {
      List<String> given =
          manifest.inputs().stream()
              .map(ModelManifest.Input::column)
              .filter(column -> !there.contains(column) && lookup.gives(column))
              .distinct()
              .toList();
      if (!given.isEmpty()) {
        hints.append(
            " The lookup \"%s\", if the model is loaded with it, gives %s for a \"%s\"."
                .formatted(lookup.name(), String.join(", ", given), lookup.column()));
      }
    }
    return hints.toString();
  }

  /** A user's value that is no number where one is needed is not the fault of the first item. */
  private void checkUser(RawBatch user) {
    List<Object> values = IntStream.range(0, user.columns().size()).mapToObj(user::values).toList();
    RawBatch placed = new RawBatch(user.columns(), 1, 0, values, row -> "the user's columns");
    manifest.inputs().stream()
        .map(ModelManifest.Input::raw)
        .filter(input -> placed.columns().contains(input.column()))
        .forEach(input -> check(input, placed));
  }

  private static void check(RawInput input, RawBatch user) {
    int column = user.columns().indexOf(input.column());
    if (input.type() instanceof RawType.Numbers) {
      user.finite(column, 0);
    } else if (input.type() instanceof RawType.Times times) {
      new TimeReader(times.rule(), column).read(user, 0);
    }
  }

  private List<Leaders.Candidate> score(RawBatch user, RawBatch items) {
    Predictions predictions = predictor.predict(joined(user, items));
    List<Leaders.Candidate> candidates = new ArrayList<>();
    for (int r = 0; r < items.rowCount(); r++) {
      Map<String, Double> scores = new LinkedHashMap<>();
      for (Map.Entry<String, float[]> output : predictions.values().entrySet()) {
        if (output.getValue().length == items.rowCount()) {
          scores.put(output.getKey(), (double) output.getValue()[r]);
        }
      }
      candidates.add(new Leaders.Candidate(items.firstRecord() + r, item(items, r), scores));
    }
    return candidates;
  }

  private static Map<String, String> item(RawBatch items, int row) {
    Map<String, String> item = new LinkedHashMap<>();
    for (int c = 0; c < items.columns().size(); c++) {
      String value = items.text(c, row);
      if (value != null) {
        item.put(items.columns().all().get(c).name(), value);
      }
    }
    return item;
  }

  /** Whether nothing but features of items reads a column, so that a user's would be a mistake. */
  private boolean isOfItems(String column) {
    List<Optional<String>> groups =
        manifest.inputs().stream()
            .filter(input -> input.column().equals(column))
            .map(ModelManifest.Input::group)
            .toList();
    return !groups.isEmpty() && groups.stream().allMatch(Optional.of(ITEM)::equals);
  }

  /** The items' rows with the user's only row beside every one of them. */
  private RawBatch joined(RawBatch user, RawBatch items) {
    List<Columns.Column> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < items.columns().size(); c++) {
      Columns.Column column = items.columns().all().get(c);
      if (!user.columns().contains(column.name()) || isOfItems(column.name())) {
        columns.add(column);
        values.add(items.values(c));
      }
    }
    RawBatch repeated = user.select(new int[items.rowCount()]);
    for (int c = 0; c < user.columns().size(); c++) {
      Columns.Column column = user.columns().all().get(c);
      if (!items.columns().contains(column.name()) || !isOfItems(column.name())) {
        columns.add(column);
        values.add(repeated.values(c));
      }
    }
    return new RawBatch(
        new Columns(columns), items.rowCount(), items.firstRecord(), values, items::place);
  }
}
