package org.mtl4j.core.feature;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.batch.CodedColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.Utf8Column;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.Vocabulary;

/**
 * A categorical value's way to an id.
 *
 * @param spec what the user declared
 * @param vocabulary the learnt vocabulary; empty for a hashed feature. Features that share a table
 *     share the vocabulary too
 * @param missing texts that are missing besides the empty one: those that the training source took
 *     for it, which else would be unknown values to an export
 */
public record FittedCategorical(
    CategoricalFeature spec, Optional<Vocabulary> vocabulary, Set<String> missing)
    implements FittedIds {
  /**
   * Checks that a vocabulary is there if and only if the feature is not hashed.
   *
   * @throws IllegalArgumentException if it is not so
   */
  public FittedCategorical {
    missing = Collections.unmodifiableSet(new TreeSet<>(missing)); // Equal graphs have equal bytes.
    if (vocabulary.isPresent() == spec.ids() instanceof Hashed) {
      throw new IllegalArgumentException(
          spec.name() + ": a learnt feature has a vocabulary, a hashed one has none");
    }
  }

  /** A feature where the empty text alone is missing. */
  public FittedCategorical(CategoricalFeature spec, Optional<Vocabulary> vocabulary) {
    this(spec, vocabulary, Set.of());
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(new RawInput(spec.name(), spec.column(), new RawType.Texts()));
  }

  @Override
  public List<TableSpec> tables() {
    return List.of(new TableSpec(spec.table(), tableSize(), spec.dim()));
  }

  @Override
  public List<int[]> encode(RawBatch rows) {
    int column = rows.columns().indexOf(spec.column());
    int[] ids = new int[rows.rowCount()];
    if (rows.values(column) instanceof Utf8Column texts && isByBytes()) {
      for (int r = 0; r < ids.length; r++) {
        ids[r] = id(texts, r);
      }
    } else if (rows.values(column) instanceof CodedColumn texts) {
      encode(texts, ids);
    } else if (rows.values(column) instanceof double[] numbers
        && vocabulary.isPresent()
        && missing.isEmpty()) {
      for (int r = 0; r < ids.length; r++) {
        ids[r] = vocabulary.get().id(numbers[r]);
      }
    } else {
      for (int r = 0; r < ids.length; r++) {
        ids[r] = id(rows.text(column, r));
      }
    }
    return List.of(ids);
  }

  /** The id of a text is looked up once, and noted plus 1. */
  private void encode(CodedColumn texts, int[] ids) {
    int[] notes = texts.dictionary().notes(this);
    for (int r = 0; r < ids.length; r++) {
      int code = texts.codes()[r];
      if (code == CodedColumn.MISSING) {
        ids[r] = Vocabulary.MISSING;
      } else {
        if (notes[code] == 0) {
          notes[code] = 1 + id(texts.text(r));
        }
        ids[r] = notes[code] - 1;
      }
    }
  }

  /** Whether a value with an id of its own cannot be one of {@code missing}. */
  private boolean isByBytes() {
    return missing.isEmpty()
        || vocabulary
            .filter(v -> missing.stream().noneMatch(text -> v.id(text) >= Vocabulary.FIRST_TOKEN))
            .isPresent();
  }

  private int id(Utf8Column texts, int row) {
    if (texts.isMissing(row) || texts.lengths()[row] == 0) {
      return Vocabulary.MISSING;
    }
    if (spec.ids() instanceof Hashed hashed) {
      return 1 + texts.bucket(row, hashed);
    }
    int id = texts.id(row, vocabulary.orElseThrow());
    boolean marker = id == Vocabulary.OUT_OF_VOCABULARY && !missing.isEmpty();
    return marker ? id(texts.text(row)) : id;
  }

  /** Rows of the feature's table: every id is below. */
  public int tableSize() {
    return spec.ids() instanceof Hashed hashed
        ? hashed.buckets() + 1
        : vocabulary.orElseThrow().size();
  }

  /**
   * The name of the file in an export's assets that has the vocabulary; empty if it has no tokens.
   */
  public Optional<String> vocabularyFile() {
    return vocabulary
        .filter(v -> !v.tokens().isEmpty())
        .map(v -> "vocabulary_" + spec.table() + ".txt");
  }

  /** The id of a value; null, the empty text and those of {@code missing} are missing, id 0. */
  public int id(String value) {
    if (value == null || value.isEmpty() || (!missing.isEmpty() && missing.contains(value))) {
      return Vocabulary.MISSING;
    }
    return spec.ids() instanceof Hashed hashed
        ? 1 + hashed.bucket(value)
        : vocabulary.orElseThrow().id(value);
  }
}
