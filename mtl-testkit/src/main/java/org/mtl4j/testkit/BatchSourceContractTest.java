package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.task.ColumnType;

/**
 * What every {@link BatchSource} promises. Subclass it for a source of your own; the source of
 * {@link #source} should give some tens of rows, at least 11, so that blocks end in odd places.
 */
public abstract class BatchSourceContractTest {
  private static final int WHOLE = 1_000_000;

  /** A source, new at each call, that gives the same rows as the last one did. */
  protected abstract BatchSource source();

  @Test
  void twoPassesGiveTheSameRows() {
    BatchSource source = source();
    assertThat(rows(source, WHOLE)).hasSizeGreaterThan(10).isEqualTo(rows(source, WHOLE));
  }

  @Test
  void sizeOfBlocksDoesNotMatter() {
    BatchSource source = source();
    List<String> whole = rows(source, WHOLE);
    assertThat(rows(source, 1)).isEqualTo(whole);
    assertThat(rows(source, 7)).isEqualTo(whole);
  }

  @Test
  void passesAtTheSameTimeDoNotDisturbEachOther() {
    BatchSource source = source();
    List<String> expected = rows(source, 3);
    List<String> first = new ArrayList<>();
    try (RawCursor a = source.open();
        RawCursor b = source.open()) {
      for (Optional<RawBatch> block = a.next(3); block.isPresent(); block = a.next(3)) {
        first.addAll(spell(block.get()));
        b.next(2);
      }
    }
    assertThat(first).isEqualTo(expected);
  }

  @Test
  void sourcesOfEqualRowsHaveEqualFingerprints() {
    BatchSource source = source();
    String before = source.fingerprint();
    rows(source, 5);
    assertThat(before).matches("[0-9a-f]{64}").isEqualTo(source.fingerprint());
    assertThat(source().fingerprint()).isEqualTo(before);
  }

  @Test
  void blocksHaveTheColumnsOfTheSource() {
    BatchSource source = source();
    try (RawCursor cursor = source.open()) {
      RawBatch block = cursor.next(4).orElseThrow();
      assertThat(block.columns().all()).isEqualTo(source.columns().all());
      for (int c = 0; c < source.columns().size(); c++) {
        boolean numbers = source.columns().all().get(c).type() == ColumnType.NUMBER;
        assertThat(block.values(c) instanceof double[])
            .as("column %s holds numbers", source.columns().names().get(c))
            .isEqualTo(numbers);
      }
    }
  }

  @Test
  void blocksHoldAtLeastOneRowAndAtMostAsManyAsAsked() {
    try (RawCursor cursor = source().open()) {
      for (Optional<RawBatch> block = cursor.next(4); block.isPresent(); block = cursor.next(4)) {
        assertThat(block.get().rowCount()).isBetween(1, 4);
      }
    }
  }

  @Test
  void recordsCountFromZeroAndEveryRowHasAPlaceOfItsOwn() {
    List<String> places = new ArrayList<>();
    try (RawCursor cursor = source().open()) {
      for (Optional<RawBatch> block = cursor.next(4); block.isPresent(); block = cursor.next(4)) {
        for (int row = 0; row < block.get().rowCount(); row++) {
          assertThat(block.get().record(row)).isEqualTo(places.size());
          places.add(block.get().place(row));
        }
      }
    }
    assertThat(places).doesNotHaveDuplicates().allMatch(place -> !place.isBlank());
  }

  @Test
  void textsAreWellFormedUnicodeAndNotEmpty() {
    try (RawCursor cursor = source().open()) {
      RawBatch block = cursor.next(WHOLE).orElseThrow();
      for (int c = 0; c < block.columns().size(); c++) {
        for (int row = 0; row < block.rowCount(); row++) {
          String text = block.text(c, row);
          assertThat(text == null || (!text.isEmpty() && UnicodeText.isWellFormed(text)))
              .as("column %s, %s", block.columns().names().get(c), block.place(row))
              .isTrue();
        }
      }
    }
  }

  @Test
  void afterTheEndThereIsNothing() {
    try (RawCursor cursor = source().open()) {
      while (cursor.next(WHOLE).isPresent()) {
        // To the end.
      }
      assertThat(cursor.next(1)).isEmpty();
    }
  }

  @Test
  void closedCursorsRefuseToRead() {
    RawCursor cursor = source().open();
    cursor.close();
    cursor.close();
    assertThatThrownBy(() -> cursor.next(1)).isInstanceOf(IllegalStateException.class);
  }

  /** Every row of a source as text, read in blocks of a size. */
  private static List<String> rows(BatchSource source, int blockSize) {
    List<String> rows = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      Optional<RawBatch> block = cursor.next(blockSize);
      while (block.isPresent()) {
        rows.addAll(spell(block.get()));
        block = cursor.next(blockSize);
      }
    }
    return rows;
  }

  private static List<String> spell(RawBatch block) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < block.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < block.columns().size(); c++) {
        cells.add(block.text(c, row));
      }
      rows.add(cells.toString());
    }
    return rows;
  }
}
