package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberListTest {
  private static final long SEED = 3;

  @Test
  void equalNumbersTakeNoRoomAndBitsOneEach() {
    assertThat(list(2.5f, 2.5f).numbers()).isInstanceOf(SameNumbers.class);
    assertThat(list(0, 0, 1).numbers()).isInstanceOf(BitNumbers.class);
    assertThat(list(1, 1, 0).numbers()).isInstanceOf(BitNumbers.class);
    assertThat(list(0, 1, 2).numbers()).isInstanceOf(FloatNumbers.class);
  }

  /** Whatever comes when, what was put in comes out, bit by bit. */
  @Test
  void numbersStayAsTheyCame() {
    Random random = new Random(SEED);
    float[][] kinds = {{1}, {0, 1}, {0, -0f, 1}, {.5f, 0, 1, Float.MAX_VALUE}};
    for (int round = 0; round < 50; round++) {
      List<Float> expected = new ArrayList<>();
      NumberList list = new NumberList();
      int kind = 0;
      for (int i = 0; i < 3000; i++) {
        kind = random.nextInt(800) == 0 ? random.nextInt(kinds.length) : kind;
        float value = kinds[kind][random.nextInt(kinds[kind].length)];
        expected.add(value);
        list.add(value);
      }
      assertThat(floats(list.numbers())).as("round %d, seed %d", round, SEED).isEqualTo(expected);

      NumberList twice = list(.25f);
      twice.addAll(list);
      assertThat(floats(twice.numbers()).subList(1, 3001)).isEqualTo(expected);
    }
  }

  @Test
  void addingMoreChangesNothingThatWasGiven() {
    NumberList list = list(0, 1);
    Numbers before = list.numbers();
    list.add(1);
    list.add(.5f);

    assertThat(before.toArray()).containsExactly(0, 1);
    assertThat(list.numbers().toArray()).containsExactly(0, 1, 1, .5);
  }

  @Test
  void minusZeroIsKept() {
    assertThat(Double.doubleToRawLongBits(list(0, -0f).numbers().get(1))).isEqualTo(1L << 63);
  }

  private static NumberList list(float... values) {
    NumberList list = new NumberList();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private static List<Float> floats(Numbers numbers) {
    List<Float> floats = new ArrayList<>();
    for (double value : numbers.toArray()) {
      floats.add((float) value);
    }
    return floats;
  }
}
