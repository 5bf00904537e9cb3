package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * The values that serving gives to features which are known in training only, the position of an
 * impression say. Where rows are encoded as serving sees them, these stand in their columns.
 */
final class ServedValues {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<RawInput, String> inputs = new LinkedHashMap<>();
  private final Map<String, String> columns = new LinkedHashMap<>();

  /**
   * Values by the features' names.
   *
   * @throws IllegalArgumentException if there is no such feature with an input of its own, or none
   *     but such
   * @throws MtlException of code DATA_VALUE for a value that its feature does not allow, or that
   *     training has not seen
   */
  ServedValues(List<FittedFeature> features, Map<String, String> served) {
    // A cross has no input of its own: it gets what the features that it combines get.
    List<FittedFeature> reading = features.stream().filter(f -> !f.inputs().isEmpty()).toList();
    for (FittedFeature feature : reading) {
      String value = served.get(feature.name());
      if (value != null) {
        String text = UnicodeText.wellFormed(value);
        values.put(feature.name(), text);
        feature.inputs().forEach(input -> inputs.put(input, text));
        feature.inputs().forEach(input -> columns.put(input.column(), text));
      }
    }
    if (values.size() < served.size() || (!served.isEmpty() && values.size() == reading.size())) {
      throw new IllegalArgumentException(
          "expected values of some of the features %s, found %s"
              .formatted(reading.stream().map(FittedFeature::name).toList(), served));
    }
    reading.stream().filter(f -> values.containsKey(f.name())).forEach(this::check);
  }

  private void check(FittedFeature feature) {
    String place = "features." + feature.name() + ".serve_as";
    RawBatch nothing = new RawBatch(new Columns(List.of()), 1, 0, List.of(), row -> place);
    RawBatch row = in(nothing);
    if (feature instanceof FittedPretrained vectors && hasUnseen(vectors.encode(row))) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              place,
              "Expected an id that has a vector in %s, found \"%s\"."
                  .formatted(vectors.spec().path(), Excerpt.of(values.get(feature.name()))),
              "Serving would give zeros: \"\", a missing id, says so."));
    }
    if (isUnseen(feature, row)) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              place,
              "Expected a value that training rows have, as often as min_count says, found \"%s\"."
                  .formatted(Excerpt.of(values.get(feature.name()))),
              "Serving would give a vector that was never trained. Take a value of the column, or"
                  + " \"\" for a missing one."));
    }
  }

  /** Whether a learnt table has no row of its own for the value. */
  private static boolean isUnseen(FittedFeature feature, RawBatch row) {
    if (feature instanceof FittedNumbers numbers) {
      numbers.encode(row);
    } else if (feature instanceof FittedIds single) {
      List<int[]> ids = single.encode(row);
      return feature instanceof FittedCategorical one
          && one.vocabulary().isPresent()
          && hasUnseen(ids);
    } else if (feature instanceof FittedList list) {
      List<int[]> ids = list.encode(row).ids();
      return list.values().vocabulary().isPresent() && hasUnseen(ids);
    }
    return false;
  }

  private static boolean hasUnseen(List<int[]> ids) {
    return ids.stream().anyMatch(column -> column[0] == Vocabulary.OUT_OF_VOCABULARY);
  }

  /** By the features' names. */
  Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** By the inputs that serving does not have. */
  Map<RawInput, String> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  /** The rows with these values in their columns, whether they had those columns or not. */
  RawBatch in(RawBatch rows) {
    if (columns.isEmpty()) {
      return rows;
    }
    List<Columns.Column> all = new ArrayList<>();
    List<Object> arrays = new ArrayList<>();
    for (int c = 0; c < rows.columns().size(); c++) {
      if (!columns.containsKey(rows.columns().all().get(c).name())) {
        all.add(rows.columns().all().get(c));
        arrays.add(rows.values(c));
      }
    }
    columns.forEach(
        (column, value) -> {
          String[] texts = new String[rows.rowCount()];
          Arrays.fill(texts, value.isEmpty() ? null : value);
          all.add(new Columns.Column(column, ColumnType.UNTYPED));
          arrays.add(texts);
        });
    return new RawBatch(new Columns(all), rows.rowCount(), rows.firstRecord(), arrays, rows::place);
  }
}
