package org.mtl4j.core.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.TokenIndex;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.Decimals;

/**
 * Texts of a column as a source found them: bytes of UTF-8, which become a Java string only where
 * somebody asks for one. Most texts of a large table are looked up in a vocabulary, or read as
 * numbers, which takes no string. The arrays belong to this value; nobody writes to them.
 *
 * @param bytes of all texts, of other columns too maybe, in any order
 * @param starts [n] or longer: where the text of a row begins
 * @param lengths [n] or longer: its bytes; {@value #MISSING} where it is missing
 */
public record Utf8Column(byte[] bytes, int[] starts, int[] lengths) implements TextColumn {
  /** The length of a text that is missing. */
  public static final int MISSING = -1;

  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException if there are more starts than lengths or fewer
   */
  public Utf8Column {
    if (starts.length != lengths.length) {
      throw new IllegalArgumentException(
          "expected as many lengths as starts, found %d and %d"
              .formatted(lengths.length, starts.length));
    }
  }

  /** Whether a row has no text. */
  public boolean isMissing(int row) {
    return lengths[row] == MISSING;
  }

  @Override
  public String text(int row) {
    return isMissing(row) ? null : new String(bytes, starts[row], lengths[row], UTF_8);
  }

  @Override
  public double number(int row) {
    return isMissing(row) ? Double.NaN : Decimals.valueOf(bytes, starts[row], lengths[row]);
  }

  /** The id of a row's text in a vocabulary. */
  public int id(int row, Vocabulary vocabulary) {
    return isMissing(row) ? Vocabulary.MISSING : vocabulary.id(bytes, starts[row], lengths[row]);
  }

  /** The bucket of a row's text, which is there. */
  public int bucket(int row, Hashed rule) {
    return rule.bucket(bytes, starts[row], lengths[row]);
  }

  /** The number of a row's text, which is there, in an index; a new one if it has none. */
  public int add(int row, TokenIndex index) {
    return index.add(bytes, starts[row], lengths[row]);
  }

  /** Some of the rows, in the order wanted; the bytes are shared. */
  @Override
  public Utf8Column select(int[] rows) {
    int[] selectedStarts = new int[rows.length];
    int[] selectedLengths = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selectedStarts[i] = starts[rows[i]];
      selectedLengths[i] = lengths[rows[i]];
    }
    return new Utf8Column(bytes, selectedStarts, selectedLengths);
  }
}
