package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemListTest {
  private static final RowItems KNOWN =
      RowItems.of(
          new int[] {3, 0, 3},
          Optional.of(new float[] {7, 1, 7}),
          List.of(new int[] {-1, 4, -1}, new int[] {5, 6, 5}));

  /** More than the first capacity, so that it grows. */
  @Test
  void itemsComeBackAsTheyWereAdded() {
    ItemList list = new ItemList(KNOWN);
    int[] rows = IntStream.range(0, 3000).map(i -> i % 3).toArray();
    for (int row : rows) {
      list.add(KNOWN, row);
    }
    RowItems expected = KNOWN.select(rows);
    RowItems found = list.toItems();

    assertThat(found.ofRow().toArray())
        .isEqualTo(expected.ofRow().toArray())
        .startsWith(3, 0, 3, 3);
    assertThat(found.popularity().orElseThrow().toArray())
        .isEqualTo(expected.popularity().orElseThrow().toArray());
    assertThat(found.content().get(0).toArray())
        .isEqualTo(expected.content().get(0).toArray())
        .startsWith(-1, 4);
    assertThat(found.content().get(1).toArray())
        .isEqualTo(expected.content().get(1).toArray())
        .startsWith(5, 6);
    assertThat(found.bound()).isEqualTo(4);
  }

  @Test
  void itemsOfWhichLessIsKnownAreRefused() {
    ItemList list = new ItemList(KNOWN);
    RowItems bare = RowItems.of(new int[] {1}, Optional.empty(), List.of());

    assertThatThrownBy(() -> list.add(bare, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected items of which as much is known with every block, found other columns");
  }

  @Test
  void numbersAreOfAllRowsAndNotNegative() {
    assertThatThrownBy(() -> RowItems.of(new int[] {-1}, Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected items numbered from 0, found a negative number");
    assertThatThrownBy(
            () -> RowItems.of(new int[] {1}, Optional.empty(), List.of(new int[] {1, 2})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected popularity and content of 1 rows, found others");
  }
}
