package org.mtl4j.core.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.TextRule;
import org.mtl4j.core.schema.TokenRule;
import org.mtl4j.core.schema.Vocabulary;

/**
 * Rows that may stay with an export. Their texts are of the export's own vocabularies, and whatever
 * else stands in them is left out: an id that was too rare for the vocabulary, or that only a hash
 * bucket knows, or that was forgotten, is in no other file of the export either.
 */
final class WarmUpRows {
  /** What reads each column of texts. */
  private final Map<String, List<FittedFeature>> readers = new LinkedHashMap<>();

  WarmUpRows(FeaturePipeline pipeline) {
    for (FittedFeature feature : pipeline.features()) {
      if (feature instanceof FittedCategorical
          || feature instanceof FittedPretrained
          || feature instanceof FittedList) {
        String column = feature.inputs().get(0).column();
        readers.computeIfAbsent(column, name -> new ArrayList<>()).add(feature);
      }
    }
  }

  /** So many of the rows, evenly spread: those of a union stand domain by domain. */
  RawBatch of(RawBatch rows, int count) {
    int[] picked =
        IntStream.range(0, count).map(i -> (int) ((long) i * rows.rowCount() / count)).toArray();
    RawBatch some = rows.select(picked);
    Map<Integer, Object> known = new LinkedHashMap<>();
    readers.forEach(
        (name, features) -> {
          if (some.columns().contains(name)) { // What is served as a constant needs no column.
            int column = some.columns().indexOf(name);
            known.put(column, known(features, some, column));
          }
        });
    return some.withValues(known);
  }

  private static String[] known(List<FittedFeature> features, RawBatch rows, int column) {
    return IntStream.range(0, rows.rowCount())
        .mapToObj(row -> known(features, rows.text(column, row)))
        .toArray(String[]::new);
  }

  private static String known(List<FittedFeature> features, String text) {
    return text == null
        ? null
        : features.stream()
            .map(feature -> known(feature, text))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null);
  }

  /** What a feature's vocabulary knows of a text; empty if it is nothing. */
  private static Optional<String> known(FittedFeature feature, String text) {
    if (feature instanceof FittedList list) {
      List<String> values =
          list.texts(text).stream().filter(value -> isKnown(list, value)).toList();
      return separator(list.spec().list())
          .filter(separator -> !values.isEmpty())
          .map(separator -> String.join(separator, values));
    }
    FittedCategorical values =
        feature instanceof FittedPretrained pretrained
            ? pretrained.values()
            : (FittedCategorical) feature;
    return Optional.of(text).filter(value -> isKnown(values, value));
  }

  private static boolean isKnown(FittedList list, String value) {
    return isKnown(
        list.values(), list.spec().weight().map(weight -> weight.value(value)).orElse(value));
  }

  private static boolean isKnown(FittedCategorical values, String value) {
    return values.vocabulary().filter(v -> v.id(value) >= Vocabulary.FIRST_TOKEN).isPresent();
  }

  /** What may stand between values; empty for runs of words or characters, which overlap. */
  private static Optional<String> separator(TokenRule rule) {
    if (rule instanceof ListRule list) {
      return Optional.of(list.separator());
    }
    return rule instanceof TextRule text && text.unit() == TextRule.Unit.WORDS && text.maxN() == 1
        ? Optional.of(text.unit().between())
        : Optional.empty();
  }
}
