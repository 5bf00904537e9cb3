package org.mtl4j.core.feature;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.schema.Vocabulary;

/**
 * A list's way to ids: each value as a categorical one of the table, and behind the last one
 * padding, {@value org.mtl4j.core.batch.ListColumns#PADDING}, which also stands where a value is
 * one of the texts that are missing. An empty list is padding throughout.
 *
 * @param spec what the user declared
 * @param values how one value becomes an id
 * @param length ids a row: that of the longest list in training, at most the spec's
 * @param missing texts that as a whole are missing, and so an empty list
 */
public record FittedList(
    ListFeature spec, FittedCategorical values, int length, Set<String> missing)
    implements FittedFeature {
  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if it is below 1 or above the spec's
   */
  public FittedList {
    missing = Collections.unmodifiableSet(new TreeSet<>(missing)); // Equal graphs have equal bytes.
    if (length < 1 || length > spec.list().maxLength()) {
      throw new IllegalArgumentException(
          "%s: expected a length from 1 to %d, found %d"
              .formatted(spec.name(), spec.list().maxLength(), length));
    }
  }

  /** A list where no text is missing as a whole. */
  public FittedList(ListFeature spec, FittedCategorical values, int length) {
    this(spec, values, length, Set.of());
  }

  /** That of the vector which is made of the values. */
  @Override
  public int width() {
    return spec instanceof SequenceFeature sequence
        ? sequence.encoder().width(values.width())
        : values.width();
  }

  @Override
  public List<RawInput> inputs() {
    return values.inputs();
  }

  /** Columns of weights: as many as ids, or none. */
  public int weightWidth() {
    return spec.weight().isPresent() ? length : 0;
  }

  /**
   * Rows of a list.
   *
   * @param ids per place in it [n]
   * @param weights per place in it [n], if it has such
   */
  record Encoded(List<int[]> ids, List<float[]> weights) {}

  /**
   * What rows become.
   *
   * @throws org.mtl4j.core.error.MtlException if the column is missing; of code DATA_VALUE, naming
   *     the row, for a weight that is none
   */
  Encoded encode(RawBatch rows) {
    int column = rows.columns().indexOf(spec.column());
    int[][] ids = new int[length][rows.rowCount()];
    float[][] weights = new float[weightWidth()][rows.rowCount()];
    for (int r = 0; r < rows.rowCount(); r++) {
      List<String> texts = texts(rows.text(column, r));
      int[] found = idsOf(texts);
      for (int i = 0; i < length; i++) {
        ids[i][r] = found[i];
      }
      float[] weigh = weights(texts, found);
      for (int i = 0; i < weigh.length; i++) {
        if (Float.isNaN(weigh[i])) {
          throw spec.weight().orElseThrow().refusal(rows.place(r), spec.column(), texts.get(i));
        }
        weights[i][r] = weigh[i];
      }
    }
    return new Encoded(List.of(ids), List.of(weights));
  }

  /** The values of a text, at most {@link #length}, with their weights if they have such. */
  public List<String> texts(String text) {
    return text != null && missing.contains(text)
        ? List.of()
        : spec.list().withMaxLength(length).values(text);
  }

  /**
   * The ids [length] of a text's values, padded at the end.
   *
   * @param texts as {@link #texts} has them
   */
  public int[] idsOf(List<String> texts) {
    int[] ids = new int[length];
    Arrays.fill(ids, ListColumns.PADDING);
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      int id = values.id(spec.weight().map(weight -> weight.value(text)).orElse(text));
      ids[i] = id == Vocabulary.MISSING ? ListColumns.PADDING : id;
    }
    return ids;
  }

  /** The ids [length] of a text's values, padded at the end; null is an empty list. */
  public int[] ids(String text) {
    return idsOf(texts(text));
  }

  /**
   * The weights {@link #weightWidth} of values; NaN for what is none, 0 for padding.
   *
   * @param texts as {@link #texts} has them
   * @param ids of the same values
   */
  public float[] weights(List<String> texts, int[] ids) {
    float[] weights = new float[weightWidth()];
    for (int i = 0; i < Math.min(weights.length, texts.size()); i++) {
      float weight = spec.weight().orElseThrow().weight(texts.get(i));
      weights[i] = ids[i] == ListColumns.PADDING && !Float.isNaN(weight) ? 0 : weight;
    }
    return weights;
  }
}
