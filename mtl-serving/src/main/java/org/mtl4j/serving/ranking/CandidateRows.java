package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.feature.RawType;
import org.mtl4j.core.feature.TimeReader;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.task.Columns;

/** The rows of candidates beside a user, and what a model needs of the two. */
final class CandidateRows {
  private final ModelManifest manifest;
  private final ColumnSides sides;
  private final List<LookupSpec> lookups;

  /**
   * Rows for a model.
   *
   * @param lookups what the predictor gives rows itself that lack it and have the ids
   */
  CandidateRows(ModelManifest manifest, List<LookupSpec> lookups) {
    this.manifest = manifest;
    this.sides = new ColumnSides(manifest);
    this.lookups = List.copyOf(lookups);
  }

  void checkColumns(Set<String> user, Columns items) {
    Set<String> there = new HashSet<>(user);
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
  void checkUser(RawBatch user) {
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

  static Map<String, String> item(RawBatch items, int row) {
    Map<String, String> item = new LinkedHashMap<>();
    for (int c = 0; c < items.columns().size(); c++) {
      String value = items.text(c, row);
      if (value != null) {
        item.put(items.columns().all().get(c).name(), value);
      }
    }
    return item;
  }

  /** The items' rows with the user's only row beside every one of them. */
  RawBatch joined(RawBatch user, RawBatch items) {
    List<Columns.Column> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < items.columns().size(); c++) {
      Columns.Column column = items.columns().all().get(c);
      if (!sides.isUsers(column.name(), user.columns(), items.columns())) {
        columns.add(column);
        values.add(items.values(c));
      }
    }
    RawBatch repeated = user.select(new int[items.rowCount()]);
    for (int c = 0; c < user.columns().size(); c++) {
      Columns.Column column = user.columns().all().get(c);
      if (sides.isUsers(column.name(), user.columns(), items.columns())) {
        columns.add(column);
        values.add(repeated.values(c));
      }
    }
    return new RawBatch(
        new Columns(columns), items.rowCount(), items.firstRecord(), values, items::place);
  }
}
