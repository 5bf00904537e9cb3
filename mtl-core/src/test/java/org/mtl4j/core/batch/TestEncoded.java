package org.mtl4j.core.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Encoded rows for tests of batches: three id columns, two dense ones and the output "click". */
final class TestEncoded {
  /** Ids of the columns are below 5, 9 and 9; the second and third share a table at row 5. */
  static final StoreColumns STORE = new StoreColumns(List.of(0, 1, 2), List.of(0L, 5L, 5L));

  private TestEncoded() {}

  static EncodedRows random(int n, long seed) {
    Random random = new Random(seed);
    List<int[]> ids = new ArrayList<>();
    for (int bound : new int[] {5, 9, 9}) {
      ids.add(random.ints(n, 0, bound).toArray());
    }
    boolean[] mask = new boolean[n];
    for (int r = 0; r < n; r++) {
      mask[r] = random.nextBoolean();
    }
    LabelColumn click = new LabelColumn(floats(n, random), mask, floats(n, random));
    return new EncodedRows(
        n,
        ids,
        List.of(floats(n, random), floats(n, random)),
        Map.of("click", click),
        Optional.empty());
  }

  private static float[] floats(int n, Random random) {
    float[] values = new float[n];
    for (int r = 0; r < n; r++) {
      values[r] = 1 + random.nextFloat();
    }
    return values;
  }

  static BatchLayout layout(int capacity) {
    return new BatchLayout(capacity, List.of(STORE), 2, List.of(LabelShape.number("click")));
  }
}
